//! Taking an entry back, which is an entry itself and can be taken back too.

use std::collections::BTreeMap;

use anyhow::Result;
use rusqlite::{ErrorCode, params};

use super::change::{Change, ROW};
use super::entries::{self, Entry};
use super::journal::{self, Image};
use super::open::Ledger;
use crate::domain::calendar::Moment;
use crate::domain::problem::Problem;
use crate::domain::touchpoint::CustomerId;
use crate::text;

/// What taking an entry back did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The entry.
    pub entry: Entry,
    /// The number of the entry that took it back; taking that back puts everything as it was.
    pub by: i64,
    /// Touchpoints taken out of the log; they are kept aside.
    pub touchpoints: u64,
    /// Touchpoints put back into it, or made what they were.
    pub returned: u64,
    /// Customers removed again, because the entry had made them and nothing else knows them.
    pub customers: u64,
    /// The names of customers the entry had made that stay, because later entries know them.
    pub kept: Vec<String>,
    /// Customers put back.
    pub customers_returned: u64,
    /// Failures removed, opened again or closed again.
    pub incidents: u64,
    /// What became of nudges.
    pub nudges: NudgesUndone,
}

/// What taking an entry back did to nudges, each list by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NudgesUndone {
    /// Those that stand again, because the entry had ended them or put them off.
    pub again: Vec<i64>,
    /// Those that are put off once more.
    pub put_off: Vec<i64>,
    /// Those that stand no longer, because the entry had brought them up.
    pub gone: Vec<i64>,
    /// Those that stood before the entry and stay closed, because the same came up again since.
    pub again_since: Vec<i64>,
}

/// Which touchpoints an entry added: a stretch of numbers, so that no other row is looked at.
const ADDED: &str = "id BETWEEN (SELECT first_touchpoint FROM entries WHERE entries.id = ?1)
    AND (SELECT last_touchpoint FROM entries WHERE entries.id = ?1) AND entry = ?1";
/// Which touchpoints it changed or took out.
const CHANGED: &str = "id IN (SELECT f.id FROM former_touchpoints f WHERE f.by = ?1)";

impl Ledger {
    /// Takes an entry back: the one of this number, else the latest that stands. `None` when there is
    /// none.
    ///
    /// # Errors
    /// When it was taken back already, when something later changed the same, or when the file cannot
    /// be written.
    pub fn undo(&mut self, now: Moment, which: Option<i64>) -> Result<Option<Undone>> {
        self.change(now, "undo", |change| {
            let found = match which {
                Some(id) => entries::get(change.db, id)?.filter(|entry| entry.id < change.entry),
                None => {
                    let latest = entries::latest(change.db, change.entry)?;
                    // Who was told, and took back something from before it, goes on from there.
                    if let Some(erasing) = entries::latest_erasing(change.db)?
                        && latest.as_ref().is_none_or(|latest| latest.id < erasing.id)
                        && !(latest.is_some() && entries::went_behind(change.db, erasing.id)?)
                    {
                        return Err(gone_for_good(&erasing, latest.map(|latest| latest.id)).into());
                    }
                    latest
                }
            };
            let Some(entry) = found else { return Ok(None) };
            if entry.erased {
                return Err(gone_for_good(&entry, None).into());
            }
            if entry.undone.is_some() {
                return Err(already(entry.id).into());
            }
            let summary = entry.summary.clone();
            Ok(Some((take_back(change, entry, now).map_err(in_the_way)?, summary)))
        })
    }
}

