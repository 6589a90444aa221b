//! Forgetting somebody, from the first row to the mark for the bytes.

use std::collections::HashSet;

use anyhow::Result;
use rusqlite::{Connection, TransactionBehavior, params};

use super::mentions::{self, Spots};
use super::selves::{self, Person};
use super::{guard, pages, statistics, trail};
use crate::domain::calendar::Moment;
use crate::domain::directory::Mentions;
use crate::domain::phone::Country;
use crate::domain::text::{Lang, Text};
use crate::domain::touchpoint::CustomerId;
use crate::ledger::keeper::Keeper;
use crate::ledger::open::Ledger;
use crate::ledger::outcome;
use crate::ledger::touchpoints::{HIGHEST, highest_id};
use crate::ledger::{entries, journal, rebuild};

/// The words that take the place of what goes.
#[derive(Debug, Clone)]
pub struct Neutral {
    /// For a mention: `[forgotten]`.
    pub mention: Text,
    /// How a customer came who came through somebody forgotten: `referral`.
    pub referral: Text,
    /// The language of what is written.
    pub lang: Lang,
}

impl Neutral {
    /// The word for a mention in a column; reasons of nudges are kept in both languages.
    pub(super) fn of(&self, column: &str) -> &str {
        match column {
            "because_en" => &self.mention.en,
            "because_nl" => &self.mention.nl,
            _ => self.mention.get(self.lang),
        }
    }
}

/// What went, and what was changed.
#[derive(Debug, Clone, Default)]
pub struct Erased {
    /// The names of the customers.
    pub names: Vec<String>,
    /// Everything they were known by, as written.
    pub keys: Vec<String>,
    /// Contacts on the log, planned ones included.
    pub contacts: u64,
    /// Addresses, numbers, other names.
    pub known_by: u64,
    /// Birthdays, postal addresses, what they like.
    pub particulars: u64,
    /// Failures.
    pub incidents: u64,
    /// Nudges.
    pub nudges: u64,
    /// Gifts and ideas for them.
    pub gifts: u64,
    /// Links of who came through whom.
    pub referrals: u64,
    /// Entries of the journal that cannot be taken back any more.
    pub entries: u64,
    /// Texts about others in which they were mentioned.
    pub rewritten: Spots,
    /// Texts about others in which something looks like a mention, left as it is.
    pub alike: Spots,
    /// Earlier versions of texts, and lines of the journal, that were changed.
    pub earlier: u64,
}

impl Ledger {
    /// Takes customers out of the log for good, with every trace of them in it; `keys` are names, addresses and numbers
    /// they are known by besides, as in a copy in which they were called otherwise. With `store` false everything is done
    /// and thrown away, to see what would go. What is stored leaves bytes in the file, and a mark:
    /// [`Ledger::finish_erasing`] makes them go.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget(
        &mut self,
        now: Moment,
        whom: &[CustomerId],
        keys: &[String],
        country: Country,
        neutral: &Neutral,
        store: bool,
    ) -> Result<Erased> {
        self.erase(now, |tx| {
            let mut people = whom.iter().map(|id| selves::person(tx, *id)).collect::<Result<Vec<_>>>()?;
            if !keys.is_empty() {
                people.push(selves::also_known_as(tx, &people, keys)?);
            }
            let erased = forget_people(tx, &people, None, country, neutral, true)?;
            record(tx, now, "forget", "")?;
            Ok((erased, store))
        })
    }

    /// Takes a customer out who was forgotten before and came back with a copy; for as long as before.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_again(&mut self, now: Moment, whom: CustomerId, country: Country, neutral: &Neutral, store: bool) -> Result<Erased> {
        self.erase(now, |tx| {
            let person = selves::person(tx, whom)?;
            let until = guard::Guard::read(tx)?.until(person.identities(country));
            let erased = forget_people(tx, &[person], until, country, neutral, true)?;
            record(tx, now, "forget", "")?;
            Ok((erased, store))
        })
    }

    /// One transaction that erases; kept when `work` says so.
    pub(super) fn erase<T>(&mut self, now: Moment, work: impl FnOnce(&Connection) -> Result<(T, bool)>) -> Result<T> {
        pages::begin(&self.db)?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        rebuild::ensure_fresh(&tx, &self.courses, self.default_course, &self.dictionary, &self.fingerprint, now, &mut |_| ())?;
        // Planned contacts whose day has come count before they go.
        Keeper::new(&tx, &self.courses, self.default_course, &self.dictionary, now)?.finish(&self.dictionary)?;
        journal::look_away(&tx)?;
        let (answer, store) = work(&tx)?;
        if store {
            pages::mark(&tx)?;
            outcome::commit(tx)?;
        }
        Ok(answer)
    }
}

