//! Folds the whole log anew: every standing and every day sum, from the rows as they lie on disk.
//!
//! A standing is a fold in order of time (then of number). Most customers' touchpoints lie in that order
//! already, so that one pass over the table in its own order folds all of them side by side; reading the
//! log customer by customer would look up every row somewhere else. Whose do not, and who are more than
//! memory should hold, are set aside: their rows go through a sorter that spills to disk and are folded
//! after the pass. The result is the same to the last bit.
//!
//! Who came late must be known before the pass. Where nobody is expected to have, the pass itself is the
//! proof; where it fails, or somebody is, an index is asked first.
//!
//! Reading rows and folding them have a thread each.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::{Context as _, Result};
use rusqlite::{Connection, OptionalExtension as _};
use rustc_hash::FxHashMap;

use super::days::DayChanges;
use super::dictionary::Dictionary;
use super::forget::count_in;
use super::keeper::{SURPRISING, never_given};
use super::rebuild::Gone;
use super::spill::Sorter;
use super::touchpoints::{facts_of, split_tags};
use super::trouble::odd;
use super::whole_log::{Load, ReadRow, WholeLog};
use crate::domain::accumulators::{Cell, Sums, terms};
use crate::domain::calendar::Moment;
use crate::domain::course::{Course, Traits};
use crate::domain::standing::Standing;
use crate::domain::touchpoint::{CustomerId, Facts, TouchpointId};
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

/// So many loads of rows go round.
const LOADS: usize = 4;
/// Of so many rows the sums are fetched from memory together.
const TOGETHER: usize = 32;

/// How much a fold may hold in memory, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Of the customers that are folded side by side.
    side_by_side: usize,
    /// Of what is set aside.
    aside: usize,
}

const MIB: usize = 1024 * 1024;

impl Room {
    /// Of a command that has held little else.
    pub const WIDE: Self = Self { side_by_side: 20 * MIB, aside: 4 * MIB };
    /// After an import, of whose memory not all can be used again.
    pub const NARROW: Self = Self { side_by_side: 12 * MIB, aside: 2 * MIB };

    /// How many customers are folded side by side: some 20,000 of [`Room::WIDE`] on a journey of six stages.
    fn customers(self, courses: &[Course]) -> usize {
        let stages = courses.iter().map(|course| course.journey.stages.len()).max().unwrap_or_default();
        self.side_by_side / (size_of::<Standing>() + stages * size_of::<Option<Cell>>())
    }
}

/// What a fold found besides what it told.
#[derive(Debug, PartialEq, Eq)]
pub struct Folded {
    /// Stages that touchpoints name and no journey has any more, with how many of each.
    pub gone: Gone,
    /// Whether a touchpoint of anybody came later than one that happened after it.
    pub late: bool,
}

/// Folds the whole log up to the horizon and writes nothing by itself. `late` says whether touchpoints that
/// came late are to be expected; an expectation that is wrong costs time and no more, but that `taker` may
/// hear of a moved touchpoint twice when none were expected. `tell` hears how many touchpoints are done.
///
/// # Errors
/// When the file cannot be read, a temporary file cannot be written, or `taker` ends it.
pub fn fold_all(
    room: Room,
    db: &Connection,
    basis: Basis<'_>,
    late: bool,
    tell: &mut dyn FnMut(u64),
    taker: &mut dyn FoldTaker,
) -> Result<Folded> {
    if !late && let Some(folder) = pass(db, Folder::new(db, basis, room)?, tell, taker)? {
        return Ok(Folded { gone: folder.finish(db, taker)?, late: false });
    }
    let mut folder = Folder::new(db, basis, room)?;
    let late = folder.set_aside_who_came_late(db)?;
    let misses = || odd(text!("an index misses a touchpoint", "een index mist een contact"));
    let folder = pass(db, folder, tell, taker)?.ok_or_else(misses)?;
    Ok(Folded { gone: folder.finish(db, taker)?, late })
}

/// Goes through the log once. Gives nothing when a touchpoint came late whose customer was not set aside.
fn pass<'b>(db: &Connection, folder: Folder<'b>, tell: &mut dyn FnMut(u64), taker: &mut dyn FoldTaker) -> Result<Option<Folder<'b>>> {
    let basis = folder.basis;
    std::thread::scope(|scope| {
        let (full, loads) = sync_channel::<Load>(LOADS);
        let (back, empty) = sync_channel::<Load>(LOADS);
        (0..LOADS).try_for_each(|_| back.send(Load::default()))?;
        let folding = scope.spawn(move || folder.fold_loads(&loads, &back));
        let read = read_all(db, basis, &full, &empty, tell, taker);
        drop(full);
        // What stopped the folding is the reason why reading could not go on.
        let folder = folding.join().map_err(|_| anyhow::anyhow!("the folding thread panicked"))??;
        read?;
        empty.try_iter().try_for_each(|load| tell_moved(&load, taker))?;
        Ok(folder)
    })
}

