//! Through which channel people met.

use crate::domain::names::fold;
use crate::domain::text::Text;
use crate::domain::words::{Channel, Sender};
use crate::intake::contact_words::Words;
use crate::text;

use super::event::Event;

/// Where meetings by video are held.
const VIDEO_LINKS: [&str; 13] = [
    "zoom.us",
    "zoomgov.com",
    "meet.google.com",
    "teams.microsoft.com",
    "teams.live.com",
    "webex.com",
    "whereby.com",
    "meet.jit.si",
    "jitsi",
    "gotomeet",
    "skype.com",
    "facetime.apple.com",
    "bluejeans.com",
];

/// What programs write as the place of a meeting by video.
const VIDEO_PLACES: [&str; 9] = ["teams", "zoom", "google meet", "skype", "webex", "whereby", "jitsi", "facetime", "online"];

/// From this many people on a meeting is an event: more than twenty.
const CROWD: usize = 21;

/// The channel of an appointment and why. `others` is how many take part beside me.
///
/// In this order: a crowd; a link to a video meeting; a word for a call or another channel in the
/// summary; a telephone number as the place; and what is left is a visit.
pub(super) fn channel(event: &Event, others: usize, words: &Words) -> (Channel, Text) {
    if others >= CROWD {
        return (Channel::Event, text!("event: {others} people take part", "evenement: er doen {others} mensen mee"));
    }
    link(event).or_else(|| named(event, others, words)).or_else(|| telephone(event)).unwrap_or_else(|| place(event))
}

fn link(event: &Event) -> Option<(Channel, Text)> {
    if let Some(conference) = event.conferences.first() {
        return Some(if event.conferences.iter().all(|conference| conference.phone) {
            (Channel::Phone, text!("phone: it has a number to dial in", "telefoon: er is een nummer om in te bellen"))
        } else {
            match host(&conference.link) {
                Some(host) => (Channel::Video, text!("video: it has a link to {host}", "videogesprek: er is een link naar {host}")),
                None => (Channel::Video, text!("video: it has a link to a meeting", "videogesprek: er is een link naar een vergadering")),
            }
        });
    }
    if let Some(host) = host(&event.location) {
        return Some((
            Channel::Video,
            text!("video: the place has a link to {host}", "videogesprek: de plaats heeft een link naar {host}"),
        ));
    }
    if let Some(host) = event.texts.iter().find_map(|text| host(text)) {
        return Some((
            Channel::Video,
            text!("video: the description has a link to {host}", "videogesprek: de omschrijving heeft een link naar {host}"),
        ));
    }
    let folded = format!(" {} ", folded(&event.location));
    let place = VIDEO_PLACES.iter().find(|place| folded.contains(&format!(" {place} ")))?;
    Some((Channel::Video, text!("video: the place says `{place}`", "videogesprek: als plaats staat er `{place}`")))
}

/// Words to look through; a town in Brabant is no meeting by video.
fn folded(text: &str) -> String {
    fold(text).replace("bergen op zoom", "bergen")
}

/// The host of a video meeting that is linked to.
fn host(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    VIDEO_LINKS.into_iter().find(|host| lower.contains(host))
}

/// A word in the summary. Without anybody else and without a place it may be about mail or a card; an
/// appointment with people is always a conversation, whatever it is about.
fn named(event: &Event, others: usize, words: &Words) -> Option<(Channel, Text)> {
    let folded = folded(&event.summary);
    let call = folded.split(' ').any(|word| word.starts_with("belafspra") || word.starts_with("belmoment"));
    let found = if call { Channel::Phone } else { words.infer(&folded).channel? };
    let talk = matches!(found, Channel::Event | Channel::Video | Channel::Phone | Channel::Chat);
    let alone = others == 0 && event.location.is_empty();
    let by_a_person = found.defaults().sender == Sender::Human;
    // a visit is no talk here: `afspraak` says less than a telephone number, and it is what is left over anyway
    if !(talk || (alone && by_a_person)) {
        return None;
    }
    let label = found.label();
    Some((found, Text::new(format!("{}: the summary says so", label.en), format!("{}: de titel zegt het", label.nl))))
}

fn telephone(event: &Event) -> Option<(Channel, Text)> {
    let place = event.location.as_str();
    let digits = place.chars().filter(char::is_ascii_digit).count();
    let known = |word: &&str| ["tel", "telefoon", "telefonisch", "phone", "mobiel", "mob", "call", "bellen", "belafspraak"].contains(word);
    let folded = fold(place);
    let letters = folded.split(' ').filter(|word| word.chars().any(char::is_alphabetic));
    let (said, other) = letters.fold((0, 0), |(said, other), word| if known(&word) { (said + 1, other) } else { (said, other + 1) });
    let number = (8..=15).contains(&digits) && other == 0;
    let uri = place.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:"));
    (number || uri || (said > 0 && other == 0))
        .then(|| (Channel::Phone, text!("phone: the place is a telephone number", "telefoon: de plaats is een telefoonnummer")))
}

fn place(event: &Event) -> (Channel, Text) {
    let why = if event.location.is_empty() {
        text!(
            "visit: an appointment without a place or a link is taken as one",
            "bezoek: een afspraak zonder plaats of link wordt zo opgevat"
        )
    } else {
        text!("visit: it has a place", "bezoek: er is een plaats")
    };
    (Channel::Visit, why)
}
