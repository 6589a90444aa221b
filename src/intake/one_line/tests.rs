use chrono::{DateTime, FixedOffset};
use proptest::prelude::*;

use super::*;
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::{Channel, Direction};
use crate::intake::contact_words::Words;
use crate::intake::dates::{Lean, parse_moment, parse_stamp};
use crate::intake::mutate::damaged;

/// Saturday 21 November 2026, two in the afternoon.
fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-21T14:00:00+01:00").unwrap()
}

const CUSTOMERS: &[&str] = &[
    "Anna Jansen",
    "Bart de Vries",
    "Jan Bakker",
    "Jan Visser",
    "May Jansen",
    "Bakkerij De Jong",
    "Maandag Mode B.V.",
    "Carla",
    "O'Neill & Zn",
    "J.P. Coen",
];

fn called() -> impl Iterator<Item = (CustomerId, &'static str)> {
    let other = [(CustomerId(7), "Krul"), (CustomerId(7), "info@carla.nl"), (CustomerId(7), "0612345678")];
    CUSTOMERS.iter().enumerate().map(|(id, name)| (CustomerId(id as i64), *name)).chain(other)
}

fn names() -> Names {
    Names::new(called())
}

/// Read with the names that may stand in it, which must come to the same as with all.
fn line(sentence: &str) -> Line {
    let line = read(sentence, &Names::that_may_stand_in(sentence, called()), &Words::default(), &now());
    assert_eq!(line, read(sentence, &names(), &Words::default(), &now()), "{sentence}");
    line
}

fn shown(person: &Person) -> String {
    let name = |id: &CustomerId| CUSTOMERS[id.0 as usize].to_owned();
    match person {
        Person::Known(id) => name(id),
        Person::Several { typed, .. } => format!("{typed}*"),
        Person::Unknown { typed, .. } => format!("{typed}?"),
    }
}

fn who(sentence: &str) -> String {
    line(sentence).people.iter().map(shown).collect::<Vec<_>>().join(", ")
}

fn when(sentence: &str) -> String {
    let at = line(sentence).at;
    at.map_or(String::new(), |(at, _)| {
        DateTime::from_timestamp_millis(at.0).unwrap().with_timezone(&now().timezone()).format("%m-%d %H:%M").to_string()
    })
}

