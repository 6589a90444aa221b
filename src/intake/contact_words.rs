//! Reading the channel and the direction from a free note, in English and Dutch.
//!
//! A short list of whole words and phrases, so that `attent log anna "belde over de offerte"`
//! needs no options. The earliest hit in the note wins, the longest at the same place. Words that
//! often mean something else (`brief`, `text`, `app`) count only when nothing clearer is said.
//! What the list does not know stays unsaid: a guess would be worse than the channel's default.

use crate::domain::words::{Channel, Direction, Kind};

use crate::domain::names::fold;

/// What a note says about the contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Inferred {
    /// The channel, if a word names one.
    pub channel: Option<Channel>,
    /// Who started it, if the note says so.
    pub direction: Option<Direction>,
    /// What it was about, if a word says that money changed hands or should.
    pub kind: Option<Kind>,
}

/// Words of transactions: an order, an invoice, a reminder, a contract (METHOD §1.2, τ = 1).
const KINDS: &[(Kind, &str)] = &[(
    Kind::Transactional,
    "factuur, facturen, eindfactuur, aanmaning, betalingsherinnering, betaalherinnering, herinnering, offerte, offertes, bestelling, \
     orderbevestiging, contract, invoice, invoices, invoiced, payment, reminder, quotation, quote, order, orders",
)];

/// Words that name a channel, parted by commas; folded, so `é` is `e` and `e-mail` is `e mail`.
const CHANNELS: &[(Channel, &str)] = &[
    (
        Channel::Visit,
        "lunch, lunched, geluncht, lunchte, koffie, coffee, bezocht, bezoek, bezoekje, bezoeken, visit, visited, langs, \
         langsgegaan, langsgeweest, dropped by, stopped by, met in person, borrel, diner, dinner, rondleiding, \
         kennismaking",
    ),
    (Channel::Event, "evenement, beurs, workshop, webinar, netwerkborrel, open dag, conference, trade fair, meetup, feestje"),
    (Channel::Video, "zoom, zoomde, zoomed, video, videogesprek, videocall, video call, google meet, facetime, beeldbellen"),
    (
        Channel::Phone,
        "belde, belden, gebeld, bellen, belletje, terugbelde, teruggebeld, opgebeld, telefoon, telefonisch, telefoontje, \
         telefoongesprek, voicemail, ingesproken, call, called, calling, phone, phoned, telephone",
    ),
    (Channel::Card, "kaart, kaartje, kaarten, kerstkaart, verjaardagskaart, card, cards, postcard, ansichtkaart, bedankkaart"),
    (
        Channel::Gift,
        "cadeau, cadeautje, cadeaus, gift, gifts, bloemen, bloemetje, bos bloemen, flowers, taart, chocolade, \
         chocolates, kerstpakket, attentie",
    ),
    (
        Channel::Message,
        "appte, appten, geappt, appje, appjes, whatsapp, whatsappte, whatsapped, sms, smste, ge smst, texted, bericht, \
         berichtje, dm, message, messaged",
    ),
    (Channel::Chat, "chat, chatte, chatted, gechat, livechat, live chat"),
    (
        Channel::Email,
        "mail, mails, mailde, mailden, gemaild, mailtje, mailed, mailing, email, emails, emailed, emailde, e mail, e mails, e \
         mailde, e mailed",
    ),
    (
        Channel::Letter,
        "een brief, de brief, per brief, brief gestuurd, brief geschreven, brief van, briefje, brieven, bedankbrief, letter, \
         letters, per post",
    ),
    (Channel::Social, "linkedin, facebook, instagram, twitter, social media, socials, tiktok, mastodon, bluesky"),
    (Channel::Portal, "portal, portaal, klantportaal, klantomgeving"),
    (Channel::Newsletter, "nieuwsbrief, nieuwsbrieven, newsletter, newsletters"),
    (Channel::Push, "pushmelding, pushbericht, push notification"),
    (Channel::Survey, "enquete, survey, vragenlijst, nps, questionnaire, tevredenheidsonderzoek"),
];