fn take_back(change: &mut Change<'_>, entry: Entry, now: Moment) -> Result<Undone> {
    let mut images = journal::images(change.db, entry.id)?;
    let later = journal::changed_since(change.db, entry.id, &images)?.max(touched_since(change, entry.id)?);
    if let Some(later) = later {
        return Err(changed_later(entry.id, later).into());
    }
    let touchpoints = change.keep_aside(ADDED, &entry.id)?;
    change.db.execute(&format!("DELETE FROM touchpoints WHERE {ADDED}"), [entry.id])?;
    let changed = change.keep_aside(CHANGED, &entry.id)?;
    let gone = change.db.execute(
        "INSERT OR IGNORE INTO former_touchpoints (by, was, id) SELECT ?2, 0, id FROM former_touchpoints f WHERE f.by = ?1
         AND NOT EXISTS (SELECT 1 FROM touchpoints t WHERE t.id = f.id)",
        params![entry.id, change.entry],
    )? as u64;
    change.db.execute(&format!("DELETE FROM touchpoints WHERE {CHANGED}"), [entry.id])?;
    let kept = still_known(change, entry.id, &images)?;
    let mut customers_returned = 0;
    for id in images.iter().filter_map(Image::former_customer) {
        customers_returned += u64::from(!exists(change, id)?);
    }
    let stood = standing(change)?;
    let again_since = journal::give_way(change.db, &mut images, now)?;
    let customers = journal::restore(change.db, &images, &kept)?;
    let returned = put_back(change, entry.id)?;
    if touchpoints + changed + gone + returned == 0 && customers.is_empty() && !kept.is_empty() {
        return Err(in_use(change, &entry, &kept)?.into());
    }
    for customer in customers {
        if exists(change, customer)? {
            change.replay(CustomerId(customer))?;
        }
    }
    change.db.execute("UPDATE entries SET undone = ?2 WHERE id = ?1", params![entry.id, now.0])?;
    change.db.execute("UPDATE entries SET undoes = ?2 WHERE id = ?1", params![change.entry, entry.id])?;
    stand_in_turn(change, entry.undoes, now)?;
    // What a source brought may be gone now: it is read again next time.
    change.db.execute("DELETE FROM sources", [])?;
    let count = |table: &str, was: bool| images.iter().filter(|image| image.of(table) == Some(was)).count() as u64;
    let taken_out = (touchpoints + changed + gone).saturating_sub(returned + gone);
    Ok(Undone {
        by: change.entry,
        touchpoints: taken_out,
        returned,
        customers: count("customers", false) - kept.len() as u64,
        kept: kept.iter().map(|id| name(change, *id)).collect::<Result<_>>()?,
        customers_returned,
        incidents: count("incidents", false) + count("incidents", true),
        nudges: NudgesUndone { again_since, ..turned(&stood, &standing(change)?) },
        entry,
    })
}

/// What an entry that was taken back had taken back itself stands again, what that had taken back does
/// not, and so on.
fn stand_in_turn(change: &Change<'_>, undoes: Option<i64>, now: Moment) -> Result<()> {
    let (mut next, mut stands) = (undoes, true);
    while let Some(id) = next {
        let undone = (!stands).then_some(now.0);
        change.db.execute("UPDATE entries SET undone = ?2 WHERE id = ?1", params![id, undone])?;
        next = entries::get(change.db, id)?.and_then(|entry| entry.undoes);
        stands = !stands;
    }
    Ok(())
}

/// Puts the touchpoints back that an entry had changed or taken out.
fn put_back(change: &mut Change<'_>, entry: i64) -> Result<u64> {
    let row = ROW.replace(" stage,", " NULL,");
    let returned = change
        .db
        .execute(&format!("INSERT INTO touchpoints ({ROW}) SELECT {row} FROM former_touchpoints WHERE by = ?1 AND was = 1"), [entry])?;
    let mut select = change.db.prepare("SELECT DISTINCT customer FROM former_touchpoints WHERE by = ?1 AND was = 1")?;
    for customer in select.query_map([entry], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()? {
        change.replay(CustomerId(customer))?;
    }
    Ok(returned as u64)
}

/// The customers an entry made that something else knows by now: they stay. Failures that go with the
/// entry, or back to another customer, are no such thing; nor are keys and cards it brought itself.
fn still_known(change: &Change<'_>, entry: i64, images: &[Image]) -> Result<Vec<i64>> {
    // The + and the order of the tables have SQLite find changes by their row: an import is one entry with a
    // change for every customer.
    let hangs = |table: &str, row: &str, whose: &str| {
        format!(
            "EXISTS (SELECT 1 FROM {table} k CROSS JOIN changes c ON c.tbl = '{table}' AND c.row = +k.{row} JOIN entries e ON e.id = c.entry
             WHERE k.{whose} = ?1 AND +c.entry > ?2 AND e.undone IS NULL
             AND NOT EXISTS (SELECT 1 FROM changes o WHERE +o.entry = ?2 AND o.tbl = '{table}' AND o.row = +k.{row}))"
        )
    };
    let later = |table: &str, row: &str| hangs(table, row, "customer");
    let mut known = change.db.prepare(&format!(
        "SELECT EXISTS (SELECT 1 FROM touchpoints WHERE customer = ?1)
         OR EXISTS (SELECT 1 FROM incidents i WHERE i.customer = ?1 AND NOT EXISTS
            (SELECT 1 FROM changes c WHERE +c.entry = ?2 AND c.tbl = 'incidents' AND c.row = +i.id
             AND (c.before IS NULL OR json_extract(c.before, '$.customer') <> ?1)))
         OR {} OR {} OR {} OR {} OR {} OR {}",
        later("customer_keys", "folded"),
        later("cards", "id"),
        later("particulars", "id"),
        later("gifts", "id"),
        later("referrals", "id"),
        hangs("referrals", "id", "referrer")
    ))?;
    let mut kept = Vec::new();
    for id in images.iter().filter_map(Image::new_customer) {
        if known.query_row(params![id, entry], |row| row.get(0))? {
            kept.push(id);
        }
    }
    Ok(kept)
}

