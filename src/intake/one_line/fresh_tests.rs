//! What a fresh user typed, with the customers that user had.

use chrono::{DateTime, FixedOffset};

use super::*;
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::{Channel, Direction};
use crate::intake::contact_words::Words;

const CUSTOMERS: &[&str] = &[
    "Anna Jansen",
    "Anna de Vries",
    "Jan",
    "Bart-Jan",
    "Bakkerij Smit",
    "José van der Meer",
    "May Chen",
    "De Boer & Zn",
    "Sean O'Neill",
    "Mark Bakker",
    "Will Gift",
    "Sophie van Dijk",
    "Kees 't Hart",
    "Joy Brown",
    "Familie Vos",
    "Bill Page",
    "Frank de Wit",
    "Roos Bloem",
    "Maandag BV",
    "Müller GmbH",
];

/// Wednesday 18 November 2026, half past three in the afternoon.
fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-18T15:30:00+01:00").unwrap()
}

fn line(sentence: &str) -> Line {
    let called = || CUSTOMERS.iter().enumerate().map(|(id, name)| (CustomerId(id as i64), *name));
    let line = read(sentence, &Names::that_may_stand_in(sentence, called()), &Words::default(), &now());
    assert_eq!(line, read(sentence, &Names::new(called()), &Words::default(), &now()), "{sentence}");
    line
}

fn who(sentence: &str) -> String {
    let shown = |person: &Person| match person {
        Person::Known(id) => CUSTOMERS[id.0 as usize].to_owned(),
        Person::Several { typed, .. } => format!("{typed}*"),
        Person::Unknown { typed, .. } => format!("{typed}?"),
    };
    line(sentence).people.iter().map(shown).collect::<Vec<_>>().join(", ")
}

fn when(line: &Line) -> String {
    line.at.as_ref().map_or(String::new(), |(at, _)| {
        DateTime::from_timestamp_millis(at.0).unwrap().with_timezone(&now().timezone()).format("%Y-%m-%d %H:%M").to_string()
    })
}

#[test]
fn days_times_and_lengths_are_read_as_people_write_them() {
    for (sentence, at, minutes) in [
        ("Sophie gebeld op ma 16-11", "2026-11-16 00:00", None),
        ("Sophie gebeld op wo 11/11", "2026-11-11 00:00", None),
        ("gebeld met Sophie 16-11", "2026-11-16 00:00", None),
        ("vergadering met Sophie op ma 16-11 van 10:00-11:30", "2026-11-16 10:00", Some(90)),
        ("Sophie op 16-11 van 10:00-11:30", "2026-11-16 10:00", Some(90)),
        ("visited Sophie yesterday from 10 to 11:30", "2026-11-17 10:00", Some(90)),
        ("Sophie bezocht maandag 10:00-10:30", "2026-11-16 10:00", Some(30)),
        ("gisteren Sophie van 10:00 tot 11:30 bezocht", "2026-11-17 10:00", Some(90)),
        ("Sophie bezocht van 10 uur tot 11 uur", "2026-11-18 10:00", Some(60)),
        ("3 november Sophie gebeld om half tien", "2026-11-03 09:30", None),
        ("gisteren om half tien Sophie gebeld", "2026-11-17 09:30", None),
        ("gisteren om half vier Sophie gebeld", "2026-11-17 15:30", None),
        ("called Sophie yesterday at half past nine", "2026-11-17 09:30", None),
        ("gisteren kwart over 9 Sophie gebeld", "2026-11-17 09:15", None),
        ("gebeld met Sophie 1u30", "", Some(90)),
        ("gisteren met Sophie gebeld, 1u15", "2026-11-17 12:00", Some(75)),
        ("gebeld met Sophie om 9u30", "2026-11-18 09:30", None),
        ("called Sophie, an hour and a half", "", Some(90)),
        ("visited Sophie 1h30", "", Some(90)),
        ("called Sophie 20'", "", Some(20)),
        ("called Sophie 2x 10 min", "", Some(20)),
        ("called Sophie yesteday", "2026-11-17 12:00", None),
        ("gisern Sophie gebeld", "", None),
        ("gebeld met Jan 1,5 uur", "", Some(90)),
        ("called Anna Jansen and Frank yesterday about the delay, 20 minutes", "2026-11-17 12:00", Some(20)),
        // As before.
        ("koffie met Sophie vorige week dinsdag om 14u, half uur", "2026-11-10 14:00", Some(30)),
        ("Sophie gebeld op 2026-11-02 09:00", "2026-11-02 09:00", None),
        ("Sophie gebeld om 9.30", "2026-11-18 09:30", None),
        ("called Sophie at noon", "2026-11-18 12:00", None),
        ("Sophie scoorde een 7, 10-12 stuks besteld", "", None),
    ] {
        let read = line(sentence);
        assert_eq!((when(&read).as_str(), read.minutes), (at, minutes), "{sentence}");
        assert_eq!(read.slip, None, "{sentence}");
    }
}

