//! Changing or taking out single touchpoints, and making two customers one.

use anyhow::Result;
use rusqlite::params;

use super::change::Change;
use super::customers::store;
use super::open::Ledger;
use super::referrals;
use super::touchpoints::join_tags;
use crate::domain::calendar::Moment;
use crate::domain::customer::{Customer, GiftPolicy};
use crate::domain::names::identity;
use crate::domain::problem::Problem;
use crate::domain::touchpoint::{CustomerId, Touchpoint, TouchpointId};
use crate::text;

impl Ledger {
    /// Takes one touchpoint out of the log, as an entry that can be undone; false when there is none of
    /// this number. The record of a file it came from is not added again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remove_touchpoint(&mut self, now: Moment, id: TouchpointId, summary: &str) -> Result<bool> {
        let done = self.change(now, "remove", |change| {
            if change.keep_aside("id = ?1", &id.0)? == 0 {
                return Ok(None);
            }
            change.db.execute(
                "INSERT OR IGNORE INTO refused (key, customer) SELECT hex(key), customer FROM touchpoints WHERE id = ?1 AND key IS NOT NULL",
                [id.0],
            )?;
            change.db.execute("DELETE FROM touchpoints WHERE id = ?1", [id.0])?;
            Ok(Some(((), summary.to_owned())))
        })?;
        Ok(done.is_some())
    }

    /// Writes a touchpoint over what it was, perhaps with another customer, as an entry that can be
    /// undone; false when there is none of this number. A record of a file that went to another customer
    /// is not added to the first one again.
    ///
    /// # Errors
    /// When the other customer has a contact of the same record, or the file cannot be written.
    pub fn change_touchpoint(
        &mut self,
        now: Moment,
        id: TouchpointId,
        customer: CustomerId,
        changed: &Touchpoint,
        summary: &str,
    ) -> Result<bool> {
        let course = {
            let journey = self.customer(customer)?.and_then(|customer| customer.journey);
            self.course_of(journey.as_deref())
        };
        let said = changed.stage.as_deref().and_then(|stage| self.courses[course].journey.position(stage));
        let said = said.and_then(|place| self.dictionary.of(course, place));
        let done = self.change(now, "edit", |change| {
            if change.keep_aside("id = ?1", &id.0)? == 0 {
                return Ok(None);
            }
            moves(change, id, customer)?;
            write(change, id, customer, changed, said)?;
            change.replay(customer)?;
            Ok(Some(((), summary.to_owned())))
        })?;
        Ok(done.is_some())
    }

    /// Makes two customers one: everything of `from` becomes `into`'s, and what `into` does not say
    /// `from` says. Their names and keys lead to the one that stays. An entry that can be undone.
    /// Gives how many touchpoints moved.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn merge_customers(&mut self, now: Moment, into: &Customer, from: &Customer) -> Result<u64> {
        let moved = self.change(now, "customers merge", |change| {
            let moved = move_touchpoints(change, into.id, from.id)?;
            for sql in [
                "UPDATE incidents SET customer = ?1 WHERE customer = ?2",
                "DELETE FROM particulars WHERE customer = ?2 AND EXISTS
                 (SELECT 1 FROM particulars p WHERE p.customer = ?1 AND p.what = particulars.what AND p.value = particulars.value)",
                "UPDATE particulars SET customer = ?1 WHERE customer = ?2",
                "UPDATE cards SET customer = ?1 WHERE customer = ?2",
                "DELETE FROM refused WHERE customer = ?2 AND EXISTS (SELECT 1 FROM refused r WHERE r.customer = ?1 AND r.key = refused.key)",
                "UPDATE refused SET customer = ?1 WHERE customer = ?2",
                "DELETE FROM nudges WHERE customer = ?2 AND state = 'open' AND EXISTS (SELECT 1 FROM nudges n WHERE n.customer = ?1
                 AND n.state = 'open' AND n.place = nudges.place AND n.rule = nudges.rule)",
                "UPDATE nudges SET customer = ?1 WHERE customer = ?2",
                "UPDATE gifts SET customer = ?1 WHERE customer = ?2",
            ] {
                change.db.prepare(sql)?.execute(params![into.id.0, from.id.0])?;
            }
            referrals::join(change.db, into.id, from.id)?;
            change.db.execute("DELETE FROM customer_keys WHERE customer = ?1", [from.id.0])?;
            change.db.execute("DELETE FROM customers WHERE id = ?1", [from.id.0])?;
            store(change, &joined(into, from))?;
            change.replay(into.id)?;
            Ok(Some((moved, format!("{} + {}", into.name, from.name))))
        })?;
        Ok(moved.unwrap_or_default())
    }
}

