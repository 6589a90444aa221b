//! What people type: dates, sentences, amounts, numbers, names.

use attent::domain::calendar::Days;
use attent::domain::directory::{Directory, Who, is_free_mail};
use attent::domain::incident::{ServiceLevel, WorkingWeek};
use attent::domain::money::Cents;
use attent::domain::names::{find, fold, identity, slug};
use attent::domain::numbers::shortest;
use attent::domain::occasion::OccasionKind;
use attent::domain::party::{Anniversary, Party};
use attent::domain::phone::{Country, normal};
use attent::domain::rule::{RuleId, switch};
use attent::domain::text::{Lang, Text};
use attent::domain::touchpoint::CustomerId;
use attent::domain::{limits, words};
use attent::intake::contact_words::{self, Words};
use attent::intake::dates::{Lean, parse_moment, parse_stamp, slip_of, soon_again};
use attent::intake::near::{nearest, shorten, suggest};
use attent::intake::one_line::{self, Names, read};
use attent::render::format::Format;
use attent::render::locale::Look;
use attent::render::sanitize::{defused, is_hidden, visible};
use chrono::{DateTime, FixedOffset, TimeZone as _};

use super::yaml::assert_told;

/// Every moment at which the words are read: an ordinary one, leap day, the edges of the calendar.
fn moments() -> [DateTime<FixedOffset>; 5] {
    let at = |seconds: i32, moment: (i32, u32, u32, u32)| {
        let (year, month, day, hour) = moment;
        let zone = FixedOffset::east_opt(seconds).expect("an offset");
        zone.with_ymd_and_hms(year, month, day, hour, 59, 59).single().expect("a moment")
    };
    [
        at(7_200, (2026, 6, 30, 12)),
        at(0, (2024, 2, 29, 23)),
        at(-43_200, (2026, 12, 31, 23)),
        at(50_400, (1970, 1, 1, 0)),
        at(0, (9999, 12, 31, 23)),
    ]
}

fn told<T>(read: Result<T, Text>) -> Option<T> {
    read.map_err(|why| {
        assert!(!why.is_empty());
        assert_told(&why);
    })
    .ok()
}

/// A day, a time, a length of time.
pub fn dates(bytes: &[u8]) {
    let typed = &*String::from_utf8_lossy(bytes);
    for now in moments() {
        for lean in [Lean::Past, Lean::Future] {
            if let Some(at) = told(parse_moment(typed, &now, lean)) {
                assert!(DateTime::from_timestamp_millis(at.0).is_some(), "{at:?}");
            }
        }
        slip_of(typed, &now).iter().for_each(assert_told);
        drop(soon_again(typed, &now));
        told(parse_stamp(typed, &now.timezone()));
    }
    if let Some(minutes) = one_line::minutes(typed) {
        assert!(minutes > 0, "{typed:?} takes no time");
    }
    if let Some(days) = told(typed.parse::<Days>()) {
        assert!(days.0 > 0.0 && days.0 <= 36_500.0, "{days:?}");
        // an hour is the smallest part people write, and it is written to a millionth
        if days.0 > 1e-6 {
            let again: Days = days.to_string().parse().expect("what is shown can be read");
            assert!((again.0 - days.0).abs() < 1e-6, "{days:?} became {again:?}");
        }
    }
    if let Some(hours) = told(ServiceLevel::read_hours(typed)) {
        drop(ServiceLevel::show_hours(hours));
    }
    let days = told(WorkingWeek::read_days(typed));
    let hours = told(WorkingWeek::read_hours(typed));
    if days.is_some() || hours.is_some() {
        let (from, until) = hours.unwrap_or((540, 1_020));
        let week = WorkingWeek { days: days.unwrap_or([true; 7]), from, until };
        assert_eq!(WorkingWeek::read_days(&week.days_shown()), Ok(week.days), "{}", week.days_shown());
        assert_eq!(WorkingWeek::read_hours(&week.hours_shown()), Ok((from, until)), "{}", week.hours_shown());
    }
    told(typed.parse::<WorkingWeek>());
    drop(Anniversary::read("birthday", typed));
    let _ = OccasionKind::of_tag(typed);
}

const CUSTOMERS: &[&str] = &[
    "Anna de Vries",
    "Anna Bakker",
    "Bart",
    "Van den Berg & Zn.",
    "Bakkerij De Gouden Korenaar",
    "J. R. R. Smit",
    "Żółć",
    "Mei",
    "42",
    "De",
];

