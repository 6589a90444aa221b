//! One transaction that adds to the log: all of it happens, or nothing.

use anyhow::Result;
use rusqlite::{Connection, TransactionBehavior, params};
use rustc_hash::{FxHashMap, FxHashSet};

use super::dictionary::Dictionary;
use super::forget::Guard;
use super::keeper::Keeper;
use super::open::Ledger;
use super::put_off::{self, PutOff};
use super::touchpoints::{Recorded, highest_id, join_tags};
use super::{customers, entries, outcome, rebuild};
use crate::domain::calendar::Moment;
use crate::domain::course::{Course, Traits};
use crate::domain::customer::Customer;
use crate::domain::journey::Stage;
use crate::domain::names::identity;
use crate::domain::touchpoint::{CustomerId, Touchpoint, TouchpointId};

/// What became of a record that was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was added.
    Added(Recorded),
    /// It was in the log already.
    Known,
    /// Somebody took it out by hand before.
    Refused,
}

/// By what a record of a file is recognised when it comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// By nothing: it is always new.
    None,
    /// By a name of its own: a second one is the same.
    Own([u8; 16]),
    /// By its content: of two identical records of a file the second is another contact.
    Content([u8; 16]),
}

impl Key {
    fn bytes(self) -> Option<[u8; 16]> {
        match self {
            Self::None => None,
            Self::Own(key) | Self::Content(key) => Some(key),
        }
    }
}

/// Of so many repeated rows it is remembered which occurrence comes next.
const REPEATED: usize = 100_000;

/// What to do with a finished batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Commit,
    Discard,
}

/// An open transaction on the log.
#[derive(Debug)]
pub struct Batch<'t> {
    db: &'t Connection,
    insert: rusqlite::Statement<'t>,
    known_by_index: rusqlite::Statement<'t>,
    keeper: Keeper<'t>,
    courses: &'t [Course],
    dictionary: &'t mut Dictionary,
    reads_traits: bool,
    customers: FxHashMap<String, CustomerId>,
    entry: i64,
    begin: i64,
    next: i64,
    /// For rows met more than once in this file: which occurrence the next one would be.
    again: FxHashMap<([u8; 16], CustomerId), u64>,
    /// Whether SQLite counts row numbers on by itself: it has stored one of this batch.
    counting: bool,
    /// Which touchpoints this file has met already, by number: of two identical rows in a file
    /// the second is another contact, in a second import of the file it is the same two.
    met: Vec<u64>,
    /// Set while the indexes of the log are put off.
    put_off: Option<PutOff<'t>>,
    /// Whether so much may be added that putting them off pays.
    may_be_much: bool,
    /// Who was forgotten, once somebody asked.
    forgotten: Option<Guard>,
    /// What was taken out by hand and stays out.
    refused: FxHashSet<([u8; 16], i64)>,
    end: End,
}

