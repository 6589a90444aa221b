mod damage;
mod files;
mod messages;
mod parts;

use super::*;
use crate::domain::calendar::Moment;
use crate::domain::text::Text;
use crate::intake::contact_words::Words;
use crate::intake::records::{Aside, Me, Record, RecordError, Records, Told};

/// Mine are `me@home.example` and everybody at `firm.example`; it is 2026-11-21.
fn rules() -> MailRules {
    MailRules::new(Me::new(["me@home.example", "@firm.example"].map(str::to_owned)), Words::default(), Moment(1_795_219_200_000))
}

fn read(headers: impl AsRef<[u8]>) -> Result<Record, RecordError> {
    message(headers.as_ref(), 7, &rules(), None)
}

/// What a message becomes, in one line: `in email human personal service new: anna@klant.example`.
fn line(told: &Result<Record, RecordError>) -> String {
    match told.as_ref().map(|record| &record.told) {
        Err(error) => format!("error: {}", error.reason.en),
        Ok(Told::Nothing(why) | Told::Aside(Aside { why, .. })) => format!("nothing: {}", why.en),
        Ok(Told::Card(card)) => format!("card: {card:?}"),
        Ok(Told::Contact(contact)) => {
            let facts = contact.touchpoint.facts;
            let words = [facts.direction.word(), facts.channel.word(), facts.sender.word(), facts.personal.word(), facts.kind.word()];
            let new = if contact.may_be_new { " new" } else { "" };
            format!("{}{new}: {}", words.join(" "), addresses(told))
        }
    }
}

fn contact(told: &Result<Record, RecordError>) -> &crate::intake::records::Contact {
    match told.as_ref().map(|record| &record.told) {
        Ok(Told::Contact(contact)) => contact,
        other => panic!("{other:?}"),
    }
}

fn addresses(told: &Result<Record, RecordError>) -> String {
    contact(told).parties.iter().flat_map(|party| party.addresses.clone()).collect::<Vec<_>>().join(" ")
}

fn names(told: &Result<Record, RecordError>) -> String {
    contact(told).parties.iter().map(|party| party.name.clone()).collect::<Vec<_>>().join("|")
}

fn reasons(told: &Result<Record, RecordError>) -> String {
    contact(told).reasons.iter().map(|reason: &Text| reason.en.clone()).collect::<Vec<_>>().join("; ")
}

/// Every record of an mbox.
fn all(source: impl std::io::Read) -> Vec<Result<Record, RecordError>> {
    let mut mbox = Mbox::new(source, rules());
    std::iter::from_fn(|| mbox.next()).collect()
}
