//! Keeps placements and sums in step with the log, inside the caller's transaction.
//!
//! A touchpoint later than all others of its customer is folded into the customer's standing, in
//! constant time. Anything else (a late arrival, a removal, a planned touchpoint whose day has
//! come) has that customer replayed: their rows are read in order and placed and folded anew.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::codec;
use super::days::DayChanges;
use super::dictionary::Dictionary;
use super::fold::{Basis, Room};
use super::rebuild::rebuild;
use super::replay::Replayer;
pub use super::replay::{PlacingRow, placing_columns, placing_row};
use super::trouble::odd;
use crate::domain::accumulators::terms;
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::problem::Problem;
use crate::domain::standing::Standing;
use crate::domain::touchpoint::{CustomerId, Facts, TouchpointId};
use crate::text;

/// So many numbers beyond those seen are looked up before room is made for them.
pub const SURPRISING: i64 = 100_000;

/// Places are kept by number, so that a number nobody was given would ask for memory without end.
pub fn never_given(customer: CustomerId) -> Problem {
    odd(text!("no customer was ever given number {}", "geen klant kreeg ooit nummer {}", customer.0))
}

/// One customer's place in the keeper's memory.
#[derive(Debug)]
struct Seat {
    /// The journey they are on.
    course: usize,
    /// Where they stand, as far as folded.
    standing: Standing,
    /// Whether the standing must be made anew from the log.
    replay: bool,
    changed: bool,
}

/// So many customers are seated at once, 1 KB each; then what changed is written and all get up. (In tests few,
/// so that they do get up.)
const SEATED: usize = if cfg!(test) { 2 } else { 4_000 };
/// When more standings are to be replayed, and more than a quarter of all there are, it is quicker to go
/// through the whole log once than to look up every row of theirs.
const REPLAYS: usize = if cfg!(test) { 30 } else { 1_000 };

/// Getting up and sitting down again takes as long for all the seats as a pass over the whole log does for so many
/// touchpoints; when it has taken as long as a pass, one at the end makes all sums instead.
const A_TURN: i64 = if cfg!(test) { 300 } else { 100_000 };

/// Where a customer is, which is all that placing a contact needs. Of tens of thousands it is kept.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// The journey they are on.
    course: u32,
    /// The place of their current stage on it.
    current: Option<u32>,
    /// Their latest touchpoint.
    latest: Option<(Moment, TouchpointId)>,
    /// Whether any of theirs moved them.
    moved: bool,
}

impl Place {
    fn of(seat: &Seat) -> Self {
        let standing = &seat.standing;
        let current = standing.current.map(|stage| stage as u32);
        Self { course: seat.course as u32, current, latest: standing.latest, moved: standing.moved.is_some() }
    }

    /// Follows the customer to the next touchpoint, as a standing does; false when it came late.
    fn follow(&mut self, id: TouchpointId, facts: &Facts, stage: usize) -> bool {
        if self.latest.is_some_and(|latest| (facts.at, id) <= latest) {
            return false;
        }
        self.latest = Some((facts.at, id));
        if facts.moves() || !self.moved {
            self.current = Some(stage as u32);
        }
        self.moved |= facts.moves();
        true
    }
}

/// The accumulators during one transaction.
#[derive(Debug)]
pub struct Keeper<'t> {
    db: &'t Connection,
    courses: &'t [Course],
    /// The place of the journey a customer is on unless said otherwise.
    pub default_course: usize,
    /// Touchpoints after this moment are planned and not counted.
    pub horizon: Moment,
    /// By customer number, which is small and dense.
    seats: Vec<Option<Box<Seat>>>,
    seated: usize,
    /// How often all got up.
    turns: i64,
    /// Of everybody who was asked for, by customer number.
    places: Vec<Option<Place>>,
    /// Who got up and is to be replayed.
    replays: BTreeSet<CustomerId>,
    days: DayChanges,
    /// Whether all sums are made anew at the end, so that until then only places are kept.
    anew: bool,
    /// Whether a touchpoint came later than one that happened after it, while only places are kept.
    late: bool,
}

