//! What a column is, by its name and by what stands in it.

use super::amounts;
use super::dates::Pattern;
use super::people::is_address;
use super::profile::Target;
use super::synonyms::Known;
use crate::domain::names::fold;
use crate::domain::words::{Channel, Direction};
use crate::intake::dates::parse_stamp;

/// Folded names of columns in English and Dutch, the likeliest first.
const NAMES: &[(Target, &str)] = &[
    (
        Target::At,
        "at, datum, date, besteldatum, orderdatum, order date, factuurdatum, invoice date, contactdatum, datum contact, wanneer, when, \
      tijdstip, timestamp, datum tijd, date time, datetime, date and time, activity date, event date, time, tijd, created at, created, created on, \
      create date, aangemaakt, aangemaakt op, aanmaakdatum, boekdatum, betaaldatum, paid at, start, begin, dag, day, datum bezoek, bezoekdatum",
    ),
    (
        Target::Customer,
        "customer, klant, klantnaam, customer name, name, naam, full name, volledige naam, contact, contactpersoon, contact name, \
      client, client name, relatie, relatienaam, debiteur, deelnemer, gast, guest, patient, lid, member, billing name, case, opdrachtgever, wie, who",
    ),
    (
        Target::Email,
        "email, e mail, mail, emailadres, e mailadres, e mail adres, email adres, mailadres, email address, e mail address, customer email, email billing",
    ),
    (
        Target::Phone,
        "phone, telefoon, telefoonnummer, telefoonnr, tel, mobiel, mobiele telefoon, gsm, phone number, mobile, mobile phone, telephone, cell",
    ),
    (
        Target::Organisation,
        "company, bedrijf, bedrijfsnaam, organisatie, organisation, organization, company name, firma, firm, account, werkgever, account name",
    ),
    (
        Target::Amount,
        "amount, bedrag, totaal, total, totaalbedrag, order total, bedrag incl btw, totaal incl btw, totaal incl, total amount, grand total, omzet, revenue, prijs, price, waarde",
    ),
    (
        Target::Note,
        "note, notes, notitie, notities, opmerking, opmerkingen, omschrijving, beschrijving, description, comment, comments, toelichting, \
      onderwerp, subject, activity, activiteit, verslag, memo, wat, what, tekst, text, werkzaamheden, werk, work done, details, samenvatting, summary, titel, title",
    ),
    (
        Target::Id,
        "id, order, ordernummer, ordernr, order number, order no, order id, bestelnummer, bestelnr, bestelling, factuurnummer, factuurnr, invoice number, \
      invoice no, invoice, bonnummer, bonnr, werkbon, werkbonnummer, record id, transaction id, transactie id, transactienummer, betaling id, \
      payment id, kenmerk, betalingskenmerk, referentie, reference, nr, nummer, number",
    ),
    (
        Target::Channel,
        "channel, kanaal, type, soort contact, contactsoort, type contact, contact type, activity type, medium, via, contactvorm, soort, hoe, how",
    ),
    (Target::Direction, "direction, richting, in uit, in out, inkomend uitgaand"),
    (Target::Sender, "sender, afzender"),
    (Target::Sentiment, "sentiment, gevoel, stemming, mood"),
    (Target::Stage, "stage, fase, stap, status klantreis, lifecycle stage, deal stage"),
    (
        Target::Minutes,
        "minutes, minuten, duur, duration, duur minuten, duration minutes, duur min, tijdsduur, aantal minuten, uren, uur, aantal uren, gewerkte uren, uren gewerkt, hours, hours worked, number of hours",
    ),
    (Target::Tags, "tags, labels, label, tag"),
    (Target::Since, "klant sinds, customer since, since, sinds, lid sinds, member since, relatie sinds, became a customer date"),
    (Target::Birthday, "birthday, verjaardag, geboortedatum, geboren, date of birth, birth date, birthdate, dob, geb datum"),
    (Target::Segment, "segment, categorie, category, groep, group, klantgroep, customer group, doelgroep"),
    (Target::Postal, "address, adres, postadres, postal address, straat, street, straat en huisnummer"),
];

/// Folded parts of names.
pub(super) const FIRST: &str = "voornaam, first name, firstname, given name, first, billing first name, roepnaam";
pub(super) const BETWEEN: &str = "tussenvoegsel, tussenvoegsels, middle name, voorvoegsel";
pub(super) const LAST: &str = "achternaam, last name, lastname, surname, family name, last, billing last name";

/// How likely a name means a target: its place in the list of words, the lower the better.
pub(super) fn rank(target: Target, name: &str) -> Option<usize> {
    let folded = fold(name);
    let (_, words) = NAMES.iter().find(|(known, _)| *known == target)?;
    words.split(", ").position(|word| word.trim() == folded)
}

/// Whether a column, by its name, is about something that happened: a date or an amount. When
/// something was entered into a program is no contact.
pub(super) fn tells_of_a_contact(name: &str) -> bool {
    const ENTERED: &str = "created at, created, created on, create date, aangemaakt, aangemaakt op, aanmaakdatum";
    !is_any(ENTERED, name) && (rank(Target::At, name).is_some() || rank(Target::Amount, name).is_some())
}

