//! Folds the whole log anew: every standing and every day sum, from the rows as they lie on disk.
//!
//! A standing is a fold in order of time (then of number). Most customers' touchpoints lie in that order
//! already, so that one pass over the table in its own order folds all of them side by side; reading the
//! log customer by customer would look up every row somewhere else. Whose do not, and who are more than
//! memory should hold, are set aside: their rows go through a sorter that spills to disk and are folded
//! after the pass. The result is the same to the last bit.
//!
//! Reading rows and folding them have a thread each.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::{Context as _, Result};
use rusqlite::{Connection, Row};
use rustc_hash::FxHashMap;

use super::days::DayChanges;
use super::dictionary::Dictionary;
use super::rebuild::Gone;
use super::spill::Sorter;
use super::touchpoints::{FACTS, facts, split_tags};
use super::trouble::odd;
use crate::domain::accumulators::{Sums, terms};
use crate::domain::calendar::Moment;
use crate::domain::course::{Course, Traits};
use crate::domain::standing::Standing;
use crate::domain::touchpoint::{CustomerId, Facts, TouchpointId};
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};
use crate::text;

/// What the sums are made with.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'b> {
    /// The journeys of the workspace.
    pub courses: &'b [Course],
    /// The place of the one a customer is on unless said otherwise.
    pub default_course: usize,
    /// The numbers of their stages.
    pub dictionary: &'b Dictionary,
    /// Touchpoints after this moment are planned and not counted.
    pub horizon: Moment,
}

/// Hears what a fold of the whole log finds. It may write to the log itself, but for the touchpoints'
/// customers, moments and numbers.
pub trait FoldTaker {
    /// A touchpoint belongs under another stage number than the one it is kept under.
    ///
    /// # Errors
    /// Whatever ends the fold.
    fn moved(&mut self, id: TouchpointId, number: u32) -> Result<()>;

    /// Where a customer with touchpoints stands on their journey; in order of customers, each once.
    ///
    /// # Errors
    /// Whatever ends the fold.
    fn standing(&mut self, customer: CustomerId, course: usize, standing: &Standing) -> Result<()>;

    /// The number of touchpoints under a stage number on a day (UTC) with their plain sums; in no order,
    /// each once, after all standings.
    ///
    /// # Errors
    /// Whatever ends the fold.
    fn day(&mut self, stage: u32, day: i64, count: i64, sums: Sums) -> Result<()>;
}

/// So many rows are handed to the folding thread at once, and so many such loads go round.
const LOAD: usize = 1024;
const LOADS: usize = 4;
/// How many customers are folded side by side, some 1 KB each.
const SIDE_BY_SIDE: usize = 24_000;
/// How much of what is set aside memory holds, in bytes.
const ASIDE: usize = 8 * 1024 * 1024;

/// Folds the whole log up to the horizon and writes nothing by itself. `tell` hears how many touchpoints
/// are done. Gives the stages that touchpoints name and no journey has any more.
///
/// # Errors
/// When the file cannot be read, a temporary file cannot be written, or `taker` ends it.
pub fn fold_all(db: &Connection, basis: Basis<'_>, tell: &mut dyn FnMut(u64), taker: &mut dyn FoldTaker) -> Result<Gone> {
    let folder = Folder {
        basis,
        others: others(db, basis.courses)?,
        seats: seats(db, basis)?,
        aside: Sorter::new(db, ASIDE),
        days: DayChanges::default(),
        gone: Gone::new(),
    };
    let folder = std::thread::scope(|scope| {
        let (full, loads) = sync_channel::<Load>(LOADS);
        let (back, empty) = sync_channel::<Load>(LOADS);
        (0..LOADS).try_for_each(|_| back.send(Load::default()))?;
        let folding = scope.spawn(move || folder.fold_loads(&loads, &back));
        let read = read_all(db, basis, &full, &empty, tell, taker);
        drop(full);
        // What stopped the folding is the reason why reading could not go on.
        let folded = folding.join().map_err(|_| anyhow::anyhow!("the folding thread panicked"))?;
        let folder = folded?;
        read?;
        for load in empty.try_iter() {
            load.tell_moved(taker)?;
        }
        anyhow::Ok(folder)
    })?;
    folder.finish(taker)
}