/// Words that name a channel only when no other word does.
const FAINT: &[(Channel, &str)] = &[
    (Channel::Visit, "afspraak, meeting, tea"),
    (Channel::Event, "event, opening, party"),
    (Channel::Video, "teams"),
    (Channel::Phone, "bel, rang"),
    (Channel::Gift, "present"),
    (Channel::Message, "text, app, signal"),
    (Channel::Letter, "brief"),
    (Channel::Push, "push"),
];

/// Phrases that say who started it.
const DIRECTIONS: &[(Direction, &str)] = &[
    (
        Direction::In,
        "gebeld door, gemaild door, geappt door, belde mij, belde me, belde ons, mailde mij, mailde me, mailde ons, appte \
         mij, appte me, appte ons, hij belde, zij belde, ze belde, ze belden, klant belde, hij mailde, zij mailde, ze mailde, \
         klant mailde, hij appte, zij appte, ze appte, klant appte, kreeg, kregen, gekregen, ontving, ontvingen, ontvangen, \
         hij stuurde, zij stuurde, ze stuurde, stuurde mij, stuurde me, stuurde ons, kwam langs, vroeg mij, vroeg me, called \
         me, called us, called in, phoned me, phoned us, rang me, rang us, emailed me, emailed us, mailed me, mailed us, \
         texted me, texted us, messaged me, messaged us, he called, she called, they called, he phoned, she phoned, they \
         phoned, he rang, she rang, he emailed, she emailed, they emailed, he mailed, she mailed, they mailed, he texted, she \
         texted, they texted, he sent, she sent, they sent, sent me, sent us, received, got a, got an, heard from, call from, \
         mail from, email from, e mail from, message from, card from, letter from, mail van, mailtje van, telefoontje van, \
         bericht van, berichtje van, appje van, kaart van, kaartje van, brief van, called by, visited by, visited us, visited \
         me",
    ),
    (
        Direction::Out,
        "ik belde, ik mailde, ik appte, ik stuurde, wij belden, we belden, we mailden, stuurde, stuurden, gestuurd, \
         verstuurd, verzonden, i called, i phoned, i rang, i emailed, i mailed, i texted, we called, we phoned, we emailed, \
         we mailed, sent, left a voicemail, voicemail ingesproken, gaf, gegeven, gave, brought",
    ),
    (Direction::Both, "over en weer, back and forth, belden met elkaar, spraken elkaar"),
];

/// What a word or phrase may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Through which channel.
    Channel(Channel),
    /// Who started it.
    Direction(Direction),
    /// What it was about.
    Kind(Kind),
}

/// The shipped words and those of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Folded.
    own: Vec<(Meaning, String)>,
}

impl Words {
    /// The shipped words and a workspace's own, which go first.
    pub fn with(own: impl IntoIterator<Item = (Meaning, String)>) -> Self {
        Self { own: own.into_iter().map(|(meaning, phrase)| (meaning, fold(&phrase))).filter(|(_, phrase)| !phrase.is_empty()).collect() }
    }

    /// Reads what a note or a subject says about its channel, its direction and its kind.
    pub fn infer(&self, note: &str) -> Inferred {
        let folded = fold(note);
        let words: Vec<&str> = folded.split(' ').collect();
        let own = |wanted: fn(Meaning) -> bool| {
            (0..words.len()).find_map(|start| {
                let here = self.own.iter().filter(|(meaning, phrase)| wanted(*meaning) && stands_at(&words[start..], phrase));
                here.max_by_key(|(_, phrase)| phrase.len()).map(|(meaning, _)| *meaning)
            })
        };
        let mut read = Inferred {
            channel: earliest(&words, CHANNELS).or_else(|| earliest(&words, FAINT)),
            direction: earliest(&words, DIRECTIONS),
            kind: earliest(&words, KINDS),
        };
        if let Some(Meaning::Channel(channel)) = own(|meaning| matches!(meaning, Meaning::Channel(_))) {
            read.channel = Some(channel);
        }
        if let Some(Meaning::Direction(direction)) = own(|meaning| matches!(meaning, Meaning::Direction(_))) {
            read.direction = Some(direction);
        }
        if let Some(Meaning::Kind(kind)) = own(|meaning| matches!(meaning, Meaning::Kind(_))) {
            read.kind = Some(kind);
        }
        read
    }
}