impl Ledger {
    /// Runs `work` in one transaction, under one entry of the journal that `undo` can take back.
    /// Nothing is stored when it fails or calls [`Batch::discard`].
    ///
    /// # Errors
    /// When the file cannot be written, or `work` fails.
    pub fn batch<T>(&mut self, now: Moment, verb: &str, work: impl FnOnce(&mut Batch<'_>) -> Result<(T, String)>) -> Result<T> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        rebuild::ensure_fresh(&tx, &self.courses, self.default_course, &self.dictionary, &self.fingerprint, now, &mut |_| ())?;
        let entry = entries::open(&tx, now, verb)?;
        let next = highest_id(&tx)? + 1;
        // An empty log gets its indexes afterwards; for others it depends on how much there turns out to be.
        let empty: bool = tx.query_row("SELECT NOT EXISTS (SELECT 1 FROM touchpoints)", [], |row| row.get(0))?;
        let put_off = if verb == "import" && empty { Some(PutOff::begin(&tx)?) } else { None };
        let mut keeper = Keeper::new(&tx, &self.courses, self.default_course, &self.dictionary, now)?;
        if put_off.is_some() {
            keeper.sum_at_the_end();
        }
        let mut batch = Batch {
            db: &tx,
            insert: if put_off.is_some() { tx.prepare(INSERT)? } else { tx.prepare(&[INSERT, UNLESS_KNOWN].concat())? },
            known_by_index: tx.prepare("SELECT id FROM touchpoints WHERE key = ?1 AND customer = ?2")?,
            keeper,
            courses: &self.courses,
            dictionary: &mut self.dictionary,
            reads_traits: self.courses.iter().any(Course::reads_traits),
            customers: FxHashMap::default(),
            entry,
            begin: next,
            next,
            again: FxHashMap::default(),
            counting: false,
            met: Vec::new(),
            put_off,
            may_be_much: matches!(verb, "import" | "sync"),
            forgotten: None,
            refused: refused(&tx)?,
            end: End::Commit,
        };
        let (answer, summary) = work(&mut batch)?;
        let end = batch.end;
        batch.close(&summary)?;
        if end == End::Commit {
            outcome::commit(tx)?;
        }
        Ok(answer)
    }
}

const INSERT: &str = "INSERT INTO touchpoints (id, customer, at, channel, direction, sender, personal, kind, sentiment, said, stage, \
     amount, minutes, note, tags, source, entry, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
const UNLESS_KNOWN: &str = " ON CONFLICT (key, customer) WHERE key IS NOT NULL DO NOTHING";

impl Batch<'_> {
    /// The customer of this exact name (in any case) or key; made when there is none.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn customer(&mut self, name: &str) -> Result<CustomerId> {
        if let Some(&id) = self.customers.get(name) {
            return Ok(id);
        }
        let folded = identity(name);
        let id = match customers::exactly(self.db, &folded)? {
            Some(id) => id,
            None => {
                let id = customers::insert_unknown(self.db, &Customer::named(name.trim()), &folded, Some(self.entry))?;
                self.keeper.welcome(id)?;
                id
            }
        };
        self.customers.insert(name.to_owned(), id);
        Ok(id)
    }

    /// Whether a name nobody has is that of somebody who was forgotten; `at` is when what names them was.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn was_forgotten(&mut self, name: &str, at: Moment) -> Result<bool> {
        if self.customers.contains_key(name) {
            return Ok(false);
        }
        if self.forgotten.is_none() {
            self.forgotten = Some(Guard::read(self.db)?);
        }
        let held = self.forgotten.as_ref().is_some_and(|guard| guard.holds(name, Some(at)));
        Ok(held && self.known_as(name)?.is_none())
    }

    /// Adds a customer with what is known of them.
    ///
    /// # Errors
    /// When the name or a key is taken, or the file cannot be written.
    pub fn add_customer(&mut self, customer: &Customer) -> Result<CustomerId> {
        customers::insert(self.db, customer, Some(self.entry))
    }

    /// The stages of the journey a customer of this name is on, or would be on when made.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stages_for(&mut self, name: &str) -> Result<&[Stage]> {
        let known = match self.customers.get(name) {
            Some(&id) => Some(id),
            None => customers::exactly(self.db, &identity(name))?,
        };
        let course = match known {
            Some(id) => self.keeper.course(id, self.dictionary)?,
            None => self.keeper.default_course,
        };
        Ok(&self.courses[course].journey.stages)
    }

    /// Whether any journey has a stage of this id.
    pub fn is_a_stage(&self, id: &str) -> bool {
        self.courses.iter().any(|course| course.journey.position(id).is_some())
    }

    /// The stages of the journey a new customer is on.
    pub fn usual_stages(&self) -> &[Stage] {
        &self.courses[self.keeper.default_course].journey.stages
    }

    /// The stages of the journey a customer is on.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stages_of(&mut self, customer: CustomerId) -> Result<&[Stage]> {
        let course = self.keeper.course(customer, self.dictionary)?;
        Ok(&self.courses[course].journey.stages)
    }

    /// Who goes by exactly this name or key, in any case.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn known_as(&self, name: &str) -> Result<Option<CustomerId>> {
        customers::exactly(self.db, &identity(name))
    }

    /// Records a touchpoint, unless its key says that it is known of this customer; the stage it names
    /// must exist (see [`Batch::stages_for`]).
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn record(&mut self, customer: CustomerId, touchpoint: &Touchpoint, source: &str, key: Key) -> Result<Outcome> {
        let course = &self.courses[self.keeper.course(customer, self.dictionary)?];
        let said = touchpoint.stage.as_deref().and_then(|stage| course.journey.position(stage));
        let traits = Traits { tags: &touchpoint.tags, source, note: if self.reads_traits { &touchpoint.note } else { "" } };
        let claim = said.or_else(|| course.claim(&touchpoint.facts, traits));
        let stage = self.keeper.place(customer, &touchpoint.facts, claim, self.dictionary)?;
        let row_key = key.bytes();
        let mut occurrence = row_key.and_then(|key| self.again.get(&(key, customer)).copied()).unwrap_or(0);
        let id = TouchpointId(self.next);
        loop {
            let nth_key = row_key.map(|key| nth(key, occurrence));
            if nth_key.is_some_and(|key| !self.refused.is_empty() && self.refused.contains(&(key, customer.0))) {
                // of identical rows the next one may be one that was left in
                self.again.extend(match key {
                    Key::Content(row) => Some(((row, customer), occurrence + 1)),
                    Key::Own(_) | Key::None => None,
                });
                return Ok(Outcome::Refused);
            }
            let known = self.known(nth_key, customer)?;
            if known.is_none() && self.insert(id, customer, touchpoint, said, stage, source, nth_key)? {
                break;
            }
            if matches!(key, Key::Own(_)) {
                return Ok(Outcome::Known);
            }
            let known = match known {
                Some(known) => known,
                None => self.known_by_index.query_row(params![nth_key, customer.0], |row| row.get::<_, i64>(0))?,
            };
            if self.meet(known) {
                self.met_again(row_key, customer, occurrence);
                return Ok(Outcome::Known);
            }
            occurrence += 1;
        }
        self.met_again(row_key, customer, occurrence);
        if let (Some(put_off), Some(key)) = (&mut self.put_off, row_key) {
            put_off.add(nth(key, occurrence), customer, id.0)?;
        }
        self.added(id, customer, touchpoint, stage)?;
        Ok(Outcome::Added(Recorded { id, stage }))
    }

    /// The bookkeeping of a touchpoint that was inserted.
    fn added(&mut self, id: TouchpointId, customer: CustomerId, touchpoint: &Touchpoint, stage: Option<usize>) -> Result<()> {
        self.next += 1;
        if self.may_be_much && self.put_off.is_none() && put_off::pays(self.next - self.begin, self.begin) {
            self.put_indexes_off()?;
        }
        self.meet(id.0);
        match stage {
            Some(stage) => self.keeper.count(customer, id, &touchpoint.facts, stage, self.dictionary),
            None => Ok(()),
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one row has this many columns, and this is their one place")]
    fn insert(
        &mut self,
        id: TouchpointId,
        customer: CustomerId,
        touchpoint: &Touchpoint,
        said: Option<usize>,
        stage: Option<usize>,
        source: &str,
        key: Option<[u8; 16]>,
    ) -> Result<bool> {
        let course = self.keeper.course(customer, self.dictionary)?;
        let number = |place: Option<usize>| place.and_then(|place| self.dictionary.of(course, place));
        let facts = &touchpoint.facts;
        // Only the first row says its number: SQLite counts on from there, which saves it a search.
        let said_id = if self.counting { None } else { Some(id.0) };
        let added = self.insert.execute(params![
            said_id,
            customer.0,
            facts.at.0,
            facts.channel.code(),
            facts.direction.code(),
            facts.sender.code(),
            facts.personal.code(),
            facts.kind.code(),
            facts.sentiment,
            number(said),
            number(stage),
            touchpoint.amount.map(|amount| amount.0),
            touchpoint.minutes,
            Some(&touchpoint.note).filter(|note| !note.is_empty()),
            join_tags(&touchpoint.tags),
            source,
            self.entry,
            key,
        ])?;
        self.counting |= added == 1;
        Ok(added == 1)
    }

    /// Remembers which occurrence of a repeated row comes next, so that many are no more work than one.
    fn met_again(&mut self, key: Option<[u8; 16]>, customer: CustomerId, occurrence: u64) {
        if let Some(key) = key.filter(|_| occurrence > 0) {
            // forgetting only means counting from the first one again
            if self.again.len() >= REPEATED {
                self.again.clear();
            }
            self.again.insert((key, customer), occurrence + 1);
        }
    }

    /// From here on rows are added without the large indexes, which are made at the end.
    pub(super) fn put_indexes_off(&mut self) -> Result<()> {
        self.put_off = Some(PutOff::begin(self.db)?);
        self.keeper.sum_at_the_end();
        self.insert = self.db.prepare(INSERT)?;
        Ok(())
    }

    /// The touchpoint of a record, while the indexes are put off; otherwise storing it will tell.
    fn known(&mut self, key: Option<[u8; 16]>, customer: CustomerId) -> Result<Option<i64>> {
        match (&mut self.put_off, key) {
            (Some(put_off), Some(key)) => put_off.known(key, customer),
            _ => Ok(None),
        }
    }

    /// Notes that this batch met a touchpoint; false when it had met it before.
    fn meet(&mut self, id: i64) -> bool {
        let (word, bit) = ((id / 64) as usize, 1_u64 << (id % 64));
        if word >= self.met.len() {
            self.met.resize(word + 1, 0);
        }
        let fresh = self.met[word] & bit == 0;
        self.met[word] |= bit;
        fresh
    }

    /// Another file begins: what earlier ones held is known, as if each had been imported by itself.
    pub fn next_file(&mut self) {
        self.met.clear();
        self.again.clear();
    }

    /// Nothing of this batch will be stored.
    pub fn discard(&mut self) {
        self.end = End::Discard;
    }

    /// The number of this batch's entry in the journal.
    pub fn entry(&self) -> i64 {
        self.entry
    }

    /// The open transaction, for the ledger's other modules.
    pub(super) fn db(&self) -> &Connection {
        self.db
    }

    fn close(mut self, summary: &str) -> Result<()> {
        if self.end == End::Commit {
            if let Some(put_off) = self.put_off.take() {
                put_off.end(self.db)?;
            }
            self.keeper.finish(self.dictionary)?;
            entries::close(self.db, self.entry, summary, self.begin..self.next)?;
        }
        Ok(())
    }
}

/// The key of the n-th identical row of a file; the first keeps its own.
fn nth(key: [u8; 16], occurrence: u64) -> [u8; 16] {
    (u128::from_le_bytes(key) ^ u128::from(occurrence).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)).to_le_bytes()
}

fn refused(db: &Connection) -> Result<FxHashSet<([u8; 16], i64)>> {
    let mut select = db.prepare("SELECT unhex(key), customer FROM refused")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
