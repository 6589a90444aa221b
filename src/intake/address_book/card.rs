//! The text of one card → what is kept of it.

use calcard::vcard::{VCard, VCardEntry, VCardKind, VCardProperty, VCardValue};
use calcard::{Entry, Parser};

use crate::domain::limits::{LONGEST_NAME, LONGEST_NOTE};
use crate::domain::party::{Anniversary, Card, Party};
use crate::domain::text::Text;
use crate::intake::records::{Identity, Told, digest};
use crate::text;

use super::content::content;
use super::date;

/// How many addresses, numbers, categories and days are kept of one card.
const MANY: usize = 50;

/// Categories a program gives to everybody.
const EVERYBODY: &[&str] = &["mycontacts", "* mycontacts", "* starred", "starred in android", "all contacts", "imported"];

/// Reads one card; `None` when the text is no card.
pub(super) fn read(written: &str) -> Option<(Identity, Told)> {
    let Entry::VCard(vcard) = Parser::new(written).entry() else { return None };
    let card = card(&vcard);
    let uid = one_line(&first(&vcard, &VCardProperty::Uid), LONGEST_NAME);
    let nothing = refusal(&vcard, &card);
    let identity = Identity::Own(if !uid.is_empty() {
        digest(&[b"card", uid.as_bytes()])
    } else if nothing.is_some() {
        digest(&[b"card of nobody", written.as_bytes()])
    } else {
        digest(&[b"card without uid", &content(&card)])
    });
    Some((identity, nothing.map_or_else(|| Told::Card(card), Told::Nothing)))
}

/// Why a card is not of a person or a firm.
fn refusal(vcard: &VCard, card: &Card) -> Option<Text> {
    let kind = kind(vcard);
    match kind.as_str() {
        "group" => Some(text!("a group, not a person", "een groep, geen persoon")),
        "location" | "device" | "application" => Some(text!("a thing, not a person", "een ding, geen persoon")),
        _ if card.party == Party::default() => Some(text!("a card without a name", "een kaart zonder naam")),
        _ => None,
    }
}

fn card(vcard: &VCard) -> Card {
    let addresses = kept(vcard, &VCardProperty::Email, address);
    let phones = kept(vcard, &VCardProperty::Tel, phone);
    let organisation = one_line(
        entries(vcard, &VCardProperty::Org).find_map(|entry| entry.values.first()).map(text_of).as_deref().unwrap_or(""),
        LONGEST_NAME,
    );
    let mut card = Card {
        categories: categories(vcard),
        postal: kept_entries(vcard, &VCardProperty::Adr, postal),
        anniversaries: anniversaries(vcard),
        since: None,
        notes: notes(vcard),
        party: Party { name: String::new(), addresses, phones },
        organisation,
    };
    card.party.name = name(vcard, &card);
    card
}

/// The name as it is shown; else put together; else that of the firm, a nickname or an address.
fn name(vcard: &VCard, card: &Card) -> String {
    let firm = kind(vcard) == "org" || other(vcard, "X-ABShowAs").any(|entry| all_text(entry).eq_ignore_ascii_case("company"));
    let formatted = || one_line(&first(vcard, &VCardProperty::Fn), LONGEST_NAME);
    let options: [&dyn Fn() -> String; 6] = [
        &|| if firm { card.organisation.clone() } else { String::new() },
        &|| formatted(),
        &|| put_together(vcard),
        &|| card.organisation.clone(),
        &|| one_line(&first(vcard, &VCardProperty::Nickname), LONGEST_NAME),
        &|| card.party.addresses.first().map(|address| one_line(address, LONGEST_NAME)).unwrap_or_default(),
    ];
    options.iter().map(|option| option()).find(|name| name.chars().any(char::is_alphanumeric)).unwrap_or_default()
}

