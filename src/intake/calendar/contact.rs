//! An appointment → the contact it was.

use crate::domain::calendar::Moment;
use crate::domain::names::fold;
use crate::domain::party::Party;
use crate::domain::text::Text;
use crate::domain::touchpoint::{Facts, Touchpoint};
use crate::domain::words::{Channel, Personal};
use crate::intake::records::{Contact, Me};
use crate::text;

use super::channel::channel;
use super::event::Event;
use super::reader::CalendarRules;
use super::stamp::{Clock, Stamp};

/// Up to so many people a meeting is personal.
const FEW: usize = 5;

/// Up to so many people somebody unknown may become a customer by it.
const INTIMATE: usize = 3;

/// Longer than a day is no conversation.
const LONGEST_MINUTES: i64 = 24 * 60;

/// Words of days that are remembered, not met on.
const REMEMBERED: [&str; 10] =
    ["verjaardag", "verjaardagen", "birthday", "birthdays", "bday", "jarig", "geboortedag", "jubileum", "anniversary", "trouwdag"];

/// Words of whole days on which nobody is met.
const AWAY: [&str; 12] =
    ["vakantie", "vrij", "verlof", "afwezig", "holiday", "holidays", "vacation", "leave", "deadline", "ziek", "zwangerschapsverlof", "ooo"];

/// How programs mark the title of what is called off, when they leave its status as it was.
const CALLED_OFF: [&str; 8] = ["afgezegd", "geannuleerd", "gecanceld", "vervallen", "cancelled", "canceled", "abgesagt", "annulé"];

fn called_off(summary: &str) -> bool {
    let mark = summary.split_once(':').map(|(mark, _)| mark.trim().to_lowercase());
    mark.is_some_and(|mark| CALLED_OFF.contains(&mark.as_str()))
}

/// What an appointment comes to, for any of its instances; the moment is filled in later.
///
/// # Errors
/// Why it is no contact.
pub(super) fn contact(event: &Event, rules: &CalendarRules, minutes: Option<i64>) -> Result<Contact, Text> {
    if event.cancelled || called_off(&event.summary) {
        return Err(cancelled());
    }
    if event.people.iter().any(|person| person.declined && mine(&person.party, &rules.me)) {
        return Err(text!("declined", "afgeslagen"));
    }
    if event.all_day && fold(&event.summary).split(' ').any(|word| REMEMBERED.contains(&word)) {
        return Err(text!("a birthday or jubilee, no contact", "een verjaardag of jubileum, geen contact"));
    }
    if event.all_day && fold(&event.summary).split(' ').any(|word| AWAY.contains(&word)) {
        return Err(text!("a holiday or a deadline, no contact", "een vakantie of een deadline, geen contact"));
    }
    let parties = parties(event, &rules.me);
    if parties.is_empty() && event.summary.is_empty() {
        return Err(text!("nobody is named", "er wordt niemand genoemd"));
    }
    let (channel, why) = channel(event, parties.len(), &rules.words);
    let known = parties.iter().filter(|party| !party.addresses.is_empty()).count();
    let may_be_new = !event.all_day && parties.len() <= INTIMATE && known > 0;
    let reasons = vec![why, when(event)];
    let touchpoint = touchpoint(event, channel, parties.len(), minutes.filter(|_| !event.all_day));
    Ok(Contact { parties, named_in: event.summary.clone(), may_be_new, touchpoint, reasons })
}

/// Said of everything that is called off.
pub(super) fn cancelled() -> Text {
    text!("cancelled", "afgezegd")
}

fn mine(party: &Party, me: &Me) -> bool {
    party.addresses.iter().any(|address| me.is(address))
}

/// Everybody but me and those who declined, each once.
fn parties(event: &Event, me: &Me) -> Vec<Party> {
    let mut all: Vec<Party> = Vec::new();
    let same = |one: &Party, other: &Party| one == other || (!one.addresses.is_empty() && one.addresses.first() == other.addresses.first());
    // whoever invites says only as a guest whether they come
    let declined = |party: &Party| event.people.iter().any(|person| person.declined && same(&person.party, party));
    for person in event.people.iter().filter(|person| !declined(&person.party) && !mine(&person.party, me)) {
        let party = &person.party;
        match all.iter_mut().find(|met| same(met, party)) {
            Some(met) if met.name.is_empty() => met.name.clone_from(&party.name),
            Some(_) => {}
            None => all.push(party.clone()),
        }
    }
    all
}

fn touchpoint(event: &Event, channel: Channel, others: usize, minutes: Option<i64>) -> Touchpoint {
    let usual = channel.defaults();
    let personal = match others {
        _ if usual.personal != Personal::Personal && channel != Channel::Event => usual.personal,
        0 => usual.personal,
        1..=FEW => Personal::Personal,
        _ if channel == Channel::Event => usual.personal,
        _ => Personal::Merged,
    };
    let facts =
        Facts { at: Moment(0), channel, direction: usual.direction, sender: usual.sender, personal, kind: usual.kind, sentiment: None };
    let minutes = minutes.filter(|&minutes| minutes > 0).map(|minutes| minutes.min(LONGEST_MINUTES) as u32);
    let note = if event.private { String::new() } else { event.summary.clone() };
    Touchpoint { facts, stage: None, amount: None, minutes, note, tags: tags(event) }
}

/// Categories as labels: lower case, each one word, in order.
fn tags(event: &Event) -> Vec<String> {
    let word = |category: &String| {
        category
            .to_lowercase()
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("-")
    };
    // lower case may be longer than what it is made from
    let mut tags: Vec<String> = event.categories.iter().map(word).map(|tag| tag.chars().take(200).collect()).collect();
    tags.retain(|tag| !tag.is_empty());
    tags.sort_unstable();
    tags.dedup();
    tags
}

fn when(event: &Event) -> Text {
    let Some(Stamp { wall, clock }) = &event.start else { return text!("the moment of the series", "het moment van de reeks") };
    if event.all_day {
        return text!("an entry for the whole day", "een notitie voor de hele dag");
    }
    let time = wall.format("%H:%M");
    match clock {
        Clock::Zone(zone) => {
            let zone = super::people::clean(zone, 60);
            text!("at {time} in {zone}", "om {time} in {zone}")
        }
        Clock::Offset(0) => text!("at {time} UTC", "om {time} UTC"),
        _ => text!("at {time}, your own time", "om {time}, je eigen tijd"),
    }
}