/// Who is on another journey than the usual one.
fn others(db: &Connection, courses: &[Course]) -> Result<FxHashMap<i64, usize>> {
    let mut select = db.prepare("SELECT id, journey FROM main.customers WHERE journey IS NOT NULL")?;
    let named = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<Vec<(i64, String)>>>()?;
    let place = |name: &str| courses.iter().position(|course| course.journey.id == name);
    Ok(named.into_iter().filter_map(|(id, name)| Some((id, place(&name)?))).collect())
}

/// How the touchpoints of one customer are folded.
#[derive(Debug, Clone, Copy)]
enum Seat {
    /// As they come, into the standing at this place.
    Held(u32),
    /// After the pass.
    Aside,
}

/// A row and the stage it is claimed for.
struct Placed {
    customer: CustomerId,
    id: TouchpointId,
    facts: Facts,
    claim: Option<usize>,
    counted: Option<u32>,
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
    let mut log = WholeLog::open(db, basis.courses, basis.horizon)?;
    let mut done = 0;
    while let Ok(mut load) = empty.recv() {
        tell_moved(&load, taker)?;
        load.clear();
        log.fill(&mut load)?;
        let count = load.rows.len();
        if count == 0 || full.send(load).is_err() {
            break;
        }
        done += count as u64;
        tell(done);
    }
    Ok(())
}

fn tell_moved(load: &Load, taker: &mut dyn FoldTaker) -> Result<()> {
    load.moved.iter().try_for_each(|&(id, number)| taker.moved(id, number))
}

/// What is known so far of everybody.
struct Folder<'b> {
    basis: Basis<'b>,
    others: FxHashMap<i64, usize>,
    /// By customer number, which is small and dense.
    seats: Vec<Seat>,
    standings: Vec<Standing>,
    aside: Sorter<6>,
    days: DayChanges,
    gone: Gone,
    /// The highest number that a customer was ever given.
    given: i64,
}

impl<'b> Folder<'b> {
    fn new(db: &Connection, basis: Basis<'b>, room: Room) -> Result<Self> {
        let mut folder = Self {
            basis,
            others: others(db, basis.courses)?,
            seats: Vec::new(),
            standings: Vec::new(),
            aside: Sorter::new(db, room.aside),
            days: DayChanges::default(),
            given: db
                .query_row("SELECT seq FROM main.sqlite_sequence WHERE name = 'customers'", [], |row| row.get(0))
                .optional()?
                .unwrap_or_default(),
            gone: Gone::new(),
        };
        folder.seat_all(db, room.customers(basis.courses))?;
        Ok(folder)
    }

    /// Gives as many customers a standing as are folded side by side. (All at once and before there are two
    /// threads: what a second one allocates is memory that the first can not use again.)
    fn seat_all(&mut self, db: &Connection, side_by_side: usize) -> Result<()> {
        // A list that grows would leave behind what it was.
        let customers: i64 = db.query_row("SELECT count(*) FROM main.customers", [], |row| row.get(0))?;
        self.standings.reserve_exact(side_by_side.min(customers as usize));
        let mut select = db.prepare("SELECT id FROM main.customers ORDER BY id LIMIT ?1")?;
        let mut rows = select.query([side_by_side as i64])?;
        while let Some(row) = rows.next()? {
            let customer = CustomerId(row.get(0)?);
            *self.seat(customer)? = Seat::Held(u32::try_from(self.standings.len())?);
            let course = &self.basis.courses[self.course_of(customer)];
            self.standings.push(Standing::new(course.journey.stages.len()));
        }
        Ok(())
    }

    /// Sets aside whose touchpoints do not lie in order of time, if anybody's do not. An index has every
    /// customer's in that order, so that theirs lie in it when the numbers rise.
    fn set_aside_who_came_late(&mut self, db: &Connection) -> Result<bool> {
        let sql = "SELECT customer, id FROM main.touchpoints INDEXED BY touchpoints_by_customer WHERE at <= ?1 ORDER BY customer, at, id";
        let mut select = db.prepare(sql)?;
        let mut rows = select.query([self.basis.horizon.0])?;
        let (mut customer, mut latest, mut late) = (-1, 0, false);
        while let Some(row) = rows.next()? {
            let (of, id) = (row.get::<_, i64>(0)?, row.get::<_, i64>(1)?);
            if of == customer && id < latest {
                late = true;
                *self.seat(CustomerId(of))? = Seat::Aside;
            }
            (customer, latest) = (of, id);
        }
        Ok(late)
    }