/// A sentence of `log`, with the names of all customers and with those that may stand in it, which says the same.
pub fn sentences(bytes: &[u8]) {
    let typed = &*String::from_utf8_lossy(&bytes[..bytes.len().min(20_000)]);
    let customers = || (1..).map(CustomerId).zip(CUSTOMERS.iter().copied());
    let words = Words::default();
    for now in [&moments()[0], &moments()[1]] {
        let whole = read(typed, &Names::new(customers()), &words, now);
        let some = read(typed, &Names::that_may_stand_in(typed, customers()), &words, now);
        assert_eq!(whole, some, "with fewer names it says something else");
        assert!(whole.felt.as_ref().is_none_or(|(felt, _)| (-1.0..=1.0).contains(felt)));
        whole.slip.iter().for_each(assert_told);
    }
    let _ = contact_words::infer(typed);
}

/// Amounts, telephone numbers, names, settings of one word.
pub fn small_words(bytes: &[u8]) {
    let typed = &*String::from_utf8_lossy(bytes);
    if let Some(cents) = told(typed.parse::<Cents>()) {
        let look = Look::default();
        assert!(!look.money(cents).is_empty() && !look.number(cents.units(), 2).is_empty());
        assert_eq!(Cents::from_units(cents.units()), Ok(cents), "an amount stays itself");
    }
    for country in ["NL", "BE", "IT", "US", "HU", "LT", "GB"].into_iter().filter_map(Country::of) {
        if let Some(number) = normal(typed, country) {
            assert_eq!(normal(&number, country).as_deref(), Some(&*number), "normalising twice");
        }
    }
    let folded = fold(typed);
    assert_eq!(fold(&folded), folded, "folding twice");
    assert_eq!(fold(&slug(typed)), folded, "a slug folds to the same");
    assert_eq!(identity(&identity(typed)), identity(typed));
    told(limits::name(typed));
    told(limits::note(typed));
    told(typed.parse::<words::Channel>());
    told(typed.parse::<words::Severity>());
    told(typed.parse::<attent::intake::kinds::FileKind>());
    drop((
        typed.parse::<RuleId>(),
        typed.parse::<Format>(),
        switch(typed),
        Lang::from_locale(typed),
        Country::of(typed),
        is_free_mail(typed),
    ));
    assert!(shorten(typed).chars().count() <= 200);
    drop((nearest(typed, CUSTOMERS.iter().copied()), suggest(typed, CUSTOMERS)));
    if let Ok(number) = typed.trim().parse::<f64>() {
        assert_told(&shortest(number));
    }
    let shown = visible(typed);
    assert_eq!(visible(&shown), shown, "what is visible stays so");
    assert!(shown.chars().all(|c| !is_hidden(c) || c == '\u{200d}' || c == '\u{200c}'), "{shown:?}");
    assert!(!defused(&shown).starts_with(['=', '+', '-', '@']) || typed.trim().parse::<f64>().is_ok(), "a formula: {shown:?}");
}

/// Lines are customers with their keys (`;` between them); the last is whom to find.
pub fn directory(bytes: &[u8]) {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(8_000)]);
    let lines: Vec<&str> = text.lines().take(60).collect();
    let Some((sought, customers)) = lines.split_last() else { return };
    let mut directory = Directory::new(Country::of("NL").expect("a country"));
    for (id, line) in (1..).map(CustomerId).zip(customers) {
        let mut keys = line.split(';');
        directory.add(id, keys.next().unwrap_or_default(), keys);
    }
    let party = Party { name: (*sought).to_owned(), addresses: vec![sought.to_lowercase()], phones: vec![(*sought).to_owned()] };
    for who in [directory.who(&party), directory.who_wrote(&party)] {
        match who {
            Who::Certain(_, why) => assert_told(&why),
            Who::Doubtful(some) => {
                assert!((1..=5).contains(&some.len()));
                some.iter().for_each(|(_, why)| assert_told(why));
            }
            Who::Nobody => {}
        }
    }
    let named = directory.named_in(sought);
    let places = named.certain.iter().map(|one| &one.at).chain(named.ambiguous.iter().map(|one| &one.at));
    places.for_each(|at| assert!(sought.get(at.clone()).is_some(), "{at:?} is no place in the text"));
    drop((directory.similar(sought), directory.doubles(), directory.knows(sought)));
    drop(find(sought, (1..).map(CustomerId).zip(customers.iter().copied())));
}