/// Who is on another journey than the usual one.
fn others(db: &Connection, courses: &[Course]) -> Result<FxHashMap<i64, usize>> {
    let mut select = db.prepare("SELECT id, journey FROM customers WHERE journey IS NOT NULL")?;
    let named = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<Vec<(i64, String)>>>()?;
    let place = |name: &str| courses.iter().position(|course| course.journey.id == name);
    Ok(named.into_iter().filter_map(|(id, name)| Some((id, place(&name)?))).collect())
}

/// How the touchpoints of one customer are folded.
#[derive(Debug, Default)]
enum Seat {
    #[default]
    Nobody,
    /// As they come.
    Held(Box<Standing>),
    /// After the pass, since they do not lie in order of time.
    Aside,
}

/// Whose touchpoints lie in order of time, by customer number. An index has every customer's in that
/// order, so that theirs lie in it when the numbers rise.
fn seats(db: &Connection, basis: Basis<'_>) -> Result<Vec<Seat>> {
    let mut select =
        db.prepare("SELECT customer, id FROM touchpoints INDEXED BY touchpoints_by_customer WHERE at <= ?1 ORDER BY customer, at, id")?;
    let mut rows = select.query([basis.horizon.0])?;
    let (mut seats, mut held) = (Vec::new(), 0);
    let (mut customer, mut latest) = (usize::MAX, 0);
    while let Some(row) = rows.next()? {
        let (of, id) = (usize::try_from(row.get::<_, i64>(0)?)?, row.get::<_, i64>(1)?);
        if of != customer {
            held += 1;
            seats.resize_with(of + 1, || Seat::Nobody);
            seats[of] = if held > SIDE_BY_SIDE { Seat::Aside } else { Seat::Held(Box::default()) };
            customer = of;
        } else if id < latest && matches!(seats[of], Seat::Held(_)) {
            held -= 1;
            seats[of] = Seat::Aside;
        }
        latest = id;
    }
    Ok(seats)
}

/// Rows on their way from reading to folding, and back with what became of them.
#[derive(Debug, Default)]
struct Load {
    rows: Vec<ReadRow>,
    /// The sources, tags and notes of the rows, one behind the other.
    texts: String,
    moved: Vec<(TouchpointId, u32)>,
}

#[derive(Debug)]
struct ReadRow {
    customer: CustomerId,
    id: TouchpointId,
    facts: Facts,
    said: Option<u32>,
    counted: Option<u32>,
    /// Where in the texts the source, the tags and the note end.
    ends: [usize; 3],
}

/// A row and the stage it is claimed for.
struct Placed {
    customer: CustomerId,
    id: TouchpointId,
    facts: Facts,
    claim: Option<usize>,
    counted: Option<u32>,
}

impl Load {
    fn read(&mut self, row: &Row<'_>) -> Result<()> {
        let mut ends = [0; 3];
        for (column, end) in ends.iter_mut().enumerate() {
            self.texts.push_str(row.get_ref(4 + column)?.as_str_or_null()?.unwrap_or_default());
            *end = self.texts.len();
        }
        let (customer, id) = (CustomerId(row.get(0)?), TouchpointId(row.get(1)?));
        self.rows.push(ReadRow { customer, id, facts: facts(row, 7)?, said: row.get(2)?, counted: row.get(3)?, ends });
        Ok(())
    }

    fn tell_moved(&self, taker: &mut dyn FoldTaker) -> Result<()> {
        self.moved.iter().try_for_each(|&(id, number)| taker.moved(id, number))
    }

    fn clear(&mut self) {
        self.rows.clear();
        self.texts.clear();
        self.moved.clear();
    }
}