/// Reads a note by the shipped words alone.
pub fn infer(note: &str) -> Inferred {
    Words::default().infer(note)
}

/// The meaning of the phrase that stands first in the note; of two at one place, the longer.
fn earliest<T: Copy>(words: &[&str], phrases: &[(T, &str)]) -> Option<T> {
    (0..words.len()).find_map(|start| {
        let all = phrases.iter().flat_map(|(meaning, list)| list.split(", ").map(move |phrase| (*meaning, phrase)));
        all.filter(|(_, phrase)| stands_at(&words[start..], phrase)).max_by_key(|(_, phrase)| phrase.len()).map(|(meaning, _)| meaning)
    })
}

fn stands_at(words: &[&str], phrase: &str) -> bool {
    let mut here = words.iter();
    phrase.split(' ').all(|wanted| here.next() == Some(&wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Channel as C;
    use Direction as D;

    #[test]
    fn words_of_transactions_are_read() {
        for note in ["Sent invoice 12", "Reminder: pay now", "offerte gemaild", "Factuur 7"] {
            assert_eq!(infer(note).kind, Some(Kind::Transactional), "{note}");
        }
        assert_eq!(infer("called to ask how it goes").kind, None);
    }

    #[test]
    fn notes_in_two_languages_are_read() {
        let table: &[(&str, Option<Channel>, Option<Direction>)] = &[
            ("Belde over de offerte", Some(C::Phone), None),
            ("She called about the offer", Some(C::Phone), Some(D::In)),
            ("called, left a voicemail", Some(C::Phone), Some(D::Out)),
            ("gebeld door Anna, mailde later terug", Some(C::Phone), Some(D::In)),
            ("Belde mij terug", Some(C::Phone), Some(D::In)),
            ("Kreeg een mail van hem", Some(C::Email), Some(D::In)),
            ("E-mailde de offerte", Some(C::Email), None),
            ("e-mail gestuurd", Some(C::Email), Some(D::Out)),
            ("samen koffie gedronken", Some(C::Visit), None),
            ("lunch at their office, talked about mail", Some(C::Visit), None),
            ("she sent us flowers", Some(C::Gift), Some(D::In)),
            ("stuurde een handgeschreven kaartje", Some(C::Card), Some(D::Out)),
            ("stuurde mij een kaart", Some(C::Card), Some(D::In)),
            ("Appte even", Some(C::Message), None),
            ("via de app", Some(C::Message), None),
            ("brief call about the app", Some(C::Phone), None),
            ("brief over de verlenging", Some(C::Letter), None),
            ("Een brief geschreven", Some(C::Letter), None),
            ("call about our meeting, all were present", Some(C::Phone), None),
            ("afspraak bevestigd per mail", Some(C::Email), None),
            ("afspraak op kantoor", Some(C::Visit), None),
            ("Zoom met het team", Some(C::Video), None),
            ("nieuwsbrief verstuurd", Some(C::Newsletter), Some(D::Out)),
            ("ENQUÊTE ontvangen", Some(C::Survey), Some(D::In)),
            ("live chat over levering", Some(C::Chat), None),
            ("Liked our LinkedIn post", Some(C::Social), None),
            ("Recalled the mailbox; labelled", None, None),
            ("", None, None),
        ];
        for &(note, channel, direction) in table {
            let read = infer(note);
            assert_eq!((read.channel, read.direction), (channel, direction), "{note}");
        }
    }

    #[test]
    fn every_phrase_is_folded_and_means_one_thing() {
        let channels = CHANNELS.iter().chain(FAINT).flat_map(|(_, list)| list.split(", "));
        let directions = DIRECTIONS.iter().flat_map(|(_, list)| list.split(", "));
        for list in [channels.collect::<Vec<_>>(), directions.collect::<Vec<_>>()] {
            for (index, phrase) in list.iter().enumerate() {
                assert_eq!(fold(phrase), *phrase);
                assert!(!list[..index].contains(phrase), "`{phrase}` stands twice");
            }
        }
    }
}
