//! Reading where customers stand at a moment.
//!
//! The kept standing of a customer stands for every moment from their latest counted touchpoint
//! on. For an earlier moment, or when planned touchpoints have come due since, only those
//! customers are folded anew in memory from the log up to that moment; nothing is written.

use std::collections::HashSet;

use anyhow::Result;
use rusqlite::params;

use super::codec;
use super::keeper::{PlacingRow, placing_columns, placing_row, read_standing};
use super::open::Ledger;
use super::relay::{Load, Read, relay};
use crate::domain::calendar::Moment;
use crate::domain::standing::Standing;
use crate::domain::touchpoint::CustomerId;

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
        if !self.is_fresh()? {
            return self.standings_without_sums(course, now, &mut each);
        }
        let stages = self.courses[course].journey.stages.len();
        let dictionary = &self.dictionary;
        let place = |number| dictionary.on(course, number);
        let due = self.due(now)?;
        let mut seen = HashSet::new();
        let mut select = self.db.prepare("SELECT customer, sums FROM standings ORDER BY customer")?;
        let mut rows = select.query([])?;
        let mut kept = Standing::new(stages);
        let fill = |load: &mut Load| {
            while !load.is_full() {
                let Some(row) = rows.next()? else { return Ok(false) };
                let (customer, bytes) = (CustomerId(row.get(0)?), row.get_ref(1)?.as_blob()?);
                if !due.contains(&customer) && codec::latest(bytes).is_none_or(|latest| latest <= now) {
                    load.packed(customer, bytes);
                } else if codec::unpack(bytes, &mut kept, place)? {
                    seen.insert(customer);
                    let anew = self.folded(customer, course, now, |_, _| ())?;
                    if anew.overall.is_some() {
                        load.anew(customer, anew);
                    }
                }
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

    /// A log that cannot be written and whose sums are of other journeys is folded in memory.
    fn standings_without_sums(&self, course: usize, now: Moment, each: &mut impl FnMut(CustomerId, &Standing) -> Result<()>) -> Result<()> {
        for customer in self.customers()? {
            if self.course_of(customer.journey.as_deref()) == course {
                let standing = self.folded(customer.id, course, now, |_, _| ())?;
                if standing.overall.is_some() {
                    each(customer.id, &standing)?;
                }
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
