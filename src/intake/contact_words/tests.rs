use super::lists::{CHANNELS, DIRECTIONS, FAINT, HIDING, KINDS};
use super::*;
use crate::domain::names::fold;
use crate::domain::words::{Channel, Direction, Kind};
use Channel as C;
use Direction as D;

#[test]
fn words_say_what_it_was_about() {
    use Kind::{Promo, Service, Transactional};
    for (note, kind) in [
        ("Sent invoice 12", Some(Transactional)),
        ("Reminder: pay now", Some(Transactional)),
        ("offerte gemaild", Some(Transactional)),
        ("Factuur 7", Some(Transactional)),
        ("Betaalherinnering", Some(Transactional)),
        ("Uw creditfactuur", Some(Transactional)),
        ("factuurnummer 12", Some(Transactional)),
        ("Your order has shipped", Some(Transactional)),
        ("In order to serve you better", None),
        ("Klacht over de levering", Some(Service)),
        ("Storing verholpen", Some(Service)),
        ("Your support request", Some(Service)),
        ("Thanks for your support", None),
        ("20% korting deze week", Some(Promo)),
        ("Black Friday", Some(Promo)),
        ("the house is for sale", None),
        ("actie ondernomen", None),
        ("een mooie herinnering", None),
        ("a lovely jeugdherinnering", None),
        ("called to ask how it goes", None),
    ] {
        assert_eq!(infer(note).kind, kind, "{note}");
    }
}

#[test]
fn dutch_compounds_are_known_by_their_ending() {
    for (note, channel) in [
        ("kennismakingsgesprek", Some(C::Visit)),
        ("functioneringsgesprek via zoom", Some(C::Video)),
        ("telefoongesprekje", Some(C::Phone)),
        ("huisbezoekje", Some(C::Visit)),
        ("websitebezoek", None),
        ("verjaardagskaartje gestuurd", Some(C::Card)),
        ("visitekaartje gekregen", None),
        ("bedankmailtje", Some(C::Email)),
        ("gmail", None),
        ("zakenlunch", Some(C::Visit)),
        ("nieuwjaarsborrel", Some(C::Event)),
        ("afscheidscadeautje", Some(C::Gift)),
        ("sollicitatiebrief", Some(C::Letter)),
        ("gesprek", None),
    ] {
        assert_eq!(infer(note).channel, channel, "{note}");
    }
}

#[test]
fn a_workspaces_own_words_go_first() {
    let own = |meaning, phrase: &str| (meaning, phrase.to_owned());
    let words = Words::with([
        own(Meaning::Channel(C::Event), "Koffie-klets"),
        own(Meaning::Direction(D::In), "kwam binnen"),
        own(Meaning::Kind(Kind::Promo), "factuur"),
        own(Meaning::Channel(C::Push), "!"),
    ]);
    let read = words.infer("belde na de koffie klets, kwam binnen met de factuur");
    assert_eq!(read, Inferred { channel: Some(C::Event), direction: Some(D::In), kind: Some(Kind::Promo) });
    assert_eq!(words.infer("belde"), infer("belde"));
    let weaker = Words::with([own(Meaning::Channel(C::Gift), "koffie klets"), own(Meaning::Channel(C::Survey), "rondje")]);
    let both = words.clone().before(weaker);
    assert_eq!([both.infer("koffie klets").channel, both.infer("rondje").channel], [Some(C::Event), Some(C::Survey)]);
    assert_eq!(words.taken_at(&["koffie", "klets", "na"]), 2);
}

#[test]
fn a_name_before_the_verb_is_who_started_it() {
    let words = Words::default();
    assert_eq!(words.infer_from(&[NAME, "belde"]).direction, Some(D::In));
    assert_eq!(words.infer_from(&["belde", NAME]).direction, None);
    assert_eq!(words.infer_from(&[NAME, "", "belde"]).direction, None);
    assert_eq!(words.infer_from(&[NAME, "called", "me"]).direction, Some(D::In));
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
    let kinds = KINDS.iter().flat_map(|(_, list)| list.split(", "));
    let hiding = HIDING.split(", ").collect();
    for list in [channels.collect::<Vec<_>>(), directions.collect::<Vec<_>>(), kinds.collect(), hiding] {
        for (index, phrase) in list.iter().enumerate() {
            assert_eq!(fold(phrase), phrase.trim_end_matches(&format!(" {NAME}")));
            assert!(!list[..index].contains(phrase), "`{phrase}` stands twice");
        }
    }
}
