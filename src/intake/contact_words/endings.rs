//! Dutch compounds by their endings: `kennismakingsgesprek`, `verjaardagskaartje`, `creditfactuur`.

use super::lexicon::Stands;
use super::words::Meaning;
use crate::domain::words::{Channel, Kind};

/// An ending, what a word that ends so means, and the words that end so and mean something else.
struct Ending {
    ends: &'static str,
    meaning: Meaning,
    not: &'static str,
}

const fn channel(ends: &'static str, channel: Channel, not: &'static str) -> Ending {
    Ending { ends, meaning: Meaning::Channel(channel), not }
}

const fn business(ends: &'static str, not: &'static str) -> Ending {
    Ending { ends, meaning: Meaning::Kind(Kind::Transactional), not }
}

const NO_CARDS: &str = "visitekaart, klantenkaart, spaarkaart, bankkaart, betaalkaart, menukaart, landkaart, plattekaart, wegenkaart, \
     toegangskaart, entreekaart, pinkaart, simkaart, geluidskaart, videokaart, strippenkaart, kortingskaart, ledenkaart, \
     stempelkaart, prijskaart, parkeerkaart, zorgkaart, wijnkaart, theaterkaart, concertkaart, treinkaart, routekaart, \
     geheugenkaart, ansichtenkaart, cadeaukaart, wildkaart";

/// An ending stands before those it ends in itself.
const ENDINGS: &[Ending] = &[
    channel("telefoongesprek", Channel::Phone, ""),
    channel("videogesprek", Channel::Video, ""),
    channel("bezoek", Channel::Visit, "websitebezoek, sitebezoek, webbezoek, ziekenhuisbezoek, theaterbezoek, schoolbezoek"),
    channel("lunch", Channel::Visit, ""),
    channel("diner", Channel::Visit, ""),
    channel("borrel", Channel::Event, ""),
    channel("kaart", Channel::Card, NO_CARDS),
    channel("cadeau", Channel::Gift, ""),
    channel("voicemail", Channel::Phone, ""),
    channel("mail", Channel::Email, "gmail, hotmail, webmail, protonmail"),
    channel("belletje", Channel::Phone, "klokkebelletje, fietsbelletje, deurbelletje"),
    channel("nieuwsbrief", Channel::Newsletter, ""),
    channel("brief", Channel::Letter, "debrief, aandelenbrief"),
    business("factuur", ""),
    business("offerte", ""),
    business("bestelling", ""),
    business("herinnering", "jeugdherinnering, afspraakherinnering, kinderherinnering, agendaherinnering"),
    business("aanmaning", ""),
];

/// Endings that only hint: whatever is clearer goes before them.
const FAINT: &[Ending] = &[channel("gesprek", Channel::Visit, "gesprek"), channel("workshop", Channel::Event, "")];

/// The first part of a compound has so many letters at least.
const SHORTEST_FIRST_PART: usize = 3;

/// What the ending of a folded word says.
pub(super) fn by_ending(word: &str) -> Option<Stands> {
    let forms = [word, smaller(word)];
    let found = |endings: &[Ending]| endings.iter().find_map(|ending| forms.iter().find_map(|form| ending.fits(form)));
    match found(ENDINGS) {
        Some(sure) => sure.map(Stands::For),
        None => found(FAINT).flatten().map(Stands::Faintly),
    }
}

/// The word without a diminutive: `kaartje` → `kaart`, `mailtjes` → `mail`.
fn smaller(word: &str) -> &str {
    let one = word.strip_suffix("jes").or_else(|| word.strip_suffix("je")).unwrap_or(word);
    if one.len() == word.len() {
        return word;
    }
    // `mailtje` and `cadeautje` put a t between.
    if one.ends_with("lt") || one.ends_with("ut") { &one[..one.len() - 1] } else { one }
}

impl Ending {
    /// The meaning of a word that ends so; the inner [`None`] when it is known to mean something else.
    fn fits(&self, word: &str) -> Option<Option<Meaning>> {
        let first = word.strip_suffix(self.ends)?;
        if !first.is_empty() && first.chars().count() < SHORTEST_FIRST_PART {
            return None;
        }
        Some((!self.not.split(", ").any(|other| other == word)).then_some(self.meaning))
    }
}