/// When a touchpoint goes to another customer: its record stays out of the log of the first one.
fn moves(change: &Change<'_>, id: TouchpointId, to: CustomerId) -> Result<()> {
    let there = "SELECT EXISTS (SELECT 1 FROM touchpoints t JOIN touchpoints o ON o.key = t.key WHERE t.id = ?1 AND o.id <> ?1 AND o.customer = ?2)";
    if change.db.query_row(there, params![id.0, to.0], |row| row.get(0))? {
        let id = id.0;
        return Err(Problem::failure(text!("contact #{id} cannot go to that customer", "contact #{id} kan niet naar die klant"))
            .why(text!(
                "they have this contact already: it came from the same message",
                "die heeft dit contact al: het kwam uit hetzelfde bericht"
            ))
            .todo(text!("`attent undo {id}` takes it out where it is", "`attent undo {id}` haalt het weg waar het nu staat"))
            .into());
    }
    change.db.execute(
        "INSERT OR IGNORE INTO refused (key, customer) SELECT hex(key), customer FROM touchpoints WHERE id = ?1 AND key IS NOT NULL AND customer <> ?2",
        params![id.0, to.0],
    )?;
    Ok(())
}

fn write(change: &Change<'_>, id: TouchpointId, customer: CustomerId, changed: &Touchpoint, said: Option<u32>) -> Result<()> {
    let facts = &changed.facts;
    change.db.execute(
        "UPDATE touchpoints SET customer = ?2, at = ?3, channel = ?4, direction = ?5, sender = ?6, personal = ?7, kind = ?8, sentiment = ?9,
         said = ?10, stage = NULL, amount = ?11, minutes = ?12, note = ?13, tags = ?14 WHERE id = ?1",
        params![
            id.0,
            customer.0,
            facts.at.0,
            facts.channel.code(),
            facts.direction.code(),
            facts.sender.code(),
            facts.personal.code(),
            facts.kind.code(),
            facts.sentiment,
            said,
            changed.amount.map(|amount| amount.0),
            changed.minutes,
            Some(&changed.note).filter(|note| !note.is_empty()),
            join_tags(&changed.tags),
        ],
    )?;
    Ok(())
}

/// The touchpoints of one customer become another's; of a record both have, one stays.
fn move_touchpoints(change: &mut Change<'_>, into: CustomerId, from: CustomerId) -> Result<u64> {
    change.keep_aside("customer = ?1", &from.0)?;
    change.db.execute(
        "DELETE FROM touchpoints WHERE customer = ?2 AND key IS NOT NULL
         AND EXISTS (SELECT 1 FROM touchpoints t WHERE t.key = touchpoints.key AND t.customer = ?1)",
        params![into.0, from.0],
    )?;
    let moved = change.db.execute("UPDATE touchpoints SET customer = ?1, stage = NULL WHERE customer = ?2", params![into.0, from.0])?;
    Ok(moved as u64)
}

/// What is known of two who are one.
fn joined(into: &Customer, from: &Customer) -> Customer {
    let first = |a: &str, b: &str| if a.is_empty() { b.to_owned() } else { a.to_owned() };
    let notes = match (into.notes.as_str(), from.notes.as_str()) {
        (a, b) if a == b || b.is_empty() => a.to_owned(),
        ("", b) => b.to_owned(),
        (a, b) => format!("{a}\n{b}"),
    };
    let mut keys = into.keys.clone();
    for key in from.keys.iter().chain([&from.name]) {
        if !keys.iter().chain([&into.name]).any(|known| identity(known) == identity(key)) {
            keys.push(key.clone());
        }
    }
    Customer {
        id: into.id,
        name: into.name.clone(),
        keys,
        organisation: first(&into.organisation, &from.organisation),
        segment: first(&into.segment, &from.segment),
        journey: into.journey.clone().or_else(|| from.journey.clone()),
        since: [into.since, from.since].into_iter().flatten().min(),
        no_contact: into.no_contact || from.no_contact,
        gifts: stricter(into.gifts, from.gifts),
        gift_terms: into.gift_terms.stricter(from.gift_terms),
        origin: first(&into.origin, &from.origin),
        notes,
    }
}

/// What was said of one of them and is not known of the other counts; of two limits the lower.
fn stricter(a: GiftPolicy, b: GiftPolicy) -> GiftPolicy {
    match (a, b) {
        (GiftPolicy::Unknown, other) | (other, GiftPolicy::Unknown) => other,
        (GiftPolicy::None, _) | (_, GiftPolicy::None) => GiftPolicy::None,
        (GiftPolicy::UpTo(a), GiftPolicy::UpTo(b)) => GiftPolicy::UpTo(a.min(b)),
    }
}