/// Reads the rows as they lie on disk. Ends early when nobody takes them any more.
fn read_all(
    db: &Connection,
    basis: Basis<'_>,
    full: &SyncSender<Load>,
    empty: &Receiver<Load>,
    tell: &mut dyn FnMut(u64),
    taker: &mut dyn FoldTaker,
) -> Result<()> {
    let traits = if basis.courses.iter().any(Course::reads_traits) { "source, tags, note" } else { "NULL, NULL, NULL" };
    let mut select = db
        .prepare(&format!("SELECT customer, id, said, stage, {traits}, {FACTS} FROM touchpoints NOT INDEXED WHERE at <= ?1 ORDER BY id"))?;
    let mut rows = select.query([basis.horizon.0])?;
    let mut done = 0;
    while let Ok(mut load) = empty.recv() {
        load.tell_moved(taker)?;
        load.clear();
        while load.rows.len() < LOAD
            && let Some(row) = rows.next()?
        {
            load.read(row)?;
        }
        let count = load.rows.len();
        if count == 0 || full.send(load).is_err() {
            break;
        }
        done += count as u64;
        tell(done);
    }
    Ok(())
}

/// What is known so far of everybody.
struct Folder<'b> {
    basis: Basis<'b>,
    others: FxHashMap<i64, usize>,
    seats: Vec<Seat>,
    aside: Sorter<6>,
    days: DayChanges,
    gone: Gone,
}

impl Folder<'_> {
    fn fold_loads(mut self, loads: &Receiver<Load>, back: &SyncSender<Load>) -> Result<Self> {
        for mut load in loads {
            let mut begin = 0;
            for row in &load.rows {
                let [source, tags, note] = row.ends;
                let texts = [&load.texts[begin..source], &load.texts[source..tags], &load.texts[tags..note]];
                begin = note;
                load.moved.extend(self.fold(row, texts)?);
            }
            // Reading may have ended, by an error of its own.
            let _ = back.send(load);
        }
        Ok(self)
    }

    fn course_of(&self, customer: CustomerId) -> usize {
        let usual = self.basis.default_course;
        if self.others.is_empty() { usual } else { self.others.get(&customer.0).copied().unwrap_or(usual) }
    }

    /// Folds a row or sets it aside. Gives the number of its stage when it is kept under another one.
    fn fold(&mut self, row: &ReadRow, texts: [&str; 3]) -> Result<Option<(TouchpointId, u32)>> {
        let at = self.course_of(row.customer);
        let claim = self.claim(row, texts, at);
        let placed = Placed { customer: row.customer, id: row.id, facts: row.facts, claim, counted: row.counted };
        let seat = usize::try_from(row.customer.0)?;
        match self.seats.get_mut(seat).map(std::mem::take) {
            Some(Seat::Held(mut standing)) => {
                let moved = self.count(&mut standing, &placed, at)?;
                self.seats[seat] = Seat::Held(standing);
                Ok(moved)
            }
            Some(Seat::Aside) => {
                self.seats[seat] = Seat::Aside;
                self.aside.push(packed(&placed))?;
                Ok(None)
            }
            // The index that the seats were read from does not know this row.
            Some(Seat::Nobody) | None => Err(odd(text!("an index misses a touchpoint", "een index mist een contact")).into()),
        }
    }

    /// Adds the next touchpoint of a customer to their standing and to its day.
    fn count(&mut self, standing: &mut Standing, row: &Placed, at: usize) -> Result<Option<(TouchpointId, u32)>> {
        let course = &self.basis.courses[at];
        if standing.cells.is_empty() {
            *standing = Standing::new(course.journey.stages.len());
        }
        let stage = standing.append(row.id, &row.facts, row.claim, course);
        let number = self.basis.dictionary.of(at, stage).context("a stage has no number")?;
        self.days.add(number, row.facts.at.day(), terms(&row.facts, &course.model));
        Ok((row.counted != Some(number)).then_some((row.id, number)))
    }

    /// The stage a row's words, its rules or nobody claims it for.
    fn claim(&mut self, row: &ReadRow, [source, tags, note]: [&str; 3], at: usize) -> Option<usize> {
        let course = &self.basis.courses[at];
        if let Some(number) = row.said {
            let named = || course.journey.position(self.basis.dictionary.stage(number)?);
            if let Some(place) = self.basis.dictionary.on(at, number).or_else(named) {
                return Some(place);
            }
            if let Some(gone) = self.basis.dictionary.stage(number) {
                *self.gone.entry(gone.to_owned()).or_insert(0) += 1;
            }
        }
        let tags = if tags.is_empty() { Vec::new() } else { split_tags(Some(tags)) };
        course.claim(&row.facts, Traits { tags: &tags, source, note })
    }

    /// Folds what was set aside and gives everything, in order of customers.
    fn finish(mut self, taker: &mut dyn FoldTaker) -> Result<Gone> {
        let mut aside = std::mem::replace(&mut self.aside, Sorter::nothing()).sorted()?;
        let mut next = aside.next()?;
        for (customer, seat) in std::mem::take(&mut self.seats).into_iter().enumerate() {
            let customer = CustomerId(customer as i64);
            let course = self.course_of(customer);
            let mut standing = match seat {
                Seat::Nobody => continue,
                Seat::Held(standing) => *standing,
                Seat::Aside => Standing::new(self.basis.courses[course].journey.stages.len()),
            };
            while let Some(record) = next.filter(|record| record[0] == customer.0 as u64) {
                if let Some((id, number)) = self.count(&mut standing, &unpacked(record)?, course)? {
                    taker.moved(id, number)?;
                }
                next = aside.next()?;
            }
            taker.standing(customer, course, &standing)?;
        }
        self.days.each(|stage, day, count, sums| taker.day(stage, day, count, sums))?;
        Ok(self.gone)
    }
}