/// `Given Additional Family` from the parts of a name (RFC 6350 §6.2.2).
fn put_together(vcard: &VCard) -> String {
    let parts: Vec<String> =
        entries(vcard, &VCardProperty::N).next().map(|entry| entry.values.iter().map(text_of).collect()).unwrap_or_default();
    let part = |at: usize| parts.get(at).map_or("", String::as_str);
    one_line(&format!("{} {} {}", part(1), part(2), part(0)), LONGEST_NAME)
}

fn kind(vcard: &VCard) -> String {
    let standard = entries(vcard, &VCardProperty::Kind).flat_map(|entry| &entry.values).next();
    match standard {
        Some(VCardValue::Kind(kind)) => match kind {
            VCardKind::Individual => "individual",
            VCardKind::Group => "group",
            VCardKind::Org => "org",
            VCardKind::Location => "location",
            VCardKind::Application => "application",
            VCardKind::Device => "device",
        }
        .to_owned(),
        Some(value) => text_of(value).trim().to_lowercase(),
        // Apple's word for it.
        None => other(vcard, "X-ADDRESSBOOKSERVER-KIND").map(all_text).next().unwrap_or_default().trim().to_lowercase(),
    }
}

fn address(written: &str) -> Option<String> {
    let lower = one_line(written, 320).to_lowercase();
    let address = lower.strip_prefix("mailto:").unwrap_or(&lower);
    let (_, domain) = address.rsplit_once('@')?;
    (!domain.is_empty() && !address.starts_with('@') && !address.contains(' ')).then(|| address.to_owned())
}

fn phone(written: &str) -> Option<String> {
    let line = one_line(written, LONGEST_NAME);
    let number = line.strip_prefix("tel:").unwrap_or(&line).trim();
    number.chars().any(|sign| sign.is_ascii_digit()).then(|| number.to_owned())
}

/// Street, postcode and city, country on one line (RFC 6350 §6.3.1).
fn postal(entry: &VCardEntry) -> Option<String> {
    let parts: Vec<String> = entry.values.iter().map(|value| one_line(&text_of(value), LONGEST_NAME)).collect();
    let part = |at: usize| parts.get(at).map_or("", String::as_str);
    let (street, city) = (format!("{} {}", part(2), part(1)), format!("{} {}", part(5), part(3)));
    let lines = [part(0), street.trim(), city.trim(), part(6)];
    let line = lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    (!line.is_empty()).then_some(line)
}

fn categories(vcard: &VCard) -> Vec<String> {
    let usual = |category: &str| {
        let category = one_line(category, LONGEST_NAME);
        (!category.is_empty() && !EVERYBODY.contains(&category.to_lowercase().as_str())).then_some(category)
    };
    kept(vcard, &VCardProperty::Categories, usual)
}

fn notes(vcard: &VCard) -> String {
    let all: Vec<String> = entries(vcard, &VCardProperty::Note).map(all_text).filter(|note| !note.trim().is_empty()).collect();
    let text = all.join("\n\n").replace('\0', "").replace("\r\n", "\n").replace('\r', "\n");
    text.trim().chars().take(LONGEST_NOTE).collect::<String>().trim_end().to_owned()
}

fn anniversaries(vcard: &VCard) -> Vec<Anniversary> {
    let mut days: Vec<Anniversary> = vcard.entries.iter().filter_map(|entry| anniversary(vcard, entry)).take(MANY).collect();
    days.sort();
    days.dedup();
    days
}

fn anniversary(vcard: &VCard, entry: &VCardEntry) -> Option<Anniversary> {
    let what = match &entry.name {
        VCardProperty::Bday => "birthday".to_owned(),
        VCardProperty::Anniversary => "anniversary".to_owned(),
        VCardProperty::Other(name) => match name.to_ascii_uppercase().as_str() {
            "X-ANNIVERSARY" | "X-EVOLUTION-ANNIVERSARY" | "X-KADDRESSBOOK-X-ANNIVERSARY" | "X-MS-ANNIVERSARY" => "anniversary".to_owned(),
            "X-ABDATE" => label(vcard, entry),
            "X-ANDROID-CUSTOM" => return android(entry),
            _ => return None,
        },
        _ => return None,
    };
    date::read(&what, &all_text(entry))
}

