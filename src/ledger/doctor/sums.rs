//! The kept sums against the log they were made from.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _};

use super::super::codec::{pack, take_sums};
use super::super::dictionary::Dictionary;
use super::super::fingerprint::fingerprint;
use super::super::fold::{Basis, FoldTaker, Room, fold_all};
use super::super::keeper::{came_late, counted_to};
use super::super::rebuild::is_fresh;
use crate::domain::accumulators::Sums;
use crate::domain::calendar::Moment;
use crate::domain::checkup::Check;
use crate::domain::course::Course;
use crate::domain::numbers::counted;
use crate::domain::standing::Standing;
use crate::domain::text::Text;
use crate::domain::touchpoint::{CustomerId, TouchpointId};
use crate::text;

/// How far the sums of a day may be off, relative to their size: they are added to and subtracted from, each
/// time with the rounding of a double (2⁻⁵³); a million times that is 1e-10.
const TOLERANCE: f64 = 1e-9;

/// The check before anything was found.
pub fn named() -> Check {
    Check::fine("sums", text!("sums", "sommen"), text!("equal to the log, added up anew", "gelijk aan het logboek, opnieuw opgeteld"))
}

/// How many of the kept numbers are not those of the log.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Differences {
    /// Customers whose standing differs.
    pub standings: u64,
    /// Stages on a day whose sums differ.
    pub days: u64,
    /// Touchpoints that are counted in another stage than their own.
    pub places: u64,
}

/// Compares, unless the sums are about to be made anew anyway.
pub fn check(db: &Connection, courses: &[Course], default_course: usize) -> Result<Check> {
    if !is_fresh(db, &fingerprint(courses, default_course))? {
        return Ok(named().note(
            text!("not of the journeys and settings of today", "niet van de klantreizen en instellingen van nu"),
            text!("the next command adds them up anew", "het volgende commando telt ze opnieuw op"),
        ));
    }
    if !is_possible(counted_to(db)?) {
        return Ok(named().wrong_but_mendable(text!(
            "counted up to a day that is none, so that planned contacts count already",
            "geteld tot een dag die er niet is, zodat geplande contacten al meetellen"
        )));
    }
    let found = differences(db, courses, default_course)?;
    if found == Differences::default() {
        return Ok(named());
    }
    let Differences { standings, days, places } = found;
    let of = [
        (standings, counted(standings, ["customer", "customers"], ["klant", "klanten"])),
        (days, counted(days, ["day of a stage", "days of a stage"], ["dag van een fase", "dagen van een fase"])),
        (places, counted(places, ["contact in a stage", "contacts in a stage"], ["contact in een fase", "contacten in een fase"])),
    ];
    let join = |pick: fn(&Text) -> &str| of.iter().filter(|(n, _)| *n > 0).map(|(_, text)| pick(text)).collect::<Vec<_>>().join(", ");
    let (en, nl) = (join(|text| &text.en), join(|text| &text.nl));
    Ok(named().wrong_but_mendable(text!("not those of the log: {en}", "niet die van het logboek: {nl}")))
}

/// Whether contacts can be counted up to a moment: one that has a date with a year of four digits.
pub fn is_possible(horizon: Option<Moment>) -> bool {
    const YEARS_FROM_1970: i64 = 8_030;
    horizon.is_none_or(|horizon| horizon.days_since(Moment(0)).abs() < YEARS_FROM_1970 as f64 * 365.2425)
}

/// Folds the whole log anew and compares what comes out with what is kept. Nothing is written.
pub fn differences(db: &Connection, courses: &[Course], default_course: usize) -> Result<Differences> {
    let dictionary = Dictionary::load(db, courses, false)?;
    let horizon = counted_to(db)?.unwrap_or(Moment(i64::MIN));
    let basis = Basis { courses, default_course, dictionary: &dictionary, horizon };
    let mut beside = Beside { db, dictionary: &dictionary, customers: 0, days: kept_days(db)?, found: Differences::default() };
    fold_all(Room::WIDE, db, basis, came_late(db)?, &mut |_| (), &mut beside)?;
    let early: i64 = db.query_row("SELECT count(*) FROM touchpoints WHERE at > ?1 AND stage IS NOT NULL", [horizon.0], |row| row.get(0))?;
    beside.found.places += early as u64;
    beside.finish()
}

/// The day sums that are kept.
fn kept_days(db: &Connection) -> Result<HashMap<(u32, i64), (i64, Sums)>> {
    let mut select = db.prepare("SELECT stage, day, count, sums FROM days")?;
    let mut rows = select.query([])?;
    let mut kept = HashMap::new();
    while let Some(row) = rows.next()? {
        kept.insert((row.get(0)?, row.get(1)?), (row.get(2)?, take_sums(row.get_ref(3)?.as_blob().unwrap_or_default())?));
    }
    Ok(kept)
}

/// What is folded beside what is kept.
struct Beside<'d> {
    db: &'d Connection,
    dictionary: &'d Dictionary,
    /// Customers with a standing.
    customers: i64,
    /// The day sums that no fold has told of yet.
    days: HashMap<(u32, i64), (i64, Sums)>,
    found: Differences,
}

impl FoldTaker for Beside<'_> {
    fn moved(&mut self, _: TouchpointId, _: u32) -> Result<()> {
        self.found.places += 1;
        Ok(())
    }

    /// A kept standing equals a folded one to the last bit.
    fn standing(&mut self, customer: CustomerId, course: usize, folded: &Standing) -> Result<()> {
        let Some(bytes) = pack(folded, |stage| self.dictionary.of(course, stage).unwrap_or(0)) else { return Ok(()) };
        let mut select = self.db.prepare_cached("SELECT sums FROM standings WHERE customer = ?1")?;
        let kept: Option<Vec<u8>> = select.query_row([customer.0], |row| row.get(0)).optional()?;
        self.customers += i64::from(kept.is_some());
        self.found.standings += u64::from(kept.as_deref() != Some(&bytes));
        Ok(())
    }

    fn day(&mut self, stage: u32, day: i64, count: i64, sums: Sums) -> Result<()> {
        let same = self.days.remove(&(stage, day)).is_some_and(|kept| alike((count, sums), kept));
        self.found.days += u64::from(!same);
        Ok(())
    }
}

impl Beside<'_> {
    fn finish(mut self) -> Result<Differences> {
        let kept: i64 = self.db.query_row("SELECT count(*) FROM standings", [], |row| row.get(0))?;
        self.found.standings += u64::try_from(kept - self.customers)?;
        self.found.days += self.days.len() as u64;
        Ok(self.found)
    }
}

fn alike((n, a): (i64, Sums), (m, b): (i64, Sums)) -> bool {
    let size = a.to_array().into_iter().fold(1.0_f64, |most, sum| most.max(sum.abs()));
    n == m && a.to_array().iter().zip(b.to_array()).all(|(a, b)| (a - b).abs() <= TOLERANCE * size)
}
