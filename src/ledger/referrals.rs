//! Who came through whom.
//!
//! The rows are a forest: everybody came through one other at most, and never through themselves or who
//! came through them. Whatever adds or joins rows keeps it that way.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::batch::Batch;
use super::customers::store;
use super::open::Ledger;
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::money::Cents;
use crate::domain::problem::Problem;
use crate::domain::referral::{Referral, Rewards, circle};
use crate::domain::shell;
use crate::domain::touchpoint::CustomerId;
use crate::text;

const COLUMNS: &str = "id, customer, referrer, at, thanked, told, outcome, reward, reward_referred";

const FORGET: &str = "DELETE FROM referrals WHERE id = ?1";

/// How many names of a circle are told.
const NAMED: usize = 8;

fn referral(row: &Row<'_>) -> rusqlite::Result<Referral> {
    Ok(Referral {
        id: row.get(0)?,
        customer: CustomerId(row.get(1)?),
        referrer: CustomerId(row.get(2)?),
        at: Moment(row.get(3)?),
        thanked: row.get::<_, Option<i64>>(4)?.map(Moment),
        told: row.get::<_, Option<i64>>(5)?.map(Moment),
        outcome: row.get(6)?,
        reward: Cents(row.get(7)?),
        reward_referred: Cents(row.get(8)?),
    })
}

/// What is said of who sent a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Nothing: it stays as it is.
    Unsaid,
    /// Nobody did.
    ByNobody,
    /// This customer did, at this moment.
    By(CustomerId, Moment),
}

impl Ledger {
    /// Every referral, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn referrals(&self) -> Result<Vec<Referral>> {
        let mut select = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM referrals ORDER BY at, id"))?;
        let rows = select.query_map([], referral)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How a customer came through another; `None` when nobody sent them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn referral_of(&self, customer: CustomerId) -> Result<Option<Referral>> {
        of(&self.db, customer)
    }

    /// Adds a customer and who sent them, as one entry that can be undone.
    ///
    /// # Errors
    /// When the name or a key is taken, or the file cannot be written.
    pub fn add_customer_sent(&mut self, now: Moment, customer: &Customer, sent: Sent) -> Result<CustomerId> {
        self.batch(now, "customers add", |batch| {
            let id = batch.add_customer(customer)?;
            say(batch.db(), id, sent)?;
            Ok((id, customer.name.clone()))
        })
    }

    /// Stores a customer's changed particulars and who sent them, as one entry of this verb that can be
    /// undone. Who was thanked for sending them is so no more when it was somebody else.
    ///
    /// # Errors
    /// When the name or a key is taken, they sent one another in a circle, or the file cannot be written.
    pub fn change_customer_sent(&mut self, now: Moment, verb: &str, changed: &Customer, sent: Sent) -> Result<()> {
        self.change(now, verb, |change| {
            store(change, changed)?;
            say(change.db, changed.id, sent)?;
            Ok(Some(((), changed.name.clone())))
        })?;
        Ok(())
    }
}

impl Batch<'_> {
    /// Records that a customer came through another, at a moment, and what became of it, or nothing; gives
    /// the number of the referral.
    ///
    /// # Errors
    /// When somebody sent them already, they would have sent one another in a circle, or the file cannot
    /// be written.
    pub fn refer(&mut self, customer: CustomerId, referrer: CustomerId, at: Moment, outcome: &str) -> Result<i64> {
        if let Some(known) = of(self.db(), customer)? {
            return Err(known_already(self.db(), &known)?.into());
        }
        insert(self.db(), customer, referrer, at, outcome)
    }

    /// Records that the referrer was thanked, and what both got for it when something was given. Who was
    /// thanked before stays thanked as of then. False when there is no referral of this number.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn thank(&mut self, referral: i64, at: Moment, rewards: Option<Rewards>) -> Result<bool> {
        let mut update = self.db().prepare_cached(
            "UPDATE referrals SET thanked = coalesce(thanked, ?2), reward = coalesce(?3, reward), reward_referred = coalesce(?4, reward_referred)
             WHERE id = ?1",
        )?;
        let [referrer, referred] = [rewards.map(|both| both.referrer.0), rewards.map(|both| both.referred.0)];
        Ok(update.execute(params![referral, at.0, referrer, referred])? > 0)
    }

    /// Records that the referrer heard what became of it; the first time counts. False when there is no
    /// referral of this number.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn told(&mut self, referral: i64, at: Moment) -> Result<bool> {
        let mut update = self.db().prepare_cached("UPDATE referrals SET told = coalesce(told, ?2) WHERE id = ?1")?;
        Ok(update.execute(params![referral, at.0])? > 0)
    }

    /// Records what became of a referral. False when there is none of this number.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn came_to(&mut self, referral: i64, outcome: &str) -> Result<bool> {
        let mut update = self.db().prepare_cached("UPDATE referrals SET outcome = ?2 WHERE id = ?1")?;
        Ok(update.execute(params![referral, outcome])? > 0)
    }
}

fn of(db: &Connection, customer: CustomerId) -> Result<Option<Referral>> {
    let mut select = db.prepare_cached(&format!("SELECT {COLUMNS} FROM referrals WHERE customer = ?1"))?;
    Ok(select.query_row([customer.0], referral).optional()?)
}

/// Who sent a customer.
fn sent_by(db: &Connection, customer: CustomerId) -> Result<Option<CustomerId>> {
    let mut select = db.prepare_cached("SELECT referrer FROM referrals WHERE customer = ?1")?;
    Ok(select.query_row([customer.0], |row| row.get(0)).optional()?.map(CustomerId))
}