    fn seat(&mut self, customer: CustomerId) -> Result<&mut Seat> {
        let at = usize::try_from(customer.0)?;
        if at >= self.seats.len() {
            if customer.0 > self.given + SURPRISING {
                return Err(never_given(customer).into());
            }
            self.seats.resize(at + 1, Seat::Aside);
        }
        Ok(&mut self.seats[at])
    }

    /// Folds what is read. Gives nothing when a touchpoint came late whose customer was not set aside.
    fn fold_loads(mut self, loads: &Receiver<Load>, back: &SyncSender<Load>) -> Result<Option<Self>> {
        let mut placed = Vec::with_capacity(TOGETHER);
        for mut load in loads {
            let mut begin = 0;
            for rows in load.rows.chunks(TOGETHER) {
                placed.clear();
                for row in rows {
                    let [source, tags, note] = row.ends;
                    placed.push(self.place(row, [&load.texts[begin..source], &load.texts[source..tags], &load.texts[tags..note]]));
                    begin = note;
                }
                std::hint::black_box(self.glance(&placed));
                for row in &placed {
                    match self.fold(row)? {
                        Fold::InPlace => {}
                        Fold::Moved(number) => load.moved.push((row.id, number)),
                        Fold::Late => return Ok(None),
                    }
                }
            }
            // Reading may have ended, by an error of its own.
            let _ = back.send(load);
        }
        Ok(Some(self))
    }

    /// Looks at the sums that rows will be added to. They lie scattered over more memory than is near the
    /// processor; asked for together they come together, while adding row by row would wait for each.
    fn glance(&self, rows: &[Placed]) -> u64 {
        let mut seen = 0;
        for row in rows {
            let Some(Seat::Held(place)) = self.seats.get(row.customer.0 as usize) else { continue };
            let standing = &self.standings[*place as usize];
            let stage = row.claim.or(standing.current).unwrap_or(0);
            for cell in [standing.overall.as_ref(), standing.cells.get(stage).and_then(Option::as_ref)].into_iter().flatten() {
                seen ^= u64::from(cell.count) ^ cell.done ^ cell.sums.mass.to_bits() ^ cell.sums.pressure.to_bits();
            }
            seen ^= u64::from(standing.directions[0]) ^ standing.latest.map_or(0, |(_, id)| id.0 as u64);
        }
        seen
    }

    fn course_of(&self, customer: CustomerId) -> usize {
        let usual = self.basis.default_course;
        if self.others.is_empty() { usual } else { self.others.get(&customer.0).copied().unwrap_or(usual) }
    }

    fn place(&mut self, row: &ReadRow, texts: [&str; 3]) -> Placed {
        let claim = self.claim(row, texts, self.course_of(row.customer));
        Placed { customer: row.customer, id: row.id, facts: row.facts, claim, counted: row.counted }
    }