/// The sign bit, by which a moment before 1970 sorts before one after it.
const SIGN: u64 = 1 << 63;
/// Stands for a stage number or place that is not there.
const NONE: u64 = u32::MAX as u64;

/// A touchpoint as it is set aside: customer, moment and number first, for those are what it is sorted by.
fn packed(row: &Placed) -> [u64; 6] {
    let facts = &row.facts;
    let codes = [facts.channel.code(), facts.direction.code(), facts.sender.code(), facts.personal.code(), facts.kind.code()];
    let words = codes.iter().fold(u64::from(facts.sentiment.is_some()), |words, code| words << 8 | u64::from(*code));
    let (claim, counted) = (row.claim.map_or(NONE, |place| place as u64), row.counted.map_or(NONE, u64::from));
    let sentiment = facts.sentiment.unwrap_or_default().to_bits();
    [row.customer.0 as u64, facts.at.0 as u64 ^ SIGN, row.id.0 as u64, sentiment, words, claim << 32 | counted]
}

/// The inverse of [`packed`].
fn unpacked([customer, at, id, sentiment, words, numbers]: [u64; 6]) -> Result<Placed> {
    let code = |place: u32| (words >> (8 * place)) as u8;
    let facts = || {
        Some(Facts {
            at: Moment((at ^ SIGN) as i64),
            channel: Channel::from_code(code(4))?,
            direction: Direction::from_code(code(3))?,
            sender: Sender::from_code(code(2))?,
            personal: Personal::from_code(code(1))?,
            kind: Kind::from_code(code(0))?,
            sentiment: (code(5) != 0).then(|| f64::from_bits(sentiment)),
        })
    };
    let number = |number: u64| (number != NONE).then_some(number as u32);
    Ok(Placed {
        customer: CustomerId(customer as i64),
        id: TouchpointId(id as i64),
        facts: facts().context("what was set aside is not what came back")?,
        claim: number(numbers >> 32).map(|place| place as usize),
        counted: number(numbers & NONE),
    })
}