impl<'t> Keeper<'t> {
    /// Starts a transaction's bookkeeping: planned touchpoints up to `now` are counted from here
    /// on.
    pub fn new(db: &'t Connection, courses: &'t [Course], default_course: usize, dictionary: &Dictionary, now: Moment) -> Result<Self> {
        let horizon = counted_to(db)?.map_or(now, |before| before.max(now));
        let mut keeper = Self {
            db,
            courses,
            default_course,
            horizon,
            seats: Vec::new(),
            seated: 0,
            turns: 0,
            places: Vec::new(),
            replays: BTreeSet::new(),
            days: DayChanges::default(),
            anew: false,
            late: false,
        };
        let mut due =
            db.prepare("SELECT DISTINCT customer FROM touchpoints INDEXED BY touchpoints_planned WHERE stage IS NULL AND at <= ?1")?;
        for customer in due.query_map([horizon.0], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()? {
            keeper.seat(CustomerId(customer), dictionary)?.replay = true;
        }
        Ok(keeper)
    }

    /// A customer's seat, read from the file when they do not sit yet.
    fn seat(&mut self, customer: CustomerId, dictionary: &Dictionary) -> Result<&mut Seat> {
        let at = usize::try_from(customer.0)?;
        if self.seats.get(at).is_none_or(Option::is_none) {
            if self.seated >= SEATED {
                self.stand_up(dictionary)?;
            }
            if at >= self.seats.len() {
                self.was_given(customer)?;
                self.seats.resize_with(at + 1, || None);
            }
            self.seats[at] = Some(Box::new(self.take_seat(customer, dictionary)?));
            self.seated += 1;
        }
        self.seats[at].as_deref_mut().context("a seat just filled is empty")
    }

    /// A number far beyond those seen may be one that a damaged page made up, and seats are kept by number.
    fn was_given(&self, customer: CustomerId) -> Result<()> {
        if customer.0 < self.seats.len().max(self.places.len()) as i64 + SURPRISING {
            return Ok(());
        }
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'customers' AND seq >= ?1)";
        let given: bool = self.db.query_row(sql, [customer.0], |row| row.get(0))?;
        if given { Ok(()) } else { Err(never_given(customer).into()) }
    }

    fn take_seat(&self, customer: CustomerId, dictionary: &Dictionary) -> Result<Seat> {
        let course = course_of(self.db, self.courses, self.default_course, customer)?;
        let mut standing = Standing::new(self.courses[course].journey.stages.len());
        let known = read_standing(self.db, customer, &mut standing, |number| dictionary.on(course, number))?;
        Ok(Seat { course, standing, replay: !known || self.replays.contains(&customer), changed: false })
    }

    /// Writes what changed, so that memory holds no more customers than it should.
    fn stand_up(&mut self, dictionary: &Dictionary) -> Result<()> {
        let mut writer = StandingWriter::new(self.db)?;
        for (at, seat) in std::mem::take(&mut self.seats).into_iter().enumerate() {
            let (customer, Some(seat)) = (CustomerId(at as i64), seat) else { continue };
            if seat.replay {
                self.replays.insert(customer);
            } else if seat.changed {
                writer.write(customer, &seat.standing, |stage| dictionary.of(seat.course, stage))?;
            }
        }
        self.seated = 0;
        self.turns += 1;
        Ok(())
    }

    /// Where a customer is.
    fn place_of(&mut self, customer: CustomerId, dictionary: &Dictionary) -> Result<&mut Place> {
        let at = usize::try_from(customer.0)?;
        if at >= self.places.len() {
            self.was_given(customer)?;
            self.places.resize(at + 1, None);
        }
        if self.places[at].is_none() {
            let place =
                if self.anew { Place::of(&self.take_seat(customer, dictionary)?) } else { Place::of(self.seat(customer, dictionary)?) };
            self.places[at] = Some(place);
        }
        self.places[at].as_mut().context("a place just found is empty")
    }

    /// Notes a customer who was just added on the usual journey, of whom nothing needs to be looked up.
    pub fn welcome(&mut self, customer: CustomerId) -> Result<()> {
        let at = usize::try_from(customer.0)?;
        // Others are seated from the file, where nothing of them is found.
        if self.anew && at <= self.places.len() {
            self.places.resize(self.places.len().max(at + 1), None);
            self.places[at] = Some(Place { course: self.default_course as u32, current: None, latest: None, moved: false });
        }
        Ok(())
    }

    /// The place of the journey a customer is on.
    pub fn course(&mut self, customer: CustomerId, dictionary: &Dictionary) -> Result<usize> {
        Ok(self.place_of(customer, dictionary)?.course as usize)
    }