/// Whether a name is one of these.
pub(super) fn is_any(words: &str, name: &str) -> bool {
    let folded = fold(name);
    words.split(", ").any(|word| word == folded)
}

/// Whether these only count the rows, from 0 or 1 upwards or down to it: another file counts so too.
pub(super) fn is_counter(values: &[&str]) -> bool {
    let numbers: Option<Vec<u64>> = values.iter().map(|value| value.trim_end_matches('.').parse().ok()).collect();
    let Some(numbers) = numbers.filter(|numbers| !numbers.is_empty()) else { return false };
    let upwards = numbers.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]));
    let downwards = numbers.windows(2).all(|pair| pair[1].checked_add(1) == Some(pair[0]));
    (upwards && numbers[0] <= 1) || (downwards && numbers[numbers.len() - 1] <= 1)
}

/// What the values of a column are like: each the share from 0 to 1 of those that say something.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Looks {
    /// How many say something.
    pub(super) said: usize,
    pub(super) dates: f64,
    pub(super) addresses: f64,
    pub(super) phones: f64,
    pub(super) amounts: f64,
    pub(super) channels: f64,
    pub(super) directions: f64,
    pub(super) letters: f64,
}

impl Looks {
    pub(super) fn of<'v>(values: impl Iterator<Item = &'v str> + Clone) -> Self {
        let values = values.filter(|value| !value.is_empty());
        let said = values.clone().count();
        let share = |like: &dyn Fn(&str) -> bool| values.clone().filter(|value| like(value)).count() as f64 / said.max(1) as f64;
        Self {
            said,
            dates: share(&is_date),
            addresses: share(&is_address),
            phones: share(&is_phone),
            amounts: share(&|value| amounts::amount(value, None).is_some()),
            channels: share(&|value| Channel::of(value).is_some()),
            directions: share(&|value| Direction::of(value).is_some()),
            letters: share(&|value| value.chars().filter(|c| c.is_alphabetic()).count() >= 2),
        }
    }

    /// The share of values that give themselves away as this target.
    pub(super) fn share(&self, target: Target) -> f64 {
        match target {
            Target::Email => self.addresses,
            Target::Phone => self.phones,
            Target::Channel => self.channels,
            _ => 0.0,
        }
    }

    /// Whether values like these can be what a target needs; a column that is empty can be anything.
    pub(super) fn can_be(&self, target: Target) -> bool {
        self.said == 0
            || match target {
                Target::At | Target::Since | Target::Birthday => self.dates >= 0.8,
                Target::Email => self.addresses >= 0.5,
                Target::Phone => self.phones >= 0.5,
                Target::Amount | Target::Sentiment => self.amounts >= 0.8 && self.dates < 0.5,
                Target::Minutes => self.amounts >= 0.8 || self.dates < 0.5,
                Target::Channel => self.channels >= 0.6,
                Target::Direction => self.directions >= 0.6,
                Target::Customer | Target::Organisation => self.dates < 0.5 && self.addresses < 0.5,
                _ => true,
            }
    }
}

/// Ways to write a date that the house's stamps do not know: the day first, then the month first.
pub(super) const DAY_FIRST: &[&str] = &[
    "%d-%m-%y",
    "%d-%m-%y %H:%M",
    "%d/%m/%y",
    "%d/%m/%y %H:%M",
    "%d.%m.%y",
    "%d.%m.%y %H:%M",
    "%d/%m/%Y %I:%M %p",
    "%d/%m/%Y, %H:%M",
    "%d-%m-%Y, %H:%M",
    "%d %B %Y",
    "%d %B %Y %H:%M",
    "%a %d %B %Y",
    "%Y%m%d",
    "%Y.%m.%d",
    "%Y-%m-%d %I:%M %p",
    "%B %d, %Y",
    "%B %d, %Y %H:%M",
    "%B %d, %Y %I:%M %p",
];

/// As Americans write it.
pub(super) const MONTH_FIRST: &[&str] = &[
    "%m/%d/%Y",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%y",
    "%m/%d/%y %H:%M",
    "%m/%d/%y %I:%M %p",
    "%m-%d-%Y",
    "%m-%d-%Y %H:%M",
];

/// Whether the house reads it without being told how.
pub(super) fn is_stamp(value: &str) -> bool {
    parse_stamp(value, &chrono::Utc).is_ok()
}

/// Whether all of these are dates written so.
pub(super) fn all_written(pattern: &str, values: &[&str]) -> bool {
    Pattern::new(pattern).is_some_and(|pattern| values.iter().all(|value| pattern.reads(value)))
}

fn is_date(value: &str) -> bool {
    let long = value.len() >= 6 && value.len() <= 40 && value.bytes().any(|b| b.is_ascii_digit());
    long && (is_stamp(value) || DAY_FIRST.iter().chain(MONTH_FIRST).any(|pattern| all_written(pattern, &[value])))
}

fn is_phone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let signs = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '.' | '/' | '\'');
    let starts = value.trim_start_matches(['\'', '(']).starts_with(['0', '+']);
    (8..=15).contains(&digits) && starts && value.chars().all(signs) && !is_stamp(value)
}
