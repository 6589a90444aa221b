//! Not keeping things for longer than was asked: customers without contact, old contacts, the journal.
//!
//! Customers go as if they had asked to be forgotten, but what is later than the day they went may bring them
//! back: somebody who comes again after years is welcome. Old contacts leave their part in the sums of days, and
//! the contacts after them stay in the stages they were in: where a contact was in a stage only because of one that
//! goes, that stage is written down with it.

use anyhow::Result;
use rusqlite::{Connection, params};

use super::run::{Erased, Neutral, forget_people, keep_numbers, number, record};
use super::{selves, statistics, trail};
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::phone::Country;
use crate::domain::standing::Standing;
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::Sender;
use crate::ledger::dictionary::Dictionary;
use crate::ledger::keeper::{Keeper, course_of, placing_columns, placing_row};
use crate::ledger::open::Ledger;

/// So many names are told one by one.
const TOLD: usize = 200;

/// Before when things go; what has no moment stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cutoffs {
    /// Customers whose last contact was before it.
    pub customers: Option<Moment>,
    /// What happened before it.
    pub contacts: Option<Moment>,
    /// Contacts before it that a machine made.
    pub machine_mail: Option<Moment>,
    /// What was done before it can no longer be taken back.
    pub journal: Option<Moment>,
}

/// What goes by one rule, by customer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// How much in all.
    pub count: u64,
    /// Whose it is and how much, the first of them.
    pub whose: Vec<(String, u64)>,
}

/// Why a customer without contact stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// They asked not to be contacted, which has to stay known.
    OptedOut,
    /// Something went wrong and is not made good.
    OpenFailure,
    /// A gift is planned for them.
    PlannedGift,
}

/// What went, or would.
#[derive(Debug, Clone, Default)]
pub struct Tidied {
    /// Customers without contact; their number in `names`.
    pub customers: Erased,
    /// Customers without contact who stay, and why.
    pub stay: Vec<(String, Stays)>,
    /// Contacts that are too old.
    pub contacts: Past,
    /// Nudges, failures and gifts that are over and too old.
    pub over: u64,
    /// Contacts of machines that are too old.
    pub machine_mail: Past,
    /// Entries that can no longer be taken back.
    pub journal: u64,
}

impl Tidied {
    /// Whether nothing goes.
    pub fn is_empty(&self) -> bool {
        self.customers.names.is_empty() && self.contacts.count + self.over + self.machine_mail.count + self.journal == 0
    }
}

impl Ledger {
    /// Takes out of the log for good what is older than asked. With `store` false, or when nothing is, nothing is done.
    /// What is stored leaves bytes in the file: [`Ledger::finish_erasing`] makes them go.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn tidy(&mut self, now: Moment, cutoffs: Cutoffs, country: Country, neutral: &Neutral, store: bool) -> Result<Tidied> {
        let (courses, dictionary, default) = (self.courses.clone(), self.dictionary.clone(), self.default_course);
        self.erase(now, |tx| {
            let mut tidied = Tidied::default();
            customers(tx, now, cutoffs.customers, country, neutral, &mut tidied)?;
            let sweep = Sweep { tx, courses: &courses, dictionary: &dictionary, default, now };
            sweep.contacts(cutoffs, neutral, &mut tidied)?;
            tidied.journal = journal(tx, cutoffs.journal)?;
            let anything = !tidied.is_empty();
            if anything {
                record(tx, now, "tidy", "")?;
            }
            Ok((tidied, store && anything))
        })
    }
}