#[test]
fn a_date_the_calendar_does_not_have_is_told() {
    for sentence in ["called Jan on 31 Feb", "Jan gebeld op 31 februari", "32 november Jan gebeld", "Jan gebeld 2026-02-30"] {
        assert!(line(sentence).slip.is_some(), "{sentence}");
    }
    for sentence in ["Jan gebeld op 28 februari", "de offerte van 31 februari met Jan besproken", "Jan bestelde 45 stuks"] {
        assert_eq!(line(sentence).slip, None, "{sentence}");
    }
}

#[test]
fn nobody_in_a_list_is_dropped_and_nobody_talked_about_is_there() {
    for (sentence, people) in [
        ("lunch met jan, piet en roos", "Jan, piet?, Roos Bloem"),
        ("lunch with sophie, peter and joy", "Sophie van Dijk, peter?, Joy Brown"),
        ("jan en peter gebeld", "Jan, peter?"),
        ("called jan and peter yesterday", "Jan, peter?"),
        ("lunch met piet en jan", "piet?, Jan"),
        ("lunch with Sophie, Piet and Roos", "Sophie van Dijk, Piet?, Roos Bloem"),
        ("called jan and apologised", "Jan"),
        ("called Jan, happy", "Jan"),
        ("called jan, happy", "Jan"),
        ("lunch met jan en vrouw", "Jan"),
        ("koffie met jan en taart", "Jan"),
        ("gebeld met Jan over zijn zoon Mark", "Jan"),
        ("gebeld met jan over de offerte voor bart-jan", "Jan"),
        ("Jan told me that May Chen is ill", "Jan"),
        ("Jan zei dat May Chen ziek is", "Jan"),
        ("vertelde Jan dat Sophie komt", "Jan"),
        ("called Jan re Sophie", "Jan"),
        ("called Jan re: Sophie", "Jan"),
        ("called Jan concerning Sophie's order", "Jan"),
        ("called Jan, made the quote for Sophie", "Jan"),
        ("Called the accountant about Bill Page", ""),
        ("Called about Bill Page", "Bill Page"),
        ("will call Jan tomorrow at 10", "Jan"),
        ("bill sent to Sophie", "Sophie van Dijk"),
        ("bloem gebracht bij Jan", "Jan"),
        ("Mark my words, Jan was happy", "Jan"),
        ("Joy of seeing Bill Page at the fair", "Bill Page"),
        ("called may", "May Chen"),
        ("May called, angry", "May Chen"),
        ("May belde gisteren", "May Chen"),
        ("Will called", "Will Gift"),
        ("Joy was not happy", "Joy Brown"),
        ("lunch with joy", "Joy Brown"),
        ("Bill paid", "Bill Page"),
        ("called Mark and Bill", "Mark Bakker, Bill Page"),
        // As before.
        ("emailed Jan about Anna Jansen's birthday", "Jan"),
        ("Jan gemaild over Anna de Vries", "Jan"),
        ("spoke with Jan about Sophie's invoice", "Jan"),
        ("whatsapp from Joy", "Joy Brown"),
        ("Bart-Jan texted", "Bart-Jan"),
        ("gebeld met mw. de Vries", "Anna de Vries"),
        ("dhr Bakker gebeld", "Mark Bakker"),
        ("visited the Vos family last saturday", "Familie Vos"),
        ("belde Anna", "Anna*"),
        ("maandag Maandag BV bezocht", "Maandag BV"),
    ] {
        assert_eq!(who(sentence), people, "{sentence}");
    }
}

