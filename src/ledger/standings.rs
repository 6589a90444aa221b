//! Reading where customers stand at a moment.
//!
//! The kept standing of a customer stands for every moment from their latest counted touchpoint
//! on. For an earlier moment, or when planned touchpoints have come due since, only those
//! customers are folded anew in memory from the log up to that moment; when they are many, in one
//! pass over the whole log. Nothing is written.

use std::collections::HashSet;

use anyhow::Result;
use rusqlite::params;

use super::codec;
use super::fold::{Basis, FoldTaker, Room, fold_all};
use super::keeper::{PlacingRow, came_late, counted_to, is_many, placing_columns, placing_row, read_standing};
use super::open::Ledger;
use super::relay::{Instead, Load, Read, relay};
use super::stretches::{Rows, Stretches};
use crate::domain::accumulators::Sums;
use crate::domain::calendar::Moment;
use crate::domain::standing::Standing;
use crate::domain::touchpoint::{CustomerId, TouchpointId};

/// The standings as they are kept.
const KEPT: Rows<'static> =
    Rows { function: "attent_standing", table: "standings", key: "customer", columns: "customer, sums", stretch: 128 };

/// One customer's standing with the journey it is on.
#[derive(Debug, Clone)]
pub struct CustomerStanding {
    /// The place of the journey.
    pub course: usize,
    /// Where they stand.
    pub standing: Standing,
}

impl Ledger {
    /// Calls `each` for every customer on a journey who had contact up to `now`, on a thread of its own when
    /// there are many.
    ///
    /// # Errors
    /// When the file cannot be read, or `each` fails.
    pub fn standings(&self, course: usize, now: Moment, mut each: impl FnMut(CustomerId, &Standing) -> Result<()> + Send) -> Result<()> {
        // The sums of a log that cannot be written may be of other journeys.
        if !self.is_fresh()? || self.many_later(now)? {
            return self.standings_in_one_pass(course, now, &mut each);
        }
        let stages = self.courses[course].journey.stages.len();
        let dictionary = &self.dictionary;
        let place = |number| dictionary.on(course, number);
        let due = self.due(now)?;
        let mut seen = HashSet::new();
        let mut rows = Stretches::open(&self.db, KEPT, |load: &mut Load, row| {
            load.take(CustomerId(row.get(0)?), row.get_raw(1).as_blob()?);
            Ok(())
        })?;
        let mut kept = Standing::new(stages);
        let mut anew = |customer, bytes: &[u8]| {
            if !due.contains(&customer) && codec::latest(bytes).is_none_or(|latest| latest <= now) {
                return Ok(None);
            }
            if !codec::unpack(bytes, &mut kept, place)? {
                return Ok(Some(Instead::Nothing));
            }
            seen.insert(customer);
            let anew = self.folded(customer, course, now, |_, _| ())?;
            Ok(Some(if anew.overall.is_some() { Instead::Anew(Box::new(anew)) } else { Instead::Nothing }))
        };
        let fill = |load: &mut Load| {
            while !load.is_full() {
                let before = load.count();
                if !rows.next(load)? {
                    return Ok(false);
                }
                load.replace(before, &mut anew)?;
            }
            Ok(true)
        };
        let mut standing = Standing::new(stages);
        relay(fill, |load| {
            load.each(|customer, read| match read {
                Read::Packed(bytes) if codec::unpack(bytes, &mut standing, place)? => each(customer, &standing),
                Read::Packed(_) => Ok(()),
                Read::Anew(standing) => each(customer, standing),
            })
        })?;
        self.planned_only(course, now, due.difference(&seen), &mut each)
    }