    /// So much is being added that one pass over the whole log at the end makes all sums; until then only
    /// where customers are is kept.
    pub fn sum_at_the_end(&mut self) {
        self.anew = true;
        self.late |= !self.replays.is_empty() || self.seats.iter().flatten().any(|seat| seat.replay);
        self.days = DayChanges::default();
        self.seats = Vec::new();
    }

    /// Makes the customer's standing anew when the transaction ends, on the journey they are on now.
    pub fn replay(&mut self, customer: CustomerId, dictionary: &Dictionary) -> Result<()> {
        let at = usize::try_from(customer.0)?;
        if let Some(place) = self.places.get_mut(at) {
            *place = None;
        }
        if let Some(sat) = self.seats.get_mut(at).and_then(Option::take) {
            self.seated -= 1;
            drop(sat);
        }
        self.late |= self.anew;
        if !self.anew {
            self.seat(customer, dictionary)?.replay = true;
        }
        Ok(())
    }

    /// Where a touchpoint about to be recorded belongs: its stage, or `None` while it is planned.
    pub fn place(&mut self, customer: CustomerId, facts: &Facts, claim: Option<usize>, dictionary: &Dictionary) -> Result<Option<usize>> {
        if facts.at > self.horizon {
            return Ok(None);
        }
        let place = self.place_of(customer, dictionary)?;
        Ok(Some(claim.or(place.current.map(|stage| stage as usize)).unwrap_or(0)))
    }

    /// Counts a touchpoint that was recorded in the stage [`Keeper::place`] gave.
    pub fn count(&mut self, customer: CustomerId, id: TouchpointId, facts: &Facts, stage: usize, dictionary: &Dictionary) -> Result<()> {
        let late = !self.place_of(customer, dictionary)?.follow(id, facts, stage);
        if !self.anew && self.turns > 0 && self.turns >= id.0 / A_TURN {
            self.sum_at_the_end();
        }
        if self.anew {
            self.late |= late;
            return Ok(());
        }
        let courses = self.courses;
        let seat = self.seat(customer, dictionary)?;
        let course = seat.course;
        seat.changed = true;
        if !seat.replay && seat.standing.follows(facts.at, id) {
            seat.standing.append(id, facts, Some(stage), &courses[course]);
        } else {
            seat.replay = true;
        }
        let number = dictionary.of(course, stage).context("a stage has no number")?;
        self.days.add(number, facts.at.day(), terms(facts, &courses[course].model));
        Ok(())
    }

    /// Takes a touchpoint out that was counted under a stage number.
    pub fn discount(&mut self, customer: CustomerId, facts: &Facts, number: Option<u32>, dictionary: &Dictionary) -> Result<()> {
        if self.anew {
            self.late = true;
            return Ok(());
        }
        let seat = self.seat(customer, dictionary)?;
        seat.replay = true;
        let course = seat.course;
        if let Some(number) = number {
            self.days.subtract(number, facts.at.day(), terms(facts, &self.courses[course].model));
        }
        Ok(())
    }

    /// Replays whoever needs it and writes standings, day sums and the horizon.
    pub fn finish(mut self, dictionary: &Dictionary) -> Result<()> {
        if !self.anew {
            self.stand_up(dictionary)?;
            self.anew = self.replays.len() > REPLAYS && is_many(self.replays.len(), standings(self.db)?);
            self.late |= self.anew;
        }
        if self.anew {
            drop(self.seats);
            let basis = Basis { courses: self.courses, default_course: self.default_course, dictionary, horizon: self.horizon };
            rebuild(Room::NARROW, self.db, basis, self.late || came_late(self.db)?, &mut |_| ())?;
            return Ok(());
        }
        let mut replayer = Replayer::new(self.db, dictionary)?;
        let mut writer = StandingWriter::new(self.db)?;
        for customer in self.replays {
            let course = course_of(self.db, self.courses, self.default_course, customer)?;
            let standing = replayer.replay(customer, &self.courses[course], course, self.horizon, &mut self.days)?;
            writer.write(customer, &standing, |stage| dictionary.of(course, stage))?;
        }
        if replayer.late {
            set_came_late(self.db, true)?;
        }
        self.days.flush(self.db)?;
        set_counted_to(self.db, self.horizon)
    }
}

/// Whether so many standings of all there are have to be made from the log that one pass over it is quicker.
pub fn is_many(standings: usize, all: usize) -> bool {
    standings > REPLAYS && standings > all / 4
}