#[test]
fn what_is_still_to_come_is_a_plan_and_what_has_been_is_not() {
    for (sentence, at, ahead) in [
        ("ik ga vrijdag bij Jan langs", "2026-11-20 12:00", None),
        ("I will visit Sophie on friday", "2026-11-20 12:00", None),
        ("vrijdag Jan bellen", "2026-11-20 12:00", None),
        ("ik bel Jan vrijdag", "2026-11-20 12:00", None),
        ("op 30 november ga ik bij Sophie langs", "2026-11-30 00:00", None),
        ("morgen bellen met Frank", "2026-11-19 12:00", None),
        ("over twee weken belt Jan terug", "2026-12-02 12:00", None),
        ("will call Jan tomorrow at 10", "2026-11-19 10:00", None),
        ("afspraak om Jan vrijdag te bellen", "2026-11-20 12:00", None),
        ("lunch met Sophie, morgen om 1 uur", "2026-11-19 13:00", None),
        ("going to call Jan on 24 november", "2026-11-24 00:00", None),
        ("belde Jan, morgen terugbellen", "", Some("morgen")),
        ("called Jan, will call back friday", "", Some("friday")),
        ("lunch with Sophie, call back next week", "", Some("next week")),
        ("called Jan friday", "2026-11-13 12:00", None),
        ("called will yesterday", "2026-11-17 12:00", None),
        ("Jan gebeld op vrijdag", "2026-11-13 12:00", None),
        ("vrijdag Jan gesproken over hoe het gaat", "2026-11-13 12:00", None),
    ] {
        let read = line(sentence);
        assert_eq!((when(&read).as_str(), read.ahead.as_ref().map(|(_, typed)| typed.as_str())), (at, ahead), "{sentence}");
    }
}

#[test]
fn hearing_nothing_is_no_contact_and_no_answer_is_one_way() {
    for (sentence, silence) in [
        ("t/m gisteren niks gehoord van Will Gift", true),
        ("nothing heard from Sophie", true),
        ("haven't heard from Sophie since June", true),
        ("gebeld met Jan, hij had niks gehoord", false),
        ("called Jan, he haven't heard from Sophie", false),
        ("heard from Sophie", false),
    ] {
        assert_eq!(line(sentence).silence, silence, "{sentence}");
    }
    for sentence in [
        "Anna Jansen niet kunnen bereiken",
        "Frank nam niet op",
        "called frank, no answer",
        "called Roos, she didn't pick up",
        "Frank de Wit wasn't at home when I visited",
    ] {
        let read = line(sentence);
        assert_eq!((read.silence, read.inferred.direction), (false, Some(Direction::Out)), "{sentence}");
        assert!(read.inferred.channel.is_some(), "{sentence}");
    }
}

