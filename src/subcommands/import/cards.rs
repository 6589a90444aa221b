//! Cards → customers: the same person in two files is one customer.

use anyhow::Result;

use super::taker::{Taker, by_somebody_forgotten, clean};
use crate::domain::customer::Customer;
use crate::domain::directory::Who;
use crate::domain::limits::LONGEST_NAME;
use crate::domain::party::{Card, Party};
use crate::domain::phone;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::intake::address_book::content;
use crate::intake::kinds::FileKind;
use crate::intake::records::Identity;
use crate::ledger::Batch;
use crate::render::pages::import::{ImportSummary, RowOutcome};
use crate::text;

/// A name with something behind it that tells two of the same name apart, for which a long name makes room.
fn with_more(name: &str, more: &str) -> String {
    let room = LONGEST_NAME.saturating_sub(more.chars().count() + " ()".len());
    format!("{} ({more})", name.chars().take(room).collect::<String>().trim_end())
}

impl Taker<'_> {
    /// Takes a card: into the customer it is, or as a new one. Where it is doubtful who it is, it
    /// becomes a new customer, and the two are named at the end.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub(super) fn take_card(
        &mut self,
        batch: &mut Batch<'_>,
        line: u64,
        identity: Identity,
        card: &Card,
        summary: &mut ImportSummary,
    ) -> Result<()> {
        if card.party.addresses.iter().any(|address| self.me.is(address)) {
            self.skip(line, None, text!("your own card", "je eigen kaart"), summary);
            return Ok(());
        }
        if card.party.addresses.iter().any(|address| self.ignored.is(address)) {
            self.skip(line, None, text!("an address you ignore", "een adres dat je negeert"), summary);
            return Ok(());
        }
        if !self.only.is_empty() && !card.categories.iter().any(|category| self.only.contains(&category.trim().to_lowercase())) {
            self.skip(line, None, text!("in none of the categories asked for", "in geen van de gevraagde categorieën"), summary);
            return Ok(());
        }
        let (Identity::Own(key) | Identity::Content(key)) = identity;
        let nameless = Party { name: card.organisation.clone(), ..card.party.clone() };
        let named = if card.party.name.is_empty() { &nameless } else { &card.party };
        let was_forgotten = self.forgotten.holds_card(key) || self.was_forgotten(named, None);
        if was_forgotten && !matches!(self.directory.who(&card.party), Who::Certain(..)) {
            self.skip(line, None, by_somebody_forgotten(), summary);
            return Ok(());
        }
        let content = content(card);
        let again = !self.cards.insert(key);
        let known = batch.card(key, content)?.filter(|known| known.same || self.is_still(known.customer, &card.party, again));
        let (id, outcome, why) = match known {
            Some(known) if known.same => {
                (known.customer, RowOutcome::Known, text!("this card was read before", "deze kaart is al gelezen"))
            }
            Some(known) => (
                known.customer,
                RowOutcome::FilledIn,
                text!("this card was read before and changed", "deze kaart is al gelezen en veranderd"),
            ),
            None => match self.directory.who(&card.party) {
                Who::Certain(id, why) => (id, RowOutcome::FilledIn, why),
                Who::Doubtful(others) => self.doubtful(batch, card, &others, summary)?,
                Who::Nobody => self.stranger_with_card(batch, card)?,
            },
        };
        let outcome = if outcome == RowOutcome::Known { outcome } else { self.fill_in(batch, id, card, outcome)? };
        if known.is_none_or(|known| !known.same) {
            batch.keep_card(key, id, content)?;
            summary.recognised += u64::from(known.is_none());
        }
        match outcome {
            RowOutcome::New => summary.new_customers += 1,
            RowOutcome::FilledIn => summary.filled_in += 1,
            _ => summary.known_customers += 1,
        }
        self.row(line, None, self.directory.name(id), outcome, why, summary);
        Ok(())
    }

    /// With the category that was asked for first: it becomes the segment.
    fn by_what_was_asked(&self, card: &Card) -> Card {
        let mut card = card.clone();
        card.categories.sort_by_key(|category| !self.only.contains(&category.trim().to_lowercase()));
        card
    }

    /// Whether a card that changed is still the same person's. The identifier of an address book is
    /// believed, unless two cards of a file have it; a number in a table may be that of a row, which is
    /// somebody else's when rows are added.
    fn is_still(&self, customer: CustomerId, party: &Party, again: bool) -> bool {
        if self.kind == FileKind::Vcf && !again {
            return true;
        }
        match self.directory.who(party) {
            Who::Certain(id, _) => id == customer,
            Who::Doubtful(others) => others.iter().any(|(id, _)| *id == customer),
            Who::Nobody => false,
        }
    }

    fn fill_in(&mut self, batch: &mut Batch<'_>, id: CustomerId, card: &Card, outcome: RowOutcome) -> Result<RowOutcome> {
        let phones: Vec<String> = card.party.phones.iter().filter_map(|typed| phone::normal(typed, self.country)).collect();
        let card = &self.by_what_was_asked(card);
        let done = batch.enrich(id, card, &phones, &self.source)?;
        let name = self.directory.name(id).to_owned();
        let keys = card.party.addresses.iter().chain(&phones).filter(|key| !done.taken.contains(key)).map(String::as_str);
        self.introduce(id, &name, keys);
        Ok(if outcome == RowOutcome::New || done.changed { outcome } else { RowOutcome::Known })
    }

    fn doubtful(
        &mut self,
        batch: &mut Batch<'_>,
        card: &Card,
        others: &[(CustomerId, Text)],
        summary: &mut ImportSummary,
    ) -> Result<(CustomerId, RowOutcome, Text)> {
        let (id, outcome, why) = self.stranger_with_card(batch, card)?;
        let name = self.directory.name(id).to_owned();
        Ok((id, outcome, self.doubt(&name, others, summary).unwrap_or(why)))
    }

    /// Notes that a new customer may be another, and says so.
    pub(super) fn doubt(&self, name: &str, others: &[(CustomerId, Text)], summary: &mut ImportSummary) -> Option<Text> {
        let (other, why) = others.first()?;
        let other = self.directory.name(*other).to_owned();
        if other == name {
            return None;
        }
        let said = Text::new(format!("may be {other}: {}", why.en), format!("is misschien {other}: {}", why.nl));
        summary.doubtful.push((name.to_owned(), other, why.clone()));
        Some(said)
    }

    fn stranger_with_card(&mut self, batch: &mut Batch<'_>, card: &Card) -> Result<(CustomerId, RowOutcome, Text)> {
        let name = self.free_name(batch, &card.party, &card.organisation)?;
        let name = name.unwrap_or_else(|| text!("nameless", "naamloos").en);
        if let Some(id) = batch.known_as(&name)? {
            return Ok((id, RowOutcome::FilledIn, text!("by the name", "aan de naam")));
        }
        let id = self.add(batch, &name, &Party::named(name.clone()))?;
        Ok((id, RowOutcome::New, text!("a new customer", "een nieuwe klant")))
    }

    /// A name nobody has yet: the party's own, else with the firm, the address or a number behind it.
    pub(super) fn free_name(&self, batch: &Batch<'_>, party: &Party, organisation: &str) -> Result<Option<String>> {
        let reach = party.addresses.first().or(party.phones.first());
        let Some(plain) = clean(&party.name).or_else(|| clean(organisation)).or_else(|| reach.and_then(|reach| clean(reach))) else {
            return Ok(None);
        };
        let with = [organisation, reach.map_or("", String::as_str)].into_iter().filter(|more| !more.is_empty());
        let longer = with.map(|more| with_more(&plain, more));
        let numbered = (2..1_000).map(|n| with_more(&plain, &n.to_string()));
        for name in [plain.clone()].into_iter().chain(longer).chain(numbered).filter_map(|name| clean(&name)) {
            if batch.known_as(&name)?.is_none() {
                return Ok(Some(name));
            }
        }
        Ok(Some(plain))
    }

    /// Adds a customer by a name nobody has, with the keys of a party that nobody has.
    pub(super) fn add(&mut self, batch: &mut Batch<'_>, name: &str, party: &Party) -> Result<CustomerId> {
        let phones: Vec<String> = party.phones.iter().filter_map(|typed| phone::normal(typed, self.country)).collect();
        let id = batch.add_customer(&Customer::named(name))?;
        let mut keys = Vec::new();
        for key in party.addresses.iter().chain(&phones) {
            if batch.learn(id, key)? {
                keys.push(key.as_str());
            }
        }
        self.introduce(id, name, keys.into_iter());
        Ok(id)
    }
}