fn standings(db: &Connection) -> Result<usize> {
    let count: i64 = db.query_row("SELECT count(*) FROM standings", [], |row| row.get(0))?;
    Ok(usize::try_from(count)?)
}

/// Up to which moment touchpoints are counted.
pub fn counted_to(db: &Connection) -> Result<Option<Moment>> {
    let value: Option<String> = db.query_row("SELECT value FROM settings WHERE key = 'counted_to'", [], |row| row.get(0)).optional()?;
    Ok(value.and_then(|value| value.parse().ok()).map(Moment))
}

/// Records up to which moment touchpoints are counted.
pub fn set_counted_to(db: &Connection, horizon: Moment) -> Result<()> {
    db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES ('counted_to', ?1)", [horizon.0.to_string()])?;
    Ok(())
}

/// Whether touchpoints are expected to lie in the log in another order than that of time, for some
/// customer: it decides how a rebuild goes about its work, and nothing else.
pub fn came_late(db: &Connection) -> Result<bool> {
    Ok(db.query_row("SELECT EXISTS (SELECT 1 FROM settings WHERE key = 'came_late')", [], |row| row.get(0))?)
}

/// Records whether a rebuild should expect touchpoints that came late.
pub fn set_came_late(db: &Connection, late: bool) -> Result<()> {
    let sql = if late {
        "INSERT OR IGNORE INTO settings (key, value) VALUES ('came_late', 'yes')"
    } else {
        "DELETE FROM settings WHERE key = 'came_late'"
    };
    db.execute(sql, [])?;
    Ok(())
}

/// The place of the journey a customer is on.
pub fn course_of(db: &Connection, courses: &[Course], default: usize, customer: CustomerId) -> Result<usize> {
    let mut select = db.prepare_cached("SELECT journey FROM customers WHERE id = ?1")?;
    // one who was taken out is on none
    let journey: Option<String> = select.query_row([customer.0], |row| row.get(0)).optional()?.flatten();
    let named = journey.and_then(|id| courses.iter().position(|course| course.journey.id == id));
    Ok(named.unwrap_or(default))
}

/// Reads a kept standing; false when it is of another journey and must be made anew.
pub fn read_standing(db: &Connection, customer: CustomerId, into: &mut Standing, place: impl Fn(u32) -> Option<usize>) -> Result<bool> {
    let mut select = db.prepare_cached("SELECT sums FROM standings WHERE customer = ?1")?;
    let mut rows = select.query([customer.0])?;
    match rows.next()? {
        Some(row) => codec::unpack(row.get_ref(0)?.as_blob()?, into, place),
        None => Ok(true),
    }
}

/// Writes standings; an empty one loses its row. (Not with `INSERT OR REPLACE`, for which SQLite first copies every
/// page it is about to change, so that it could take back half of a statement.)
pub struct StandingWriter<'t> {
    update: rusqlite::Statement<'t>,
    insert: rusqlite::Statement<'t>,
    delete: rusqlite::Statement<'t>,
}

impl<'t> StandingWriter<'t> {
    /// Prepares the statements.
    pub fn new(db: &'t Connection) -> Result<Self> {
        Ok(Self {
            update: db.prepare("UPDATE standings SET sums = ?2 WHERE customer = ?1")?,
            insert: db.prepare("INSERT INTO standings (customer, sums) VALUES (?1, ?2)")?,
            delete: db.prepare("DELETE FROM standings WHERE customer = ?1")?,
        })
    }

    /// Writes one.
    pub fn write(&mut self, customer: CustomerId, standing: &Standing, number: impl Fn(usize) -> Option<u32>) -> Result<()> {
        let Some(bytes) = codec::pack(standing, |stage| number(stage).unwrap_or(0)) else {
            self.delete.execute([customer.0])?;
            return Ok(());
        };
        if self.update.execute(params![customer.0, bytes])? == 0 {
            self.insert.execute(params![customer.0, bytes])?;
        }
        Ok(())
    }

    /// Writes one of a customer who has none.
    pub fn write_first(&mut self, customer: CustomerId, standing: &Standing, number: impl Fn(usize) -> Option<u32>) -> Result<()> {
        if let Some(bytes) = codec::pack(standing, |stage| number(stage).unwrap_or(0)) {
            self.insert.execute(params![customer.0, bytes])?;
        }
        Ok(())
    }
}