/// The label Apple gives to the lines of a group: `item1.X-ABLabel:_$!<Anniversary>!$_`.
fn label(vcard: &VCard, entry: &VCardEntry) -> String {
    let labels = other(vcard, "X-ABLabel").filter(|label| label.group.is_some() && label.group == entry.group);
    let label = labels.map(all_text).next().unwrap_or_default();
    let label = one_line(label.trim().trim_start_matches("_$!<").trim_end_matches(">!$_"), LONGEST_NAME);
    match label.to_lowercase().as_str() {
        "" | "anniversary" => "anniversary".to_owned(),
        "birthday" => "birthday".to_owned(),
        _ => label,
    }
}

/// `vnd.android.cursor.item/contact_event;1985-04-12;1;label`: 1 is an anniversary, 3 a birthday.
fn android(entry: &VCardEntry) -> Option<Anniversary> {
    let parts: Vec<String> =
        entry.values.iter().map(text_of).flat_map(|part| part.split(';').map(str::to_owned).collect::<Vec<_>>()).collect();
    let [item, day, kind, rest @ ..] = parts.as_slice() else { return None };
    let what = match (kind.as_str(), rest.first()) {
        ("3", _) => "birthday".to_owned(),
        ("0", Some(label)) if !label.trim().is_empty() => one_line(label, LONGEST_NAME),
        _ => "anniversary".to_owned(),
    };
    if item.ends_with("/contact_event") { date::read(&what, day) } else { None }
}

fn entries<'a>(vcard: &'a VCard, property: &'a VCardProperty) -> impl Iterator<Item = &'a VCardEntry> {
    vcard.entries.iter().filter(move |entry| entry.name == *property)
}

fn other<'a>(vcard: &'a VCard, name: &'a str) -> impl Iterator<Item = &'a VCardEntry> {
    vcard.entries.iter().filter(move |entry| matches!(&entry.name, VCardProperty::Other(other) if other.eq_ignore_ascii_case(name)))
}

/// What each value of a property comes to, each once, in order.
fn kept(vcard: &VCard, property: &VCardProperty, read: impl Fn(&str) -> Option<String>) -> Vec<String> {
    each_once(entries(vcard, property).flat_map(|entry| &entry.values).filter_map(|value| read(&text_of(value))))
}

fn kept_entries(vcard: &VCard, property: &VCardProperty, read: impl Fn(&VCardEntry) -> Option<String>) -> Vec<String> {
    each_once(entries(vcard, property).filter_map(read))
}

fn each_once(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept = Vec::new();
    for one in all.take(MANY * 4) {
        if kept.len() < MANY && !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

/// The first value of a property that says something.
fn first(vcard: &VCard, property: &VCardProperty) -> String {
    entries(vcard, property).flat_map(|entry| &entry.values).map(text_of).find(|text| !text.trim().is_empty()).unwrap_or_default()
}

/// All the values of an entry; a comma in a note parts nothing.
fn all_text(entry: &VCardEntry) -> String {
    entry.values.iter().map(text_of).collect::<Vec<_>>().join(",")
}

fn text_of(value: &VCardValue) -> String {
    match value {
        VCardValue::Text(text) => text.clone(),
        VCardValue::Component(parts) => parts.join(" "),
        VCardValue::Integer(number) => number.to_string(),
        VCardValue::Boolean(yes) => yes.to_string(),
        VCardValue::Float(number) => number.to_string(),
        _ => String::new(),
    }
}

/// One line of at most so many characters, without control characters.
fn one_line(written: &str, longest: usize) -> String {
    let plain = written.replace(|sign: char| sign.is_control(), " ");
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(longest).collect::<String>().trim_end().to_owned()
}
