//! Words other programs use for the fixed words of a touchpoint, in English and Dutch.

use crate::domain::names::fold;
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};

/// Folded words of channels, beside the words and labels of the channels themselves.
const CHANNELS: &[(Channel, &str)] = &[
    (Channel::Visit, "meeting, in person meeting, face to face, appointment, afspraak, op bezoek, huisbezoek, showroom, lunch, koffie"),
    (Channel::Event, "beurs, workshop, conference, conference session, congres, webinar, training"),
    (Channel::Video, "video call, videocall, videobellen, zoom, teams, google meet, online meeting, online"),
    (
        Channel::Phone,
        "call, calls, phone call, telephone, tel, gebeld, bellen, belletje, telefonisch, telefoongesprek, telefoontje, mobiel",
    ),
    (Channel::Card, "postcard, kaartje, kerstkaart"),
    (Channel::Gift, "present, bloemen, flowers, relatiegeschenk"),
    (Channel::Message, "whatsapp, whats app, sms, text, text message, appje, app, dm, direct message, signal, telegram"),
    (Channel::Chat, "livechat, live chat, web chat, webchat"),
    (Channel::Email, "mail, e mail, emails, e mails, mailtje, gemaild, incoming email, email in, email out, forwarded email"),
    (Channel::Letter, "post, postal mail, direct mail, brieven"),
    (Channel::Social, "linkedin, linkedin message, facebook, instagram, twitter, x, socials"),
    (Channel::Portal, "website, web, webshop, app notification, klantportaal, online portaal"),
    (Channel::Newsletter, "marketing email, mailing, nieuwsmail"),
    (Channel::Push, "push notification, pushbericht"),
    (Channel::Survey, "enquete, nps, feedback, feedback submission, questionnaire, review"),
];

/// Folded words of directions.
const DIRECTIONS: &[(Direction, &str)] = &[
    (Direction::In, "inbound, incoming, incoming email, received, inkomend, binnenkomend, ontvangen, from customer, klant"),
    (Direction::Out, "uit, outbound, outgoing, sent, uitgaand, verzonden, verstuurd, to customer"),
    (Direction::Both, "beide, two way, over en weer"),
];

/// Folded words of senders.
const SENDERS: &[(Sender, &str)] = &[
    (Sender::Human, "person, persoon, user, agent, manual, handmatig, medewerker, employee"),
    (Sender::Assisted, "ai, ai assisted, draft, concept"),
    (Sender::Automated, "auto, automatic, system, systeem, bot, workflow, automation, machine"),
];

/// Folded words of kinds.
const KINDS: &[(Kind, &str)] = &[
    (Kind::Relational, "relation, relationship"),
    (Kind::Service, "support, help, helpdesk, klantenservice, customer service"),
    (Kind::Promo, "promotion, marketing, sales, reclame, verkoop"),
    (Kind::Transactional, "order, invoice, payment, factuur, bestelling, betaling"),
];

/// Looks a word up among the fixed ones and what others call them.
pub(super) trait Known: Sized + Copy {
    /// What others call them.
    fn synonym(folded: &str) -> Option<Self>;
    /// The word itself or its Dutch label.
    fn exact(word: &str) -> Option<Self>;

    /// The meaning of a word, if anybody knows it.
    fn of(word: &str) -> Option<Self> {
        Self::exact(word).or_else(|| Self::synonym(&fold(word)))
    }
}

fn look_up<T: Copy>(list: &[(T, &str)], folded: &str) -> Option<T> {
    list.iter().find(|(_, words)| words.split(", ").any(|word| word == folded)).map(|(meaning, _)| *meaning)
}

macro_rules! known {
    ($($name:ident: $list:expr;)+) => { $(
        impl Known for $name {
            fn synonym(folded: &str) -> Option<Self> {
                look_up($list, folded)
            }

            fn exact(word: &str) -> Option<Self> {
                word.parse().ok()
            }
        }
    )+ };
}

known! {
    Channel: CHANNELS;
    Direction: DIRECTIONS;
    Sender: SENDERS;
    Personal: &[];
    Kind: KINDS;
}
