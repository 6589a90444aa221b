//! The numbers of stages, and where each lies on today's journeys.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::{Connection, params};

use super::trouble::odd;
use crate::domain::course::Course;
use crate::text;

/// Stages are numbered from one on; a number beyond this is one that a damaged page made up.
const MOST: u32 = 1_000_000;

/// Stage numbers ↔ places on journeys.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    /// (journey, stage) → number.
    numbers: HashMap<(String, String), u32>,
    /// Number → (journey, stage).
    names: HashMap<u32, (String, String)>,
    /// Number of each stage of each course.
    of_course: Vec<Vec<Option<u32>>>,
    /// Number → (course, place), by number.
    places: Vec<Option<(u32, u32)>>,
}

impl Dictionary {
    /// Reads the numbers, giving the stages that have none a new one when `write` allows it.
    pub fn load(db: &Connection, courses: &[Course], write: bool) -> Result<Self> {
        let mut found = Self::default();
        let mut select = db.prepare("SELECT id, journey, stage FROM stages")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let number = row.get(0)?;
            if number > MOST {
                return Err(odd(text!(
                    "a stage has number {number}, which is never given",
                    "een fase heeft nummer {number}, dat nooit gegeven wordt"
                ))
                .into());
            }
            found.add(number, row.get(1)?, row.get(2)?);
        }
        if write {
            for course in courses {
                for stage in &course.journey.stages {
                    found.number(db, &course.journey.id, &stage.id)?;
                }
            }
        }
        found.place(courses);
        Ok(found)
    }

    fn add(&mut self, number: u32, journey: String, stage: String) {
        self.numbers.insert((journey.clone(), stage.clone()), number);
        self.names.insert(number, (journey, stage));
    }

    /// The number of a stage, made when it has none.
    pub fn number(&mut self, db: &Connection, journey: &str, stage: &str) -> Result<u32> {
        let key = (journey.to_owned(), stage.to_owned());
        if let Some(&number) = self.numbers.get(&key) {
            return Ok(number);
        }
        db.execute("INSERT OR IGNORE INTO stages (journey, stage) VALUES (?1, ?2)", params![journey, stage])?;
        let number = db.query_row("SELECT id FROM stages WHERE journey = ?1 AND stage = ?2", params![journey, stage], |row| row.get(0))?;
        self.add(number, key.0, key.1);
        Ok(number)
    }

    fn place(&mut self, courses: &[Course]) {
        let most = self.names.keys().max().map_or(0, |&most| most as usize + 1);
        self.places = vec![None; most];
        self.of_course = Vec::with_capacity(courses.len());
        for (at, course) in courses.iter().enumerate() {
            let mut numbers = Vec::with_capacity(course.journey.stages.len());
            for (place, stage) in course.journey.stages.iter().enumerate() {
                let number = self.numbers.get(&(course.journey.id.clone(), stage.id.clone())).copied();
                if let Some(number) = number {
                    self.places[number as usize] = Some((at as u32, place as u32));
                }
                numbers.push(number);
            }
            self.of_course.push(numbers);
        }
    }

    /// The number of a stage on a course; every stage has one once the ledger could be written.
    pub fn of(&self, course: usize, place: usize) -> Option<u32> {
        self.of_course.get(course)?.get(place).copied().flatten()
    }

    /// Where on this course a number lies, `None` when it is another course's.
    pub fn on(&self, course: usize, number: u32) -> Option<usize> {
        match self.places.get(number as usize).copied().flatten() {
            Some((at, place)) if at as usize == course => Some(place as usize),
            _ => None,
        }
    }

    /// The stage's name behind a number, whatever journey it was on.
    pub fn stage(&self, number: u32) -> Option<&str> {
        self.names.get(&number).map(|(_, stage)| stage.as_str())
    }
}