fn insert(db: &Connection, customer: CustomerId, referrer: CustomerId, at: Moment, outcome: &str) -> Result<i64> {
    no_circle(db, customer, referrer)?;
    db.execute(
        "INSERT INTO referrals (customer, referrer, at, outcome) VALUES (?1, ?2, ?3, ?4)",
        params![customer.0, referrer.0, at.0, outcome],
    )?;
    Ok(db.last_insert_rowid())
}

/// Makes what was said so. Another referrer was not thanked yet, nor told anything.
fn say(db: &Connection, customer: CustomerId, sent: Sent) -> Result<()> {
    let (referrer, at) = match sent {
        Sent::Unsaid => return Ok(()),
        Sent::ByNobody => {
            db.execute("DELETE FROM referrals WHERE customer = ?1", [customer.0])?;
            return Ok(());
        }
        Sent::By(referrer, at) => (referrer, at),
    };
    match of(db, customer)? {
        Some(known) if known.referrer == referrer => {}
        Some(known) => {
            no_circle(db, customer, referrer)?;
            db.execute(
                "UPDATE referrals SET referrer = ?2, thanked = NULL, told = NULL, reward = 0, reward_referred = 0 WHERE id = ?1",
                params![known.id, referrer.0],
            )?;
        }
        None => drop(insert(db, customer, referrer, at, "")?),
    }
    Ok(())
}

/// Keeps the referrals of two customers who become one a forest: the one who stays came through who sent
/// them, else through who sent the other, but never through who came through either of them.
pub fn join(db: &Connection, into: CustomerId, from: CustomerId) -> Result<()> {
    let outside = |sent: &Referral| -> Result<bool> {
        let below_either = |end| circle(end, sent.referrer, |above| sent_by(db, above));
        Ok(below_either(into)?.is_none() && below_either(from)?.is_none())
    };
    let (own, other) = (of(db, into)?, of(db, from)?);
    let own_stays = own.as_ref().map(outside).transpose()?.unwrap_or(false);
    let other_stays = !own_stays && other.as_ref().map(outside).transpose()?.unwrap_or(false);
    match (own, other) {
        (Some(own), Some(other)) if other_stays => {
            // One row is written over, so that undoing never meets two rows of one customer.
            db.execute(FORGET, [other.id])?;
            write_over(db, &Referral { id: own.id, customer: into, ..other })?;
        }
        (Some(own), Some(other)) => {
            db.execute(FORGET, [other.id])?;
            if !own_stays {
                db.execute(FORGET, [own.id])?;
            } else if own.referrer == other.referrer {
                write_over(db, &both(own, other))?;
            }
        }
        (Some(own), None) if !own_stays => drop(db.execute(FORGET, [own.id])?),
        (None, Some(other)) if other_stays => write_over(db, &Referral { customer: into, ..other })?,
        (None, Some(other)) => drop(db.execute(FORGET, [other.id])?),
        (Some(_) | None, None) => {}
    }
    db.execute("UPDATE referrals SET referrer = ?1 WHERE referrer = ?2", params![into.0, from.0])?;
    Ok(())
}

/// What is known of two referrals that are one: what was done for either was done.
fn both(own: Referral, other: Referral) -> Referral {
    let outcome = if own.outcome.is_empty() { other.outcome } else { own.outcome };
    Referral {
        at: own.at.min(other.at),
        thanked: own.thanked.or(other.thanked),
        told: own.told.or(other.told),
        outcome,
        reward: own.reward.max(other.reward),
        reward_referred: own.reward_referred.max(other.reward_referred),
        ..own
    }
}

fn write_over(db: &Connection, changed: &Referral) -> Result<()> {
    db.execute(
        "UPDATE referrals SET customer = ?2, referrer = ?3, at = ?4, thanked = ?5, told = ?6, outcome = ?7, reward = ?8, reward_referred = ?9
         WHERE id = ?1",
        params![
            changed.id,
            changed.customer.0,
            changed.referrer.0,
            changed.at.0,
            changed.thanked.map(|at| at.0),
            changed.told.map(|at| at.0),
            changed.outcome,
            changed.reward.0,
            changed.reward_referred.0
        ],
    )?;
    Ok(())
}

fn no_circle(db: &Connection, customer: CustomerId, referrer: CustomerId) -> Result<()> {
    let Some(circle) = circle(customer, referrer, |above| sent_by(db, above))? else { return Ok(()) };
    let mut names = circle.iter().take(NAMED).map(|id| name(db, *id)).collect::<Result<Vec<_>>>()?;
    if circle.len() > NAMED {
        names.extend(["…".to_owned(), name(db, customer)?]);
    }
    let problem = Problem::usage(text!("this would make a circle", "zo ontstaat een cirkel"));
    let round = names.join(" → ");
    Err(match circle.len() {
        2 => problem.why(text!("nobody comes through themselves: {round}", "niemand komt via zichzelf: {round}")),
        _ => problem.why(text!("they would have sent one another: {round}", "ze zouden elkaar gestuurd hebben: {round}")).todo(text!(
            "`attent customers edit NAME --referred-by \"\"` takes a link away that is not right",
            "`attent customers edit NAAM --referred-by \"\"` haalt een schakel weg die niet klopt"
        )),
    }
    .into())
}

fn known_already(db: &Connection, known: &Referral) -> Result<Problem> {
    let (who, by) = (name(db, known.customer)?, name(db, known.referrer)?);
    let word = shell::quoted(&who);
    Ok(Problem::failure(text!("{who} came through {by} already", "{who} kwam al via {by}")).todo(text!(
        "if it was somebody else: `attent customers edit {word} --referred-by NAME`",
        "was het iemand anders: `attent customers edit {word} --referred-by NAAM`"
    )))
}

fn name(db: &Connection, customer: CustomerId) -> Result<String> {
    Ok(db.query_row("SELECT name FROM customers WHERE id = ?1", [customer.0], |row| row.get(0))?)
}