/// Customers whose last contact was too long ago. Who never had one counts from the day they were added.
fn customers(tx: &Connection, now: Moment, before: Option<Moment>, country: Country, neutral: &Neutral, tidied: &mut Tidied) -> Result<()> {
    let Some(before) = before else { return Ok(()) };
    let mut select = tx.prepare(
        "SELECT id, name, no_contact, EXISTS (SELECT 1 FROM incidents i WHERE i.customer = c.id AND i.resolved IS NULL),
         EXISTS (SELECT 1 FROM gifts g WHERE g.customer = c.id AND g.state = 'planned' AND (g.day IS NULL OR g.day >= ?2))
         FROM customers c WHERE coalesce((SELECT max(at) FROM touchpoints t WHERE t.customer = c.id),
             nullif(max(coalesce(since, -9223372036854775807), coalesce((SELECT e.at FROM entries e WHERE e.id = c.entry), -9223372036854775807)),
             -9223372036854775807), ?2) < ?1 ORDER BY name",
    )?;
    let mut rows = select.query(params![before.0, now.0])?;
    let mut people = Vec::new();
    while let Some(row) = rows.next()? {
        let stays = match (row.get(2)?, row.get(3)?, row.get(4)?) {
            (true, _, _) => Some(Stays::OptedOut),
            (_, true, _) => Some(Stays::OpenFailure),
            (_, _, true) => Some(Stays::PlannedGift),
            _ => None,
        };
        match stays {
            Some(why) => tidied.stay.push((row.get(1)?, why)),
            None => people.push(selves::person(tx, CustomerId(row.get(0)?))?),
        }
    }
    drop(rows);
    if !people.is_empty() {
        tidied.customers = forget_people(tx, &people, Some(now), country, neutral, false)?;
    }
    Ok(())
}

/// Taking old contacts out.
struct Sweep<'a> {
    tx: &'a Connection,
    courses: &'a [Course],
    dictionary: &'a Dictionary,
    default: usize,
    now: Moment,
}

impl Sweep<'_> {
    fn contacts(&self, cutoffs: Cutoffs, neutral: &Neutral, tidied: &mut Tidied) -> Result<()> {
        let old = |before: Option<Moment>| before.map_or(i64::MIN, |before| before.0);
        let (all, machine) = (old(cutoffs.contacts), old(cutoffs.machine_mail));
        if all.max(machine) == i64::MIN {
            return Ok(());
        }
        let tx = self.tx;
        let too_old = format!("at < {all}");
        let by_machines = format!("at >= {all} AND at < {machine} AND sender = {}", Sender::Automated.code());
        (tidied.contacts, tidied.machine_mail) = (past(tx, &too_old)?, past(tx, &by_machines)?);
        let which = format!("({too_old} OR ({by_machines}))");
        trail::begin(tx, &[])?;
        if tidied.contacts.count + tidied.machine_mail.count > 0 {
            statistics::keep(tx, &which)?;
            let whose = self.stay_in_stage(&which)?;
            keep_numbers(tx)?;
            tx.execute_batch(&format!(
                "INSERT OR IGNORE INTO temp.losing SELECT DISTINCT entry FROM touchpoints WHERE {which};
                 UPDATE nudges SET touchpoint = NULL WHERE touchpoint IN (SELECT id FROM touchpoints WHERE {which});
                 UPDATE gifts SET touchpoint = NULL WHERE touchpoint IN (SELECT id FROM touchpoints WHERE {which});
                 DELETE FROM touchpoints WHERE {which};"
            ))?;
            let mut keeper = Keeper::new(tx, self.courses, self.default, self.dictionary, self.now)?;
            whose.iter().try_for_each(|id| keeper.replay(*id, self.dictionary))?;
            keeper.finish(self.dictionary)?;
        }
        tx.execute_batch(&format!(
            "INSERT OR IGNORE INTO temp.losing SELECT by FROM former_touchpoints WHERE was = 1 AND {which}
                UNION SELECT entry FROM former_touchpoints WHERE was = 1 AND {which};
             DELETE FROM former_touchpoints WHERE was = 1 AND {which};"
        ))?;
        tidied.over = over(tx, all)?;
        trail::judge(tx)?;
        let word = neutral.of("summary");
        tx.execute("UPDATE entries SET summary = ?1 WHERE erased = 2 AND summary <> '' AND id IN (SELECT entry FROM temp.losing)", [word])?;
        Ok(())
    }

    /// Writes down the stage of contacts that stay and were in it because of one that goes. Gives whose contacts go.
    fn stay_in_stage(&self, which: &str) -> Result<Vec<CustomerId>> {
        let mut whose = self.tx.prepare(&format!("SELECT DISTINCT customer FROM touchpoints WHERE {which}"))?;
        let whose: Vec<CustomerId> = whose.query_map([], |row| row.get(0).map(CustomerId))?.collect::<rusqlite::Result<_>>()?;
        let columns = placing_columns(true);
        let mut select =
            self.tx.prepare(&format!("SELECT {columns} FROM touchpoints WHERE customer = ?1 AND NOT {which} ORDER BY at, id"))?;
        let mut update = self.tx.prepare("UPDATE touchpoints SET said = stage WHERE id = ?1")?;
        for id in &whose {
            let at = course_of(self.tx, self.courses, self.default, *id)?;
            let course = &self.courses[at];
            let mut standing = Standing::new(course.journey.stages.len());
            let mut moved = Vec::new();
            let mut rows = select.query([id.0])?;
            while let Some(row) = rows.next()? {
                let row = placing_row(row, course, self.dictionary)?;
                let Some(counted) = row.counted.and_then(|number| self.dictionary.on(at, number)) else { continue };
                let would_be = row.claim.or(standing.current).unwrap_or(0);
                moved.extend((would_be != counted).then_some(row.id));
                standing.append(row.id, &row.facts, Some(counted), course);
            }
            drop(rows);
            moved.iter().try_for_each(|id| update.execute([id.0]).map(drop))?;
        }
        Ok(whose)
    }
}