#[test]
fn sentences_say_who_when_how_and_how_long() {
    use Channel as C;
    use Direction as D;
    type Row = (&'static str, &'static str, &'static str, Option<Channel>, Option<Direction>, Option<u32>);
    let table: &[Row] = &[
        (
            "Belde gisteren Anna en Bart over de vertraging, excuses aangeboden",
            "Anna Jansen, Bart de Vries",
            "11-20 12:00",
            Some(C::Phone),
            None,
            None,
        ),
        ("Lunch met Bart de Vries, gisterenmiddag om 3 uur, anderhalf uur", "Bart de Vries", "11-20 15:00", Some(C::Visit), None, Some(90)),
        ("Called Anna last friday at 2pm, 20 minutes", "Anna Jansen", "11-20 14:00", Some(C::Phone), None, Some(20)),
        ("Kreeg vanmorgen een mail van Carla", "Carla", "11-21 09:00", Some(C::Email), Some(D::In), None),
        ("Anna belde over de offerte", "Anna Jansen", "", Some(C::Phone), Some(D::In), None),
        ("Coffee with Carla on Nov 5", "Carla", "11-05 00:00", Some(C::Visit), None, None),
        ("vorige week dinsdag anna gesproken bij de koffie, half uur", "Anna Jansen", "11-10 12:00", Some(C::Visit), None, Some(30)),
        (
            "3 dagen geleden een kaartje gestuurd naar Bakkerij de Jong",
            "Bakkerij De Jong",
            "11-18 12:00",
            Some(C::Card),
            Some(D::Out),
            None,
        ),
        ("Mailed O'Neill & Zn on 2026-11-01 14:30", "O'Neill & Zn", "11-01 14:30", Some(C::Email), None, None),
        ("maandag 14:00 gebeld met Krul (45 min)", "Carla", "11-16 14:00", Some(C::Phone), None, Some(45)),
        ("We called May Jansen, 1,5 uur", "May Jansen", "", Some(C::Phone), Some(D::Out), Some(90)),
        ("Bezoek van Maandag Mode BV op 12 november", "Maandag Mode B.V.", "11-12 00:00", Some(C::Visit), None, None),
        ("zojuist Anna geappt", "Anna Jansen", "11-21 14:00", Some(C::Message), None, None),
        (
            "Zoom with Anna Jansen and Carla an hour ago, 2 hours and 15 minutes",
            "Anna Jansen, Carla",
            "11-21 13:00",
            Some(C::Video),
            None,
            Some(135),
        ),
        ("Carla called me this morning", "Carla", "11-21 09:00", Some(C::Phone), Some(D::In), None),
        ("Gisteren, om 9 uur, belde Anna's man", "Anna Jansen", "11-20 09:00", Some(C::Phone), None, None),
        ("J. P. Coen gemaild", "J.P. Coen", "", Some(C::Email), None, None),
    ];
    for &(sentence, people, at, channel, direction, minutes) in table {
        let read = line(sentence);
        let said = (who(sentence), when(sentence), read.inferred.channel, read.inferred.direction, read.minutes);
        assert_eq!(said, (people.to_owned(), at.to_owned(), channel, direction, minutes), "{sentence}");
    }
}

#[test]
fn names_are_found_whole_in_part_and_where_people_are_named() {
    for (sentence, people) in [
        ("belde jan", "jan*"),
        ("belde Jan Visser", "Jan Visser"),
        ("Jan Visser gebeld, Jan was blij", "Jan Visser"),
        ("belde de bakkerij", ""),
        ("belde over de nieuwe bakkerij met carla", "Carla"),
        ("lunch bij bakkerij de jong", "Bakkerij De Jong"),
        ("Belde Anna over Bart", "Anna Jansen"),
        ("Belde Anna namens Bart", "Anna Jansen"),
        ("Belde over Bart en Carla", "Bart de Vries, Carla"),
        ("Belde Anna over Bart en Carla", "Anna Jansen"),
        ("Lunch met Anna, Carla en Bart", "Anna Jansen, Carla, Bart de Vries"),
        ("Lunch met Anna,Carla & Bart", "Anna Jansen, Carla, Bart de Vries"),
        ("Anna gemaild, ANNA belde terug", "Anna Jansen"),
        ("mail naar Carla's zus", "Carla"),
        ("Belde mevrouw Visser", "Jan Visser"),
        ("anna belde", "Anna Jansen"),
        ("Met Bakker geluncht", "Jan Bakker"),
    ] {
        assert_eq!(who(sentence), people, "{sentence}");
    }
}

#[test]
fn the_names_that_may_stand_in_a_sentence_say_what_all_would() {
    let called = [(CustomerId(1), "O'Neill & Zn"), (CustomerId(2), "JP"), (CustomerId(3), "Zoë Smit"), (CustomerId(4), "J.P. Coen")];
    for (sentence, expected) in [("belde O'Neill", 1), ("met J P gebeld", 2), ("belde Zoe", 3), ("belde zoë", 3), ("belde Coen", 4)] {
        let line = read(sentence, &Names::that_may_stand_in(sentence, called), &Words::default(), &now());
        assert_eq!(line, read(sentence, &Names::new(called), &Words::default(), &now()), "{sentence}");
        assert_eq!(line.people, [Person::Known(CustomerId(expected))], "{sentence}");
    }
}

#[test]
fn strangers_are_told_and_other_capitals_are_none() {
    for (sentence, people) in [
        ("Belde gisteren Anna en Willem", "Anna Jansen, Willem?"),
        ("Lunch with Anna, Willem and Carla", "Anna Jansen, Willem?, Carla"),
        ("Belde Willem van den Berg over de offerte", "Willem van den Berg?"),
        ("Belde Anna Bakker", "Anna Bakker?"),
        ("Belde Anna van Dijk", "Anna van Dijk?"),
        ("Belde Piet Visser", "Piet Visser?"),
        ("Sprak met Willem", "Willem?"),
        ("sent a card to Willem", "Willem?"),
        ("Mail van Willem beantwoord, Anna in cc", "Willem?, Anna Jansen"),
        ("Willem belde over de levering", "Willem?"),
        ("Willem en Anna belden", "Willem?, Anna Jansen"),
        ("Eindelijk Anna gesproken", "Anna Jansen"),
        ("Excuses aangeboden aan Anna", "Anna Jansen"),
        ("Belde Anna over Exact en Moneybird", "Anna Jansen"),
        ("Lunch met Anna in Amsterdam", "Anna Jansen"),
        ("Went to Paris with Carla", "Carla"),
        ("Met Kerst Anna een kaart gestuurd", "Anna Jansen"),
        ("Called Anna, Google works again", "Anna Jansen, Google?"),
        ("Belde Anna. Goed gesprek over SEO en BTW", "Anna Jansen"),
        ("Kaart gestuurd aan Anna met Pasen", "Anna Jansen"),
        ("Offerte besproken via Zoom met Anna", "Anna Jansen"),
        ("Even gebeld", ""),
    ] {
        assert_eq!(who(sentence), people, "{sentence}");
    }
    let Person::Unknown { like, .. } = line("Belde Anna Bakker").people.remove(0) else { panic!("somebody unknown") };
    assert_eq!(like, [CustomerId(0)]);
}

#[test]
fn only_what_can_mean_nothing_else_is_a_time() {
    for (sentence, at) in [
        ("Anna belde 5 keer", ""),
        ("belde Jan 5 keer", ""),
        ("Anna, factuur 20261101", ""),
        ("Anna betaalde 14.30", ""),
        ("Anna is voor 3/4 klaar", ""),
        ("versie 1.2.3 voor Anna", ""),
        ("Anna zo gebeld", ""),
        ("Anna mei gebeld", ""),
        ("we may call Anna", ""),
        ("Anna sat down", ""),
        ("2 jaar geleden is Anna verhuisd", ""),
        ("offerte van 12 november met Anna besproken", ""),
        ("Anna is klant sinds vorige week", ""),
        ("gisteren 2 uur met Anna gebeld", "11-20 12:00"),
        ("gisteren om 2 uur met Anna gebeld", "11-20 14:00"),
        ("Anna gebeld om 9 uur", "11-21 09:00"),
        ("Anna gebeld om 1 uur", "11-21 13:00"),
        ("maandag 14 uur Anna", "11-16 14:00"),
        ("Anna, vr 20 november", "11-20 00:00"),
        ("di 14:00 Anna gebeld", "11-17 14:00"),
        ("op mei 5 Anna gebeld", "05-05 00:00"),
        ("Anna gebeld op 5 mei", "05-05 00:00"),
        ("on May 5 with Anna", "05-05 00:00"),
        ("Anna gebeld, maandag komt de monteur", ""),
        ("Anna gebeld, maandag", "11-16 12:00"),
        ("eergisteren Anna, gisteren Carla", "11-19 12:00"),
        ("half uur geleden Anna gebeld", "11-21 13:30"),
        ("spoke to Anna half an hour ago", "11-21 13:30"),
        ("this week Anna", ""),
    ] {
        assert_eq!(when(sentence), at, "{sentence}");
    }
}

#[test]
fn a_moment_to_come_is_a_plan() {
    let read = line("Belde Anna, volgende week terugbellen");
    assert_eq!((read.at, read.ahead.map(|(_, typed)| typed)), (None, Some("volgende week".to_owned())));
    let read = line("Belde gisteren Anna, morgen terugbellen");
    assert_eq!((read.at.map(|(_, typed)| typed), read.ahead), (Some("gisteren".to_owned()), None));
}

#[test]
fn only_the_time_of_the_contact_counts_as_its_length() {
    for (sentence, minutes) in [
        ("Anna, 20 minuten te laat", None),
        ("Anna over de vertraging van 2 uur", None),
        ("2 uur vertraging, Anna gebeld", None),
        ("Anna belt over 20 minuten terug", None),
        ("Anna om 3 uur gebeld", None),
        ("20 minuten geleden Anna gebeld", None),
        ("gesprek met Anna van 20 minuten", Some(20)),
        ("een uur en een kwartier met Anna", Some(75)),
        ("Anna 45min", Some(45)),
        ("uurtje met Anna", None),
        ("een uurtje met Anna, daarna 10 min met Bart", Some(60)),
        ("2,5 uur Anna", Some(150)),
        ("999999 uur Anna", None),
    ] {
        assert_eq!(line(sentence).minutes, minutes, "{sentence}");
    }
}

#[test]
fn names_alone_say_nothing_of_what_happened() {
    for (sentence, only) in [("Anna Jansen", true), ("anna en bart, gisteren", true), ("Anna belde", false), ("", true), ("Anna!", true)] {
        assert_eq!(line(sentence).only_names, only, "{sentence}");
    }
}

fn wordy() -> impl Strategy<Value = String> {
    let words = [
        "Anna",
        "en",
        ",",
        "Willem",
        "van",
        "de",
        "Berg",
        "belde",
        "gisteren",
        "om",
        "3",
        "uur",
        "half",
        "14:30",
        "met",
        "&",
        "May",
        "5",
        "November",
        "'s",
        "J.",
        "P.",
        "Coen",
        "over",
        "anderhalf",
        "minuten",
        "geleden",
        "Maandag",
        "Mode",
        "BV",
        "—",
        "volgende",
        "week",
        "zo",
        "é",
        "İ",
        "99999999",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..14).prop_map(|words| words.join(" "))
}

#[test]
fn long_notes_are_read_in_no_time() {
    for piece in ["Anna en ", "en ", "Willem, ", "half uur ", "om 3 uur ", "de ", "even mevrouw "] {
        let started = std::time::Instant::now();
        line(&piece.repeat(10_000));
        assert!(started.elapsed().as_secs() < 2, "{piece}");
    }
}

#[test]
fn damaged_sentences_are_read_as_far_as_they_go() {
    let seeds = [
        "Belde gisteren om half 4 met Anna Jansen en Krul over de vertraging, excuses aangeboden, 20 minuten",
        "Lunch met J.P. Coen en mevr. De Vries (Bakkerij De Jong) op 12-3-2026 van 12:00 tot 13.30, anderhalf uur",
        "Mailed info@carla.nl & O'Neill & Zn last Tuesday at 4pm about €\u{a0}1.250,-; +31 6 12345678 called back \u{1f600}",
    ];
    damaged(&seeds, |n, bytes| {
        let sentence = String::from_utf8_lossy(bytes);
        for person in line(&sentence).people {
            if let Person::Several { typed, .. } | Person::Unknown { typed, .. } = person {
                assert!(!typed.is_empty() && sentence.contains(&typed), "{n}: {typed:?} in {sentence:?}");
            }
        }
        for lean in [Lean::Past, Lean::Future] {
            let _ = parse_moment(&sentence, &now(), lean);
        }
        let _ = Words::default().infer(&sentence);
    });
}

#[test]
fn damaged_dates_are_moments_or_are_told_in_words() {
    let seeds = [
        "2026-06-30T14:30:00.123+02:00",
        "30 juni 2026 om half drie",
        "vorige week dinsdag 4pm",
        "3 months ago",
        "over 2 weken",
        "30-6-'26 14u",
    ];
    damaged(&seeds, |n, bytes| {
        let typed = String::from_utf8_lossy(bytes);
        for lean in [Lean::Past, Lean::Future] {
            if let Err(said) = parse_moment(&typed, &now(), lean) {
                assert!(!said.en.is_empty() && !said.nl.is_empty(), "{n}: {typed:?}");
            }
        }
        let _ = parse_stamp(&typed, now().offset());
    });
}

proptest! {
    #[test]
    fn nothing_typed_makes_it_fall_over(typed in any::<String>(), words in wordy()) {
        for sentence in [&typed, &words] {
            for person in line(sentence).people {
                if let Person::Several { typed, .. } | Person::Unknown { typed, .. } = person {
                    prop_assert!(!typed.is_empty() && sentence.contains(&typed));
                }
            }
        }
    }
}