    /// Whether so many customers had contact after a moment that one pass over the whole log is quicker than looking
    /// up every row of theirs.
    fn many_later(&self, now: Moment) -> Result<bool> {
        if counted_to(&self.db)?.is_none_or(|counted| counted <= now) {
            return Ok(false);
        }
        let (mut later, mut all) = (0, 0);
        let mut select = self.db.prepare("SELECT sums FROM standings")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            all += 1;
            later += usize::from(codec::latest(row.get_ref(0)?.as_blob()?).is_some_and(|latest| latest > now));
        }
        Ok(is_many(later, all))
    }

    fn standings_in_one_pass(&self, course: usize, now: Moment, each: &mut impl FnMut(CustomerId, &Standing) -> Result<()>) -> Result<()> {
        let Self { courses, default_course, dictionary, db, .. } = self;
        let basis = Basis { courses, default_course: *default_course, dictionary, horizon: now };
        fold_all(Room::WIDE, db, basis, came_late(db)?, &mut |_| (), &mut OfCourse { course, each })?;
        Ok(())
    }

    /// Customers whose first contact lay in the future when it was recorded.
    fn planned_only<'a>(
        &self,
        course: usize,
        now: Moment,
        customers: impl Iterator<Item = &'a CustomerId>,
        each: &mut impl FnMut(CustomerId, &Standing) -> Result<()>,
    ) -> Result<()> {
        for &customer in customers {
            let on = self.course_of(self.customer(customer)?.and_then(|customer| customer.journey).as_deref());
            let known: bool =
                self.db.query_row("SELECT EXISTS (SELECT 1 FROM standings WHERE customer = ?1)", [customer.0], |row| row.get(0))?;
            if on == course && !known {
                each(customer, &self.folded(customer, course, now, |_, _| ())?)?;
            }
        }
        Ok(())
    }

    /// Where one customer stands.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn standing(&self, customer: CustomerId, now: Moment) -> Result<CustomerStanding> {
        let course = self.course_of(self.customer(customer)?.and_then(|customer| customer.journey).as_deref());
        let mut standing = Standing::new(self.courses[course].journey.stages.len());
        let kept = self.is_fresh()? && read_standing(&self.db, customer, &mut standing, |number| self.dictionary.on(course, number))?;
        let stands = kept && standing.latest.is_none_or(|(latest, _)| latest <= now) && !self.due(now)?.contains(&customer);
        Ok(CustomerStanding { course, standing: if stands { standing } else { self.folded(customer, course, now, |_, _| ())? } })
    }

    /// Folds one customer's log up to a moment, in memory.
    pub(super) fn folded(
        &self,
        customer: CustomerId,
        at: usize,
        now: Moment,
        mut each: impl FnMut(&PlacingRow, usize),
    ) -> Result<Standing> {
        let course = &self.courses[at];
        let mut standing = Standing::new(course.journey.stages.len());
        let columns = placing_columns(course.reads_traits());
        let mut select =
            self.db.prepare_cached(&format!("SELECT {columns} FROM main.touchpoints WHERE customer = ?1 AND at <= ?2 ORDER BY at, id"))?;
        let mut rows = select.query(params![customer.0, now.0])?;
        while let Some(row) = rows.next()? {
            let row = placing_row(row, course, &self.dictionary)?;
            let stage = standing.append(row.id, &row.facts, row.claim, course);
            each(&row, stage);
        }
        Ok(standing)
    }

    /// Customers with planned touchpoints whose time has come.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn due(&self, now: Moment) -> Result<HashSet<CustomerId>> {
        let mut select = self.db.prepare_cached(
            "SELECT DISTINCT customer FROM main.touchpoints INDEXED BY touchpoints_planned WHERE stage IS NULL AND at <= ?1",
        )?;
        let rows = select.query_map([now.0], |row| row.get(0).map(CustomerId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Hands on where the customers on one journey stand.
struct OfCourse<'e, E> {
    course: usize,
    each: &'e mut E,
}

impl<E: FnMut(CustomerId, &Standing) -> Result<()>> FoldTaker for OfCourse<'_, E> {
    fn moved(&mut self, _: TouchpointId, _: u32) -> Result<()> {
        Ok(())
    }

    fn standing(&mut self, customer: CustomerId, course: usize, standing: &Standing) -> Result<()> {
        if course == self.course { (self.each)(customer, standing) } else { Ok(()) }
    }

    fn day(&mut self, _: u32, _: i64, _: i64, _: Sums) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DAY_MS;
    use crate::domain::course::Course;
    use crate::domain::customer::Customer;
    use crate::domain::journey::{Journey, Stage};
    use crate::domain::model::Model;
    use crate::domain::touchpoint::{Facts, Touchpoint};
    use crate::domain::words::Channel;
    use crate::ledger::Key;

    /// Of so many customers, whose contacts lie up to a hundred days apart.
    fn ledger(folder: &std::path::Path, customers: i64) -> Ledger {
        let course = |id: &str| {
            let stages = ["a", "b"].map(|stage| Stage { id: format!("{id}{stage}"), ..Stage::default() });
            Course::new(Journey { id: id.into(), title: id.into(), stages: stages.into() }, &Model::default())
        };
        let (mut ledger, _) = Ledger::open(&folder.join("attent.db"), vec![course("x"), course("y")], 0).unwrap();
        let work = |batch: &mut crate::ledger::Batch<'_>| {
            for who in 0..customers {
                let journey = (who % 3 == 0).then(|| "y".to_owned());
                batch.add_customer(&Customer { journey, ..Customer::named(format!("Customer {who}")) })?;
            }
            for n in 0..5 * customers {
                let (channel, who) = (Channel::Phone, n % customers);
                let d = channel.defaults();
                let at = Moment((n / customers * 20 + who % 7) * DAY_MS);
                let facts =
                    Facts { at, channel, direction: d.direction, sender: d.sender, personal: d.personal, kind: d.kind, sentiment: None };
                let touchpoint = Touchpoint { facts, stage: None, amount: None, minutes: None, note: String::new(), tags: Vec::new() };
                let customer = batch.customer(&format!("Customer {who}"))?;
                batch.record(customer, &touchpoint, "test", Key::None)?;
            }
            Ok(((), String::new()))
        };
        ledger.batch(Moment(60 * DAY_MS), "log", work).unwrap();
        ledger
    }

    /// Looks from before the first contact to after the last, some of which are planned still.
    #[test]
    fn few_or_many_customers_stand_where_their_own_log_says() {
        for customers in [9, 80] {
            let folder = tempfile::tempdir().unwrap();
            let ledger = ledger(folder.path(), customers);
            let mut passes = 0;
            for day in [-1, 0, 3, 19, 21, 41, 59, 60, 75, 200] {
                let now = Moment(day * DAY_MS);
                passes += usize::from(ledger.many_later(now).unwrap());
                for course in [0, 1] {
                    let mut seen = Vec::new();
                    ledger
                        .standings(course, now, |customer, standing| {
                            seen.push((customer, standing.clone()));
                            Ok(())
                        })
                        .unwrap();
                    seen.sort_by_key(|(customer, _)| *customer);
                    let on = |id: i64| usize::from(id % 3 == 1);
                    let wanted: Vec<_> = (1..=customers)
                        .filter(|id| on(*id) == course)
                        .map(|id| (CustomerId(id), ledger.folded(CustomerId(id), course, now, |_, _| ()).unwrap()))
                        .filter(|(_, standing)| standing.overall.is_some())
                        .collect();
                    assert!(seen == wanted, "{customers} customers, day {day}, journey {course}");
                }
            }
            assert_eq!(passes > 0, customers > 9);
        }
    }
}