/// Takes people out. `until` is until when they stay out; `alike` whether likenesses are looked for.
pub(super) fn forget_people(
    tx: &Connection,
    people: &[Person],
    until: Option<Moment>,
    country: Country,
    neutral: &Neutral,
    alike: bool,
) -> Result<Erased> {
    let ids: Vec<i64> = people.iter().flat_map(|person| person.ids.iter().copied()).collect();
    trail::begin(tx, &ids)?;
    let mentions = mentioned(tx, people, country)?;
    let mut erased = counted(tx)?;
    erased.keys = people.iter().flat_map(|person| person.keys.iter().cloned()).collect();
    statistics::keep(tx, "customer IN (SELECT id FROM temp.forgetting)")?;
    trail::erase(tx)?;
    leave_origin(tx, neutral)?;
    keep_numbers(tx)?;
    tx.execute("DELETE FROM customers WHERE id IN (SELECT id FROM temp.forgetting)", [])?;
    for person in people {
        guard::keep_out(tx, person.identities(country), until)?;
    }
    trail::judge(tx)?;
    let word = neutral.of("summary");
    tx.execute("UPDATE entries SET summary = ?1 WHERE erased = 2 AND id IN (SELECT entry FROM temp.losing)", [word])?;
    let lost = "SELECT count(*) FROM entries WHERE erased = 2 AND id IN (SELECT entry FROM temp.losing)";
    erased.entries = number(tx, lost)?;
    let done = mentions::take_out(tx, &mentions, neutral, alike)?;
    (erased.rewritten, erased.alike, erased.earlier) = (done.changed, done.alike, done.earlier);
    Ok(erased)
}

/// Whom to look for in what others' notes say, and whose names those are not.
pub(in crate::ledger) fn mentioned(db: &Connection, people: &[Person], country: Country) -> Result<Mentions> {
    let mut mentions = Mentions::new(country);
    for person in people {
        person.keys.iter().for_each(|key| mentions.add(key));
        person.places.iter().for_each(|place| mentions.add_place(place));
    }
    let ids: HashSet<i64> = people.iter().flat_map(|person| person.ids.iter().copied()).collect();
    let mut select = db.prepare("SELECT id, name FROM customers UNION ALL SELECT customer, key FROM customer_keys")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        if !ids.contains(&row.get(0)?) {
            mentions.spare(row.get_ref(1)?.as_str()?);
        }
    }
    let mut select = db.prepare("SELECT customer, value FROM particulars WHERE what = 'postal'")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        if !ids.contains(&row.get(0)?) {
            mentions.spare_place(row.get_ref(1)?.as_str()?);
        }
    }
    Ok(mentions)
}

/// What will go, counted before it does.
fn counted(tx: &Connection) -> Result<Erased> {
    let count = |table: &str, which: &str| -> Result<u64> { number(tx, &format!("SELECT count(*) FROM {table} WHERE {which}")) };
    let theirs = "customer IN (SELECT id FROM temp.forgetting)";
    let mut names = tx.prepare("SELECT name FROM customers WHERE id IN (SELECT id FROM temp.forgetting) ORDER BY name")?;
    Ok(Erased {
        names: names.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?,
        contacts: count("touchpoints", theirs)?,
        known_by: count("customer_keys", theirs)?,
        particulars: count("particulars", theirs)?,
        incidents: count("incidents", theirs)?,
        nudges: count("nudges", theirs)?,
        gifts: count("gifts", theirs)?,
        referrals: count("referrals", &format!("{theirs} OR referrer IN (SELECT id FROM temp.forgetting)"))?,
        ..Erased::default()
    })
}

/// How many a question counts.
pub(super) fn number(tx: &Connection, sql: &str) -> Result<u64> {
    Ok(u64::try_from(tx.query_row(sql, [], |row| row.get::<_, i64>(0))?)?)
}

/// Who came through them came by a referral still, of nobody. What was said of how they came stays.
fn leave_origin(tx: &Connection, neutral: &Neutral) -> Result<()> {
    tx.execute(
        "UPDATE customers SET origin = ?1 WHERE origin = '' AND id IN
         (SELECT customer FROM referrals WHERE referrer IN (SELECT id FROM temp.forgetting))",
        [neutral.referral.get(neutral.lang)],
    )?;
    Ok(())
}

/// No other contact ever gets the number of one that went.
pub(super) fn keep_numbers(tx: &Connection) -> Result<()> {
    let highest = highest_id(tx)?;
    tx.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)", params![HIGHEST, highest.to_string()])?;
    Ok(())
}

/// An entry that says that it was done, and of whom it does not.
pub(super) fn record(tx: &Connection, now: Moment, verb: &str, summary: &str) -> Result<()> {
    entries::note(tx, now, verb, summary)
}