/// The newest standing entry after this one that has to do with a customer.
fn known_since(change: &Change<'_>, entry: i64, customer: i64) -> Result<Option<i64>> {
    let sql = "SELECT max(id) FROM entries WHERE id > ?2 AND id < ?3 AND undone IS NULL AND undoes IS NULL AND id IN (
         SELECT entry FROM touchpoints WHERE customer = ?1
         UNION SELECT f.by FROM former_touchpoints f JOIN touchpoints t ON t.id = f.id WHERE t.customer = ?1
         UNION SELECT c.entry FROM incidents i CROSS JOIN changes c ON c.tbl = 'incidents' AND c.row = +i.id WHERE i.customer = ?1
         UNION SELECT c.entry FROM customer_keys k CROSS JOIN changes c ON c.tbl = 'customer_keys' AND c.row = +k.folded WHERE k.customer = ?1
         UNION SELECT c.entry FROM cards k CROSS JOIN changes c ON c.tbl = 'cards' AND c.row = +k.id WHERE k.customer = ?1
         UNION SELECT c.entry FROM particulars k CROSS JOIN changes c ON c.tbl = 'particulars' AND c.row = +k.id WHERE k.customer = ?1
         UNION SELECT c.entry FROM gifts k CROSS JOIN changes c ON c.tbl = 'gifts' AND c.row = +k.id WHERE k.customer = ?1
         UNION SELECT c.entry FROM referrals k CROSS JOIN changes c ON c.tbl = 'referrals' AND c.row = +k.id WHERE k.customer = ?1 OR k.referrer = ?1)";
    Ok(change.db.query_row(sql, params![customer, entry, change.entry], |row| row.get(0))?)
}