#[test]
fn channels_and_directions_are_read_as_people_say_them() {
    use Channel as C;
    use Direction as D;
    for (sentence, channel, direction) in [
        ("Sean O'Neill complained about the delay", None, Some(D::In)),
        ("Bakkerij Smit klaagde over de levering", None, Some(D::In)),
        ("klacht van Bakkerij Smit", None, Some(D::In)),
        ("Sophie complained to me by email", Some(C::Email), Some(D::In)),
        ("Joy was not happy", None, Some(D::In)),
        ("Joy baalde", None, Some(D::In)),
        ("gisteravond app van Sophie", Some(C::Message), Some(D::In)),
        ("sms van Sophie", Some(C::Message), Some(D::In)),
        ("Google review van Sophie", Some(C::Social), Some(D::In)),
        ("instagram comment from Sophie", Some(C::Social), Some(D::In)),
        ("Sophie left a 5-star review", Some(C::Social), Some(D::In)),
        ("@joy dm'd about the order", Some(C::Message), Some(D::In)),
        ("teruggebeld door Frank", Some(C::Phone), Some(D::In)),
        ("Sophie heeft teruggebeld", Some(C::Phone), Some(D::In)),
        ("Sophie kreeg een cadeau van mij", Some(C::Gift), Some(D::Out)),
        ("Jan kreeg een boeket van mij", Some(C::Gift), Some(D::Out)),
        ("Van Jan kreeg ik een kaart", Some(C::Card), Some(D::In)),
        ("Jan heeft een boeket gestuurd", Some(C::Gift), Some(D::In)),
        ("Bill Page paid the bill", None, Some(D::In)),
        ("met May Chen last friday", Some(C::Visit), None),
        ("spoke with Sophie", Some(C::Phone), None),
        ("talked to Sophie", Some(C::Phone), None),
        ("saw Sophie at the market", Some(C::Visit), None),
        ("bumped into Sophie", Some(C::Visit), None),
        ("Will Gift came by for a quick chat", Some(C::Visit), Some(D::In)),
        ("Sophie gesproken", Some(C::Phone), None),
        ("ontmoette Sophie", Some(C::Visit), None),
        ("uit eten met Sophie", Some(C::Visit), None),
        ("wandeling met Sophie", Some(C::Visit), None),
        ("vergadering met Sophie", Some(C::Visit), None),
        ("Sophie aan de lijn gehad", Some(C::Phone), None),
        ("1,5 uur bij Sophie", Some(C::Visit), None),
        ("gelunched met Sophie", Some(C::Visit), None),
        ("fles wijn aan Sophie gegeven", Some(C::Gift), Some(D::Out)),
        ("gave Sophie a bottle of wine", Some(C::Gift), Some(D::Out)),
        ("kado aan Sophie gegeven", Some(C::Gift), Some(D::Out)),
        ("verjaardag Mark Bakker: fles wijn gegeven, € 12,50", Some(C::Gift), Some(D::Out)),
        // As before.
        ("got a card from Sophie", Some(C::Card), Some(D::In)),
        ("sent Sophie a card", Some(C::Card), Some(D::Out)),
        ("met Sophie gebeld", Some(C::Phone), None),
        ("kaartje gekregen van Sophie", Some(C::Card), Some(D::In)),
        ("voicemail ingesproken bij Sophie", Some(C::Phone), Some(D::Out)),
        ("ik werd gebeld door Sophie", Some(C::Phone), Some(D::In)),
        ("Sophie kwam langs", Some(C::Visit), Some(D::In)),
        ("Jose called back", Some(C::Phone), Some(D::In)),
        ("coffee with O'Neill this morning 45 min", Some(C::Visit), None),
    ] {
        let read = line(sentence);
        assert_eq!((read.inferred.channel, read.inferred.direction), (channel, direction), "{sentence}");
        assert_eq!(read.people.len(), 1, "{sentence}");
    }
}

#[test]
fn names_are_found_as_they_are_said() {
    for (sentence, people) in [
        ("de boer gebeld", "De Boer & Zn"),
        ("De boer gebeld", "De Boer & Zn"),
        ("visited de boer yesterday", "De Boer & Zn"),
        ("De Boer en Zn gebeld", "De Boer & Zn"),
        ("called de boer and zn", "De Boer & Zn"),
        ("de Boer gebeld", "De Boer & Zn"),
        ("boer gebeld", "De Boer & Zn"),
        ("belde Piet de Boer", "Piet de Boer?"),
        ("Jans vrouw gebeld", "Jan"),
        ("Sophies hond is ziek", "Sophie van Dijk"),
        ("Annas hond is ziek", "Annas*"),
        ("Sophie's hond is ziek", "Sophie van Dijk"),
        ("de bakker gebeld", ""),
        ("called Oneil", "Oneil?"),
    ] {
        assert_eq!(who(sentence), people, "{sentence}");
    }
}

#[test]
fn a_plain_feeling_of_the_customer_is_read_and_no_other() {
    for (sentence, felt) in [
        ("called Sophie, she was delighted", Some(1.0)),
        ("called Sophie, angry about the invoice", Some(-1.0)),
        ("Sophie gebeld, ze was boos", Some(-1.0)),
        ("appje van Sophie 😍", Some(1.0)),
        ("called Sophie, happy", Some(0.5)),
        ("Sophie belde, heel tevreden met de keuken", Some(0.5)),
        ("Joy was not happy", None),
        ("Joy was niet blij", None),
        ("ik was blij met Sophie", None),
        ("sent Sophie a happy birthday card", None),
        ("called Sophie, first angry, then happy", None),
        ("called Joy about how to make people happy", None),
        ("called Joy", None),
    ] {
        assert_eq!(line(sentence).felt.map(|(felt, _)| felt), felt, "{sentence}");
    }
}
