//! What records tell → the log: who it is about, whether it is known, what is said of it.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use chrono::{DateTime, FixedOffset};

use super::reading::{Order, complain};
use super::rows::no_such_stage;
use crate::domain::calendar::Moment;
use crate::domain::directory::{Directory, Who};
use crate::domain::limits;
use crate::domain::party::Party;
use crate::domain::phone::{self, Country};
use crate::domain::text::Text;
use crate::domain::touchpoint::{CustomerId, Facts};
use crate::intake::kinds::FileKind;
use crate::intake::records::{Aside, Contact, Identity, Me, Record, Told};
use crate::ledger::{Batch, Guard, Key, Outcome};
use crate::render::pages::import::{ImportRow, ImportSummary, RowOutcome};
use crate::settings::keys::Settings;
use crate::subcommands::context::Context;
use crate::text;

/// So many people who are no customers are remembered for the word at the end.
const STRANGERS: usize = 10_000;
/// So many records of a dry run are listed one by one.
pub const ROWS: usize = 2_000;

/// Takes records into a batch.
pub struct Taker<'c> {
    context: &'c Context,
    pub(super) directory: Directory,
    pub(super) country: Country,
    pub(super) me: Me,
    pub(super) ignored: Me,
    strangers: HashMap<String, u64>,
    /// Parties that were looked up and are no customer, while nobody is added to the directory.
    nobody: HashSet<Party>,
    pub(super) kind: FileKind,
    /// The cards of this file so far.
    pub(super) cards: HashSet<[u8; 16]>,
    /// Who was forgotten and is not to come back.
    pub(super) forgotten: Guard,
    since: Option<Moment>,
    new: bool,
    pub(super) only: Vec<String>,
    pub(super) source: String,
    shown: String,
}

/// What a line of a dry run says of a record.
#[derive(Default)]
struct Row {
    at: Option<DateTime<FixedOffset>>,
    customer: String,
    with: String,
    facts: Option<Facts>,
}

/// Somebody a contact is with, and by what they were recognised.
struct Guest {
    id: CustomerId,
    why: Text,
}