/// The nudges that stand, each with until when it is put off.
fn standing(change: &Change<'_>) -> Result<BTreeMap<i64, Option<i64>>> {
    let mut select = change.db.prepare_cached("SELECT id, snoozed FROM nudges WHERE state = 'open'")?;
    Ok(select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

fn turned(before: &BTreeMap<i64, Option<i64>>, after: &BTreeMap<i64, Option<i64>>) -> NudgesUndone {
    let differs = after.iter().filter(|(id, snoozed)| before.get(id) != Some(snoozed));
    let (put_off, again): (Vec<_>, Vec<_>) = differs.partition(|(_, snoozed)| snoozed.is_some());
    let ids = |list: Vec<(&i64, _)>| list.into_iter().map(|(id, _)| *id).collect();
    let gone = before.keys().copied().filter(|id| !after.contains_key(id)).collect();
    NudgesUndone { again: ids(again), put_off: ids(put_off), gone, again_since: Vec::new() }
}

fn name(change: &Change<'_>, customer: i64) -> Result<String> {
    Ok(change.db.query_row("SELECT name FROM customers WHERE id = ?1", [customer], |row| row.get(0))?)
}

fn exists(change: &Change<'_>, customer: i64) -> Result<bool> {
    Ok(change.db.query_row("SELECT EXISTS (SELECT 1 FROM customers WHERE id = ?1)", [customer], |row| row.get(0))?)
}

/// The newest standing entry after this one that changed or took out touchpoints of it.
fn touched_since(change: &Change<'_>, entry: i64) -> Result<Option<i64>> {
    let sql = format!(
        "SELECT max(f.by) FROM former_touchpoints f JOIN entries e ON e.id = f.by WHERE f.by > ?1 AND e.undone IS NULL AND (e.undoes IS NULL OR e.undoes < ?1)
         AND (f.entry = ?1 OR f.{CHANGED})"
    );
    Ok(change.db.query_row(&sql, [entry], |row| row.get(0))?)
}

fn already(id: i64) -> Problem {
    Problem::failure(text!("entry e{id} was taken back already", "invoer e{id} is al teruggenomen"))
        .todo(text!("`attent undo --list` shows which entry did that", "`attent undo --list` laat zien welke invoer dat deed"))
}

/// That what an entry did was erased, or that it erased something; `before` is the latest one that can be taken back.
fn gone_for_good(entry: &Entry, before: Option<i64>) -> Problem {
    let id = entry.id;
    let why = match entry.verb.as_str() {
        "forget" => text!("somebody was forgotten by it, which is for good", "daarmee is iemand vergeten, en dat is voorgoed"),
        "tidy" => text!("what was old was erased by it, which is for good", "daarmee is gewist wat oud was, en dat is voorgoed"),
        _ => text!("what it did was erased since", "wat ermee gedaan is, is sindsdien gewist"),
    };
    let problem = Problem::failure(text!("entry e{id} cannot be taken back", "invoer e{id} kan niet worden teruggenomen")).why(why);
    match before {
        Some(before) => problem.todo(text!(
            "`attent undo e{before}` takes back what was done before it",
            "`attent undo e{before}` neemt terug wat daarvóór gedaan is"
        )),
        None => problem,
    }
}

fn changed_later(id: i64, later: i64) -> Problem {
    Problem::failure(text!("entry e{id} cannot be taken back by itself", "invoer e{id} kan niet los worden teruggenomen"))
        .why(text!("entry e{later} changed the same afterwards", "invoer e{later} heeft later hetzelfde veranderd"))
        .todo(text!("take that back first: `attent undo e{later}`", "neem die eerst terug: `attent undo e{later}`"))
}

/// That all an entry did was to make customers who have to stay.
fn in_use(change: &Change<'_>, entry: &Entry, kept: &[i64]) -> Result<Problem> {
    let names = kept.iter().map(|id| name(change, *id)).collect::<Result<Vec<_>>>()?.join(", ");
    let mut later = None;
    for id in kept {
        later = later.max(known_since(change, entry.id, *id)?);
    }
    let id = entry.id;
    let (stays, blijft) = if kept.len() == 1 { ("stays", "blijft") } else { ("stay", "blijven") };
    let problem = Problem::failure(text!("entry e{id} was not taken back", "invoer e{id} is niet teruggenomen"))
        .why(text!("{names} {stays}, because later entries know them", "{names} {blijft}, want latere invoer gaat er ook over"));
    Ok(match later {
        Some(later) => problem.todo(text!("take that back first: `attent undo e{later}`", "neem die eerst terug: `attent undo e{later}`")),
        None => problem.todo(text!("`attent undo --list` shows what was done", "`attent undo --list` laat zien wat er gedaan is")),
    })
}

/// What came later may hold a name or a record that would come back.
fn in_the_way(err: anyhow::Error) -> anyhow::Error {
    let code = err.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code);
    if code != Some(ErrorCode::ConstraintViolation) {
        return err;
    }
    Problem::failure(text!("this cannot be put back any more", "dit kan niet meer worden teruggezet"))
        .why(text!(
            "a customer of the same name or the same record of a file was added since",
            "er is sindsdien een klant met dezelfde naam of hetzelfde gegeven uit een bestand bij gekomen"
        ))
        .todo(text!(
            "take that back first; `attent undo --list` shows what was done",
            "neem dat eerst terug; `attent undo --list` laat zien wat er gedaan is"
        ))
        .into()
}