    /// Folds a row or sets it aside.
    fn fold(&mut self, row: &Placed) -> Result<Fold> {
        let at = self.course_of(row.customer);
        let standing = match *self.seat(row.customer)? {
            Seat::Held(place) => place as usize,
            Seat::Aside => {
                self.aside.push(packed(row))?;
                return Ok(Fold::InPlace);
            }
        };
        if !self.standings[standing].follows(row.facts.at, row.id) {
            return Ok(Fold::Late);
        }
        count(self.basis, &mut self.days, &mut self.standings[standing], row, at)
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
    fn finish(mut self, db: &Connection, taker: &mut dyn FoldTaker) -> Result<Gone> {
        let mut aside = std::mem::replace(&mut self.aside, Sorter::nothing()).sorted()?;
        let mut next = aside.next()?;
        for (customer, seat) in std::mem::take(&mut self.seats).into_iter().enumerate() {
            let customer = CustomerId(customer as i64);
            let course = self.course_of(customer);
            let mut standing = match seat {
                Seat::Held(place) => std::mem::take(&mut self.standings[place as usize]),
                Seat::Aside => Standing::new(self.basis.courses[course].journey.stages.len()),
            };
            while let Some(record) = next.filter(|record| record[0] == customer.0 as u64) {
                let row = unpacked(record)?;
                if let Fold::Moved(number) = count(self.basis, &mut self.days, &mut standing, &row, course)? {
                    taker.moved(row.id, number)?;
                }
                next = aside.next()?;
            }
            if standing.overall.is_some() {
                taker.standing(customer, course, &standing)?;
            }
        }
        count_in(db, &self.basis.courses[self.basis.default_course].model, &mut self.days)?;
        self.days.each(|stage, day, count, sums| taker.day(stage, day, count, sums))?;
        Ok(self.gone)
    }
}

/// What became of a row.
enum Fold {
    /// It is kept under the number of its stage, or was set aside.
    InPlace,
    /// The number of its stage, under which it is not kept.
    Moved(u32),
    /// It happened before one that was folded already.
    Late,
}

/// Adds the next touchpoint of a customer to their standing and to its day.
fn count(basis: Basis<'_>, days: &mut DayChanges, standing: &mut Standing, row: &Placed, at: usize) -> Result<Fold> {
    let course = &basis.courses[at];
    let terms = terms(&row.facts, &course.model);
    let stage = standing.append_terms(row.id, &row.facts, terms, row.claim, course);
    let number = basis.dictionary.of(at, stage).context("a stage has no number")?;
    days.add(number, row.facts.at.day(), terms);
    Ok(if row.counted == Some(number) { Fold::InPlace } else { Fold::Moved(number) })
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
    let sentiment = (words >> 40 != 0).then(|| f64::from_bits(sentiment));
    let number = |number: u64| (number != NONE).then_some(number as u32);
    Ok(Placed {
        customer: CustomerId(customer as i64),
        id: TouchpointId(id as i64),
        facts: facts_of(Moment((at ^ SIGN) as i64), words, sentiment)?,
        claim: number(numbers >> 32).map(|place| place as usize),
        counted: number(numbers & NONE),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DAY_MS;
    use crate::domain::journey::{Journey, Rule, Stage};
    use crate::domain::model::Model;
    use crate::domain::touchpoint::Touchpoint;
    use crate::domain::words::Channel;
    use crate::ledger::keeper::{PlacingRow, came_late, read_standing};
    use crate::ledger::{Key, Ledger};
    use std::collections::BTreeMap;

    fn courses() -> Vec<Course> {
        let word = |word: &str| vec![Rule { word: vec![word.to_owned()], ..Rule::default() }];
        let stages = [("meet", word("hello")), ("work", vec![]), ("pay", word("invoice"))];
        let stages = stages.into_iter().map(|(id, rules)| Stage { id: id.into(), rules, ..Stage::default() });
        vec![Course::new(Journey { id: "j".into(), title: "J".into(), stages: stages.collect() }, &Model::default())]
    }

    /// A log of 40 customers; of those whose number `late` divides some contacts were told late.
    fn log(folder: &std::path::Path, late: i64) -> Ledger {
        let (mut ledger, _) = Ledger::open(&folder.join("attent.db"), courses(), 0).unwrap();
        let fill = |batch: &mut crate::ledger::Batch<'_>| {
            for n in 0..2_000_i64 {
                let who = n.wrapping_mul(7_919) % 40;
                let back = if late > 0 && who % late == 0 && n % 3 == 0 { 200 * DAY_MS } else { 0 };
                let channel = [Channel::Email, Channel::Phone, Channel::Newsletter][(n % 3) as usize];
                let d = channel.defaults();
                let facts = Facts {
                    at: Moment(n * DAY_MS / 5 - back),
                    channel,
                    direction: d.direction,
                    sender: d.sender,
                    personal: d.personal,
                    kind: d.kind,
                    sentiment: (n % 4 == 0).then_some(0.3),
                };
                let note = ["hello", "as before", "the invoice", ""][(n % 4) as usize].to_owned();
                let stage = (n % 17 == 0).then(|| "work".to_owned());
                let touchpoint = Touchpoint { facts, stage, amount: None, minutes: None, note, tags: Vec::new() };
                let customer = batch.customer(&format!("Customer {who}"))?;
                batch.record(customer, &touchpoint, "test", Key::None)?;
            }
            Ok(((), String::new()))
        };
        ledger.batch(Moment(390 * DAY_MS), "log", fill).unwrap();
        ledger
    }

    /// What a fold told.
    #[derive(Debug, Default, PartialEq)]
    struct Heard {
        moved: BTreeMap<TouchpointId, u32>,
        standings: Vec<(CustomerId, Standing)>,
        days: BTreeMap<(u32, i64), i64>,
    }

    impl FoldTaker for Heard {
        fn moved(&mut self, id: TouchpointId, number: u32) -> Result<()> {
            self.moved.insert(id, number);
            Ok(())
        }

        fn standing(&mut self, customer: CustomerId, _: usize, standing: &Standing) -> Result<()> {
            self.standings.push((customer, standing.clone()));
            Ok(())
        }

        fn day(&mut self, stage: u32, day: i64, count: i64, _: Sums) -> Result<()> {
            assert!(self.days.insert((stage, day), count).is_none());
            Ok(())
        }
    }

    /// The same, customer by customer.
    fn one_by_one(ledger: &Ledger, horizon: Moment) -> Heard {
        let mut heard = Heard::default();
        for customer in ledger.customers().unwrap() {
            let each = |row: &PlacingRow, stage| {
                let number = ledger.dictionary.of(0, stage).unwrap();
                *heard.days.entry((number, row.facts.at.day())).or_default() += 1;
                if row.counted != Some(number) {
                    heard.moved.insert(row.id, number);
                }
            };
            let standing = ledger.folded(customer.id, 0, horizon, each).unwrap();
            heard.standings.extend(standing.overall.is_some().then_some((customer.id, standing)));
        }
        heard.standings.sort_by_key(|(customer, _)| *customer);
        heard
    }

    #[test]
    fn one_pass_gives_what_customer_by_customer_gives() {
        let rooms = [(100, 1 << 20), (100, 480), (7, 1 << 20), (7, 480), (0, 96)];
        for late in [0, 1, 5, 39] {
            let folder = tempfile::tempdir().unwrap();
            let ledger = log(folder.path(), late);
            ledger.db.execute("UPDATE touchpoints SET stage = 99 WHERE id % 10 = 0", []).unwrap();
            // at the last one everything is counted, the planned ones too
            for horizon in [Moment(100 * DAY_MS), Moment(500 * DAY_MS)] {
                let basis = Basis { courses: &ledger.courses, default_course: 0, dictionary: &ledger.dictionary, horizon };
                let wanted = one_by_one(&ledger, horizon);
                assert!(wanted.standings.len() == 40 && wanted.moved.len() >= 40);
                for (side_by_side, aside) in rooms {
                    for expected in [false, true] {
                        let (mut heard, mut told) = (Heard::default(), 0);
                        let each = size_of::<Standing>() + 3 * size_of::<Option<Cell>>();
                        let room = Room { side_by_side: side_by_side * each, aside };
                        let folded = fold_all(room, &ledger.db, basis, expected, &mut |done| told = done, &mut heard).unwrap();
                        assert!(heard == wanted, "late {late}, {room:?}, expected {expected}");
                        let counted: i64 = wanted.days.values().sum();
                        assert_eq!(told, counted as u64);
                        // nobody is found late who was set aside for want of room
                        assert!(folded.late == (late > 0) || side_by_side < 40, "late {late}, {room:?}, expected {expected}");
                    }
                }
            }
        }
    }

    /// What is kept of a log of late contacts and others, whether few or all customers are replayed.
    #[test]
    fn what_is_kept_is_what_a_fold_gives() {
        for late in [0, 1, 5, 39] {
            let folder = tempfile::tempdir().unwrap();
            let ledger = log(folder.path(), late);
            let wanted = one_by_one(&ledger, Moment(390 * DAY_MS));
            let mut kept = Heard::default();
            for (customer, _) in &wanted.standings {
                let mut standing = Standing::new(3);
                read_standing(&ledger.db, *customer, &mut standing, |number| ledger.dictionary.on(0, number)).unwrap();
                kept.standings.push((*customer, standing));
            }
            let mut select = ledger.db.prepare("SELECT stage, day, count FROM days").unwrap();
            let days = select.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?))).unwrap();
            kept.days = days.collect::<rusqlite::Result<_>>().unwrap();
            assert!(kept == wanted, "late {late}");
            assert_eq!(came_late(&ledger.db).unwrap(), late > 0);
        }
    }

    #[test]
    fn stages_that_no_journey_has_are_named_with_how_many_want_them() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = log(folder.path(), 5);
        let pay = courses().remove(0).journey.stages.remove(2);
        let journey = Journey { id: "j".into(), title: "J".into(), stages: vec![pay] };
        ledger.courses = vec![Course::new(journey, &Model::default())];
        let gone = ledger.dictionary.of(0, 1).unwrap();
        let dictionary = Dictionary::load(&ledger.db, &ledger.courses, true).unwrap();
        let basis = Basis { courses: &ledger.courses, default_course: 0, dictionary: &dictionary, horizon: Moment(500 * DAY_MS) };
        let folded = fold_all(Room::NARROW, &ledger.db, basis, true, &mut |_| (), &mut Heard::default()).unwrap();
        assert_eq!((dictionary.stage(gone), folded.gone), (Some("work"), Gone::from([("work".to_owned(), 118)])));
    }
}