fn past(tx: &Connection, which: &str) -> Result<Past> {
    let mut select = tx.prepare(&format!(
        "SELECT c.name, count(*) FROM touchpoints t JOIN customers c ON c.id = t.customer WHERE {which} GROUP BY c.id ORDER BY c.name"
    ))?;
    let mut rows = select.query([])?;
    let mut found = Past::default();
    while let Some(row) = rows.next()? {
        let count = u64::try_from(row.get::<_, i64>(1)?)?;
        found.count += count;
        if found.whose.len() < TOLD {
            found.whose.push((row.get(0)?, count));
        }
    }
    Ok(found)
}

/// Nudges, failures and gifts that are over since before a moment, with what the journal keeps of them.
fn over(tx: &Connection, before: i64) -> Result<u64> {
    let mut gone = 0;
    for (table, which) in [
        ("nudges", "state <> 'open' AND ended < ?1"),
        ("incidents", "resolved < ?1 AND coalesce(checked, resolved) < ?1"),
        ("gifts", "state = 'given' AND day < ?1"),
    ] {
        tx.execute(
            &format!("INSERT OR IGNORE INTO temp.losing SELECT entry FROM changes WHERE tbl = '{table}' AND row IN (SELECT id FROM {table} WHERE {which})"),
            [before],
        )?;
        tx.execute(&format!("DELETE FROM changes WHERE tbl = '{table}' AND row IN (SELECT id FROM {table} WHERE {which})"), [before])?;
        gone += tx.execute(&format!("DELETE FROM {table} WHERE {which}"), [before])? as u64;
    }
    Ok(gone)
}

/// What the journal keeps of entries before a moment goes; that they were made stays. How often a nudge was changed is
/// a number that calendars go by, so those lines stay, without what they held.
fn journal(tx: &Connection, before: Option<Moment>) -> Result<u64> {
    let Some(before) = before.map(|before| before.0) else { return Ok(0) };
    let count = number(tx, &format!("SELECT count(*) FROM entries WHERE at < {before} AND erased < 2"))?;
    tx.execute_batch(&format!(
        "UPDATE changes SET before = NULL WHERE tbl = 'nudges' AND entry IN (SELECT id FROM entries WHERE at < {before});
         DELETE FROM changes WHERE tbl <> 'nudges' AND entry IN (SELECT id FROM entries WHERE at < {before});"
    ))?;
    keep_numbers(tx)?;
    tx.execute_batch(&format!(
        "DELETE FROM former_touchpoints WHERE by IN (SELECT id FROM entries WHERE at < {before});
         UPDATE entries SET erased = 2, summary = '' WHERE at < {before} AND erased < 2;"
    ))?;
    Ok(count)
}