impl<'c> Taker<'c> {
    /// Knows every customer of the log.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn new(context: &'c Context, settings: &Settings, batch: &Batch<'_>) -> Result<Self> {
        let country = Country::of(&settings.country).unwrap_or_default();
        let mut directory = Directory::new(country);
        batch.people(|id, name, keys| directory.add(id, name, keys.iter().map(String::as_str)))?;
        Ok(Self {
            context,
            directory,
            country,
            me: Me::new(settings.me.iter().cloned()),
            ignored: Me::new(settings.imports.ignore.iter().cloned()),
            strangers: HashMap::new(),
            nobody: HashSet::new(),
            kind: FileKind::Csv,
            cards: HashSet::new(),
            forgotten: batch.forgotten()?,
            since: None,
            new: false,
            only: Vec::new(),
            source: String::new(),
            shown: String::new(),
        })
    }

    /// Another file begins.
    pub fn begin(&mut self, order: &Order, kind: FileKind, source: &str, shown: &str) {
        // Who somebody is depends on the kind of file too.
        if self.kind.makes_customers() != kind.makes_customers() {
            self.nobody.clear();
        }
        self.kind = kind;
        self.cards.clear();
        self.since = order.since;
        self.new = order.new || kind.makes_customers();
        self.only.clone_from(&order.only);
        source.clone_into(&mut self.source);
        shown.clone_into(&mut self.shown);
    }

    /// The file that is read, as it is shown.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Tells and counts a bad record.
    pub fn complain(&self, line: u64, reason: &Text, summary: &mut ImportSummary) {
        summary.bad += 1;
        complain(self.context, &self.shown, line, reason, summary.bad);
    }

    /// Takes one record.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub fn take(&mut self, batch: &mut Batch<'_>, record: Record, summary: &mut ImportSummary) -> Result<()> {
        let Record { line, identity, told } = record;
        match told {
            Told::Nothing(why) => self.skip(line, None, why, summary),
            Told::Aside(aside) => self.set_aside(line, aside, summary),
            Told::Card(card) => self.take_card(batch, line, identity, &card, summary)?,
            Told::Contact(contact) => self.take_contact(batch, line, identity, contact, summary)?,
        }
        Ok(())
    }

    /// Leaves a record out, for a reason that is counted.
    pub(super) fn skip(&self, line: u64, contact: Option<&Contact>, why: Text, summary: &mut ImportSummary) {
        self.row(line, contact, "", RowOutcome::Skipped, why.clone(), summary);
        summary.skip(why);
    }

    /// Leaves a record out that a machine sent, or that is none; one from a domain of mine may be mine
    /// after all.
    fn set_aside(&mut self, line: u64, aside: Aside, summary: &mut ImportSummary) {
        let Aside { why, sign, at, from, machine } = aside;
        let told = if sign == Text::default() {
            why.clone()
        } else {
            Text::new(format!("{}; {}", why.en, sign.en), format!("{}; {}", why.nl, sign.nl))
        };
        let row = Row { at: at.map(|at| self.context.local(at)), with: from.clone(), ..Row::default() };
        self.note(line, row, RowOutcome::Skipped, told, summary);
        if machine && !self.ignored.is(&from) && self.me.shares_domain(&from) {
            *summary.perhaps_mine.entry(from).or_default() += 1;
        }
        summary.skip(why);
    }

    fn take_contact(
        &mut self,
        batch: &mut Batch<'_>,
        line: u64,
        identity: Identity,
        contact: Contact,
        summary: &mut ImportSummary,
    ) -> Result<()> {
        if self.since.is_some_and(|since| contact.touchpoint.facts.at < since) {
            self.skip(line, Some(&contact), text!("before the day asked for", "vóór de gevraagde dag"), summary);
            return Ok(());
        }
        // Said before anybody becomes a customer by it.
        if let Some(stage) = contact.touchpoint.stage.as_deref()
            && !batch.is_a_stage(stage)
            && let Some(reason) = no_such_stage(stage, batch.usual_stages())
        {
            self.complain(line, &reason, summary);
            return Ok(());
        }
        let (guests, forgotten) = self.guests(batch, &contact, summary)?;
        if guests.is_empty() && forgotten {
            self.skip(line, None, by_somebody_forgotten(), summary);
            return Ok(());
        }
        if guests.is_empty() {
            self.skip(line, Some(&contact), text!("with nobody who is a customer", "met niemand die klant is"), summary);
            return Ok(());
        }
        for guest in guests {
            if let Some(stage) = &contact.touchpoint.stage
                && let Some(reason) = no_such_stage(stage, batch.stages_of(guest.id)?)
            {
                self.complain(line, &reason, summary);
                return Ok(());
            }
            let key = match identity {
                Identity::Own(key) => Key::Own(key),
                Identity::Content(key) => Key::Content(key),
            };
            let outcome = batch.record(guest.id, &contact.touchpoint, &self.source, key)?;
            self.count(line, &contact, &guest, outcome, summary);
        }
        Ok(())
    }

    fn count(&self, line: u64, contact: &Contact, guest: &Guest, outcome: Outcome, summary: &mut ImportSummary) {
        let name = self.directory.name(guest.id);
        let outcome = match outcome {
            Outcome::Added(_) => {
                summary.add(name);
                RowOutcome::Added
            }
            Outcome::Known => {
                summary.known += 1;
                RowOutcome::Known
            }
            Outcome::Refused => {
                let why = text!("taken out by hand before", "eerder met de hand eruit gehaald");
                return self.skip(line, Some(contact), why, summary);
            }
        };
        if summary.dry_run {
            let reasons = contact.reasons.iter().chain([&guest.why]);
            let (en, nl): (Vec<&str>, Vec<&str>) = reasons.map(|reason| (reason.en.as_str(), reason.nl.as_str())).unzip();
            self.row(line, Some(contact), name, outcome, Text::new(en.join("; "), nl.join("; ")), summary);
        }
    }

    /// Notes a line of a dry run.
    pub(super) fn row(
        &self,
        line: u64,
        contact: Option<&Contact>,
        customer: &str,
        outcome: RowOutcome,
        why: Text,
        summary: &mut ImportSummary,
    ) {
        let facts = contact.map(|contact| contact.touchpoint.facts);
        let party = contact.and_then(|contact| contact.parties.first());
        let row = Row {
            at: facts.map(|facts| self.context.local(facts.at)),
            customer: customer.to_owned(),
            with: party.map(|party| party.addresses.first().unwrap_or(&party.name).clone()).unwrap_or_default(),
            facts,
        };
        self.note(line, row, outcome, why, summary);
    }

    fn note(&self, line: u64, row: Row, outcome: RowOutcome, why: Text, summary: &mut ImportSummary) {
        if !summary.dry_run {
            return;
        }
        if summary.rows.len() >= ROWS {
            summary.rows_left_out += 1;
            return;
        }
        let Row { at, customer, with, facts } = row;
        summary.rows.push(ImportRow { place: format!("{}:{line}", self.shown), at, customer, with, facts, outcome, why });
    }

    /// The customers a contact is with, each once; and whether it is with somebody who was forgotten.
    fn guests(&mut self, batch: &mut Batch<'_>, contact: &Contact, summary: &mut ImportSummary) -> Result<(Vec<Guest>, bool)> {
        let (mut found, mut forgotten): (Vec<Guest>, bool) = (Vec::new(), false);
        for party in &contact.parties {
            if party.addresses.iter().any(|address| self.ignored.is(address) || self.me.is(address)) {
                continue;
            }
            let guest = match self.who(party) {
                Who::Certain(id, why) => {
                    self.learn(batch, id, party)?;
                    Some(Guest { id, why })
                }
                _ if self.was_forgotten(party, Some(contact.touchpoint.facts.at)) => {
                    forgotten = true;
                    None
                }
                who if self.new && (contact.may_be_new || self.kind.makes_customers()) => {
                    self.newcomer(batch, party, &who, summary)?.map(|(id, why)| Guest { id, why })
                }
                Who::Doubtful(_) | Who::Nobody => {
                    self.stranger(party, contact.may_be_new);
                    None
                }
            };
            found.extend(guest.filter(|guest| !found.iter().any(|known| known.id == guest.id)));
        }
        for named in self.directory.named_in(&contact.named_in).certain {
            if !found.iter().any(|known| known.id == named.id) {
                found.push(Guest { id: named.id, why: text!("named in the title", "genoemd in de titel") });
            }
        }
        Ok((found, forgotten))
    }

    /// Whether somebody who is no customer was one, and was forgotten: by an address, a number or the name. `at` is
    /// when what names them was.
    pub(super) fn was_forgotten(&self, party: &Party, at: Option<Moment>) -> bool {
        if self.forgotten.is_empty() {
            return false;
        }
        let phones: Vec<String> = party.phones.iter().filter_map(|typed| phone::normal(typed, self.country)).collect();
        party.addresses.iter().chain(&phones).chain([&party.name]).any(|key| self.forgotten.holds(key, at))
    }

    /// Which customer a party is; a mailbox is full of the same people who are none.
    fn who(&mut self, party: &Party) -> Who {
        if self.nobody.contains(party) {
            return Who::Nobody;
        }
        let who = if self.kind.makes_customers() { self.directory.who(party) } else { self.directory.who_wrote(party) };
        if !matches!(who, Who::Certain(..)) && self.nobody.len() < STRANGERS {
            self.nobody.insert(party.clone());
        }
        who
    }

    /// An order tells by which other address or number a customer is reached; mail will know them by it.
    fn learn(&mut self, batch: &mut Batch<'_>, id: CustomerId, party: &Party) -> Result<()> {
        if !self.kind.makes_customers() {
            return Ok(());
        }
        let phones: Vec<String> = party.phones.iter().filter_map(|typed| phone::normal(typed, self.country)).collect();
        for key in party.addresses.iter().chain(&phones) {
            if !self.directory.knows(key) && batch.learn(id, key)? {
                let name = self.directory.name(id).to_owned();
                self.introduce(id, &name, std::iter::once(key.as_str()));
            }
        }
        Ok(())
    }

    /// Keeps the directory in step with the log.
    pub(super) fn introduce<'a>(&mut self, id: CustomerId, name: &str, keys: impl Iterator<Item = &'a str>) {
        self.directory.add(id, name, keys);
        self.nobody.clear();
    }

    /// Makes a customer of somebody, and says so; whom it may be is named at the end.
    fn newcomer(
        &mut self,
        batch: &mut Batch<'_>,
        party: &Party,
        who: &Who,
        summary: &mut ImportSummary,
    ) -> Result<Option<(CustomerId, Text)>> {
        let Some(name) = self.free_name(batch, party, "")? else { return Ok(None) };
        let id = self.add(batch, &name, party)?;
        summary.new_customers += 1;
        let doubt = if let Who::Doubtful(others) = who { self.doubt(&name, others, summary) } else { None };
        Ok(Some((id, doubt.unwrap_or_else(|| text!("a new customer", "een nieuwe klant")))))
    }

    fn stranger(&mut self, party: &Party, writes: bool) {
        let address = party.addresses.first().unwrap_or(&party.name);
        if !writes || address.is_empty() || (self.strangers.len() >= STRANGERS && !self.strangers.contains_key(address)) {
            return;
        }
        *self.strangers.entry(address.clone()).or_default() += 1;
    }

    /// Says who is no customer, and who may be two.
    pub fn finish(self, summary: &mut ImportSummary) {
        summary.strangers.extend(self.strangers);
    }
}

/// Why a record of somebody who was forgotten is left out; it does not say of whom.
pub fn by_somebody_forgotten() -> Text {
    text!("of somebody who was forgotten", "van iemand die vergeten is")
}

/// A name as it can be stored: one line, not too long; `None` when nothing is left.
pub fn clean(name: &str) -> Option<String> {
    let plain: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let joined = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = joined.chars().take(limits::LONGEST_NAME).collect();
    limits::name(&short).ok().map(str::to_owned)
}
