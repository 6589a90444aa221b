use super::*;
use crate::domain::complaint::Complaint;
use crate::domain::customer::{GiftPolicy, GiftTerms};
use crate::domain::money::Cents;
use crate::domain::rule::RuleId;
use crate::domain::text::Lang;
use crate::domain::words::Channel;
use crate::intake::journey::parse_journey;
use crate::intake::kinds::FileKind;
use crate::intake::mutate::damaged;
use crate::intake::playbook::parse_playbook;
use crate::intake::told::told;

fn check(text: &str, expected: &[&str]) -> Option<WorkspaceFile> {
    let parsed = parse_workspace(text.as_bytes());
    assert_eq!(told(text, &parsed.complaints), expected, "{text}");
    parsed.value
}

#[test]
fn every_key_is_read_and_has_a_place() {
    let text = "language: nl\ncurrency: eur\nme: [Me@Example.NL]\njourney: customer\nhalf_life: 60d\nfailure_half_life: 3m\n\
        weights: {human: 30, reciprocity: 10}\nchannels: {phone: 0.9, visit: 1}\npressure_cap: 3\nbudget:\n  minutes: 120\n  euros: 50\n";
    let file = check(text, &[]).unwrap();
    assert_eq!((file.language, file.currency.as_deref(), file.journey.as_deref()), (Some(Lang::Nl), Some("EUR"), Some("customer")));
    assert_eq!((&file.me[0][..], file.half_life, file.failure_half_life), ("me@example.nl", Some(60.0), Some(90.0)));
    assert_eq!((file.weights.human, file.weights.personal, file.pressure_cap), (Some(30.0), None, Some(3.0)));
    assert_eq!(file.channels, [(Channel::Visit, 1.0), (Channel::Phone, 0.9)]);
    assert_eq!((file.budget_minutes, file.budget_money), (Some(120), Some(Cents(5_000))));
    let at = |key: &str| file.span_of(key).map(|span| &text[span.start..span.end]);
    assert_eq!((at("language"), at("weights.human"), at("budget.euros"), at("hold")), (Some("nl"), Some("30"), Some("50"), None));
}

#[test]
fn everything_may_be_left_out() {
    assert_eq!(check("# nothing yet\n", &[]), Some(WorkspaceFile::default()));
    assert_eq!(check("\u{feff}\n", &["1:1 this file is empty; it counts as not being there"]), Some(WorkspaceFile::default()));
    assert_eq!(check("me: x@y.nl\nlanguage:\n", &[]).unwrap().me, ["x@y.nl"]);
}

#[test]
fn mistakes_have_their_places() {
    check("language: no\n", &["1:11 `no` is not a value of `language`"]);
    check("langauge: nl\n", &["1:1 unknown key `langauge` | did you mean `language`?"]);
    check("currency: euro\n", &["1:11 `euro` is not a currency code"]);
    check("weights: {human: -1}\n", &["1:18 this must be 0 or more"]);
    check(
        "channels: {phone: 0, fax: 1, visit: 1.5}\n",
        &["1:19 this must be more than 0", "1:22 unknown key `fax`", "1:37 this must be 1 or less"],
    );
    check(
        "pressure_cap: 0\nbudget: {minutes: 1.5, euros: veel}\n",
        &["1:15 this must be more than 0", "2:19 expected a whole number, found a number", "2:31 `veel` is not an amount, such as 12.50"],
    );
    check("half_life: 0d\n", &["1:12 `0d` is not a possible duration: it must be longer than nothing and at most 100 years"]);
    check("journey: My Journey\n", &["1:10 `My Journey` cannot be an id"]);
}

#[test]
fn weights_that_miss_100_are_a_warning() {
    let file = check("weights:\n  human: 30\n", &["1:1 the weights add up to 105, not to 100"]);
    assert_eq!(file.unwrap().weights.human, Some(30.0));
}

#[test]
fn own_words_are_read_by_what_they_say() {
    use crate::domain::words::{Direction, Kind};
    let text = "words:\n  visit: [koffieklets, Op de koffie]\n  in: kwam binnen\n  transactional: [pakbon]\n  promo:\n";
    let file = check(text, &[]).unwrap();
    let read = file.words.infer("koffieklets over de mail, kwam binnen met een pakbon");
    assert_eq!((read.channel, read.direction, read.kind), (Some(Channel::Visit), Some(Direction::In), Some(Kind::Transactional)));
    check("words: {vist: [x]}\n", &["1:9 unknown key `vist` | did you mean `visit`?"]);
    check("words: {visit: [[a]]}\n", &["1:17 expected text, found a list"]);
    check("words: {visit: ['!']}\n", &["1:16 `!` holds no letter or digit"]);
    check("words: [a]\n", &["1:8 expected keys with values, found a list"]);
}

#[test]
fn sources_are_read_and_their_mistakes_told_at_their_place() {
    let text = "ignore: [\"@Boekhouder.nl\"]\ncountry: be\nsources:\n  - path: ~/Maildir\n    as: maildir\n    since: 2026-01-01\n    new: true\n  \
        - path: shop\n    profile: woocommerce-orders\n    only: [Klant]\n";
    let file = check(text, &[]).unwrap();
    assert_eq!((file.ignore.as_slice(), file.country.as_deref()), (&["@boekhouder.nl".to_owned()][..], Some("BE")));
    assert_eq!(file.sources.len(), 2);
    let (mail, shop) = (&file.sources[0], &file.sources[1]);
    assert_eq!(
        (mail.path.as_str(), mail.kind, mail.since.as_deref(), mail.new),
        ("~/Maildir", Some(FileKind::Maildir), Some("2026-01-01"), true)
    );
    assert_eq!((shop.profile.as_deref(), shop.new, shop.only.as_slice()), (Some("woocommerce-orders"), false, &["klant".to_owned()][..]));
    check(
        "sources:\n  - path: a\n  - path: a\n  - path: b\n    since: 2026-02-30\n    profile: woocomerce-orders\n",
        &[
            "3:11 `a` stands in the list twice",
            "5:12 `2026-02-30` is not a day of the calendar",
            "6:14 there is no profile `woocomerce-orders` | did you mean `woocommerce-orders`?",
        ],
    );
}

/// Whatever is wrong with a file is told at a place in it.
#[test]
fn damaged_settings_journeys_and_playbooks_are_told_at_places_in_them() {
    let settings = "language: nl\ncurrency: eur\nme: [Me@Example.NL]\nhalf_life: 60d\nweights: {human: 30, reciprocity: 10}\n\
        channels: &c {phone: 0.9, visit: 1}\nrules: {G5: off, crowded: on}\nrecovery: {acknowledge: 4h, \
        working_days: [ma, 'di-vr'], working_hours: 9-17}\nnudge: {max: 5}\ngift_policies: {zorg: none, raad: {accepts: 50}}\nbudget:\n  minutes: 120\n  euros: 50\nwords:\n  visit: [koffieklets, \"op de \\u006boffie\"]\n\
        sources:\n  - path: ~/Maildir\n    since: 2026-01-01\n  - {path: x.csv, as: csv, profile: shop}\nprofiles:\n  shop:\n    columns:\n\
        \x20     at: Datum\n      customer: [Klant, 'N\u{e9}']\n    always: *c\n    gives: contacts\n    note: |\n      meer\n      regels\n";
    let journey = include_str!("../journey_example.yaml");
    let plays = "plays:\n  - id: call\n    title: Bel\n    minutes: 10\n    costs: 2.50\n    channel: phone\n    when: [cold, {gap: 30d}]\n\
        off: [card]\n";
    damaged(&[settings, journey, plays], |n, bytes| {
        let read = |complaints: Vec<Complaint>| {
            for complaint in complaints {
                let spans = [Some(complaint.span), complaint.also.map(|(span, _)| span)];
                assert!(spans.into_iter().flatten().all(|span| span.start <= span.end && span.end <= bytes.len()), "{n}");
                assert!(!complaint.what.en.is_empty() && !complaint.what.nl.is_empty(), "{n}");
            }
        };
        match n % 3 {
            0 => read(parse_workspace(bytes).complaints),
            1 => read(parse_journey(bytes).complaints),
            _ => read(parse_playbook(bytes).complaints),
        }
    });
}

#[test]
fn a_source_with_a_wrong_key_is_told_once_and_where_it_is() {
    for (text, said, help) in [
        ("sources:\n  - pad: exports\n", &["`path` is missing", "unknown key `pad`"][..], "did you mean `path`?"),
        ("sources:\n  - path: x\n    since: 01-02-2026\n", &["`01-02-2026` is not a day of the calendar"], "write 2026-02-01"),
        ("sources:\n  - path: x\n    since: morgen\n", &["`morgen` is not a day of the calendar"], "2026-01-31"),
        ("me: [joke]\n", &["`joke` is not a mail address"], "@example.nl for everybody"),
        ("me: winkel.nl\n", &["`winkel.nl` is not a mail address"], "@example.nl for everybody"),
        ("me: [a@b.nl, '@c.nl']\n", &[], ""),
    ] {
        let complaints = parse_workspace(text.as_bytes()).complaints;
        assert_eq!(complaints.iter().map(|complaint| complaint.what.en.as_str()).collect::<Vec<_>>(), said, "{text}");
        assert!(help.is_empty() || complaints.iter().any(|complaint| complaint.help.en.contains(help)), "{text}: {complaints:?}");
    }
}

#[test]
fn rules_are_switched_by_name() {
    let file = check(
        "rules: {G5: off, crowded: Uit, REF1: nee, G1: true, opt-out: on, R8: false, R9:}\n",
        &["1:27 `Uit` is not a value of `crowded` | did you mean `uit`?"],
    );
    assert_eq!(file, None);
    let text = "rules:\n  G5: off\n  crowded: uit\n  REF1: nee\n  G1: true\n  opt-out: on\n  R8: false\n  R9:\n";
    let file = check(text, &[]).unwrap();
    let (on, off) = (true, false);
    let expected =
        [(RuleId::OptOut, on), (RuleId::R8, off), (RuleId::Crowded, off), (RuleId::G1, on), (RuleId::G5, off), (RuleId::Ref1, off)];
    assert_eq!(file.rules, expected);
    assert_eq!(file.span_of("rules.G5").map(|span| &text[span.start..span.end]), Some("off"));
    check("rules: {opt-out: off}\n", &["1:18 the rule `opt-out` cannot be switched off"]);
    check(
        "rules: {g5: off, G12: off, G6: perhaps}\n",
        &[
            "1:9 unknown key `g5` | did you mean `G5`?",
            "1:18 unknown key `G12` | did you mean `G1`?",
            "1:32 `perhaps` is not a value of `G6`",
        ],
    );
    check("rules: [G5]\n", &["1:8 expected keys with values, found a list"]);
}

#[test]
fn the_clocks_of_failures_are_read() {
    let text = "recovery: {acknowledge: 4h, resolve: 2d, hours: working, working_days: [ma, di, do], working_hours: 9-17:30}\n";
    let recovery = check(text, &[]).unwrap().recovery;
    assert_eq!((recovery.acknowledge, recovery.resolve, recovery.working), (Some(4.0), Some(48.0), Some(true)));
    assert_eq!((recovery.days, recovery.hours), (Some([true, true, false, true, false, false, false]), Some((540, 1050))));
    let calendar = check("recovery: {hours: calendar, working_days: mon-fri}\nnudge: {max: 3}\n", &[]).unwrap();
    assert_eq!((calendar.recovery.working, calendar.nudge_max), (Some(false), Some(3)));
    check(
        "recovery: {acknowledge: 3d, resolve: 1d}\n",
        &["1:25 making it good would come before saying that you know of it | 1:38 to make it good"],
    );
    let warned = check("recovery:\n  working_hours: 9:00-17:00\n", &["2:3 working time only counts when the clock runs in it"]);
    assert_eq!(warned.unwrap().recovery.hours, Some((540, 1020)));
    for (text, said) in [
        (
            "recovery: {acknowledge: 30m}\n",
            "1:25 `30m` is longer than the 90 days a failure may take; `m` stands for months, half an hour is 0.5h",
        ),
        ("recovery: {resolve: soon}\n", "1:21 `soon` is not a duration, such as 48h, 2d, 3w, 6m or 1y"),
        ("recovery: {hours: workng}\n", "1:19 `workng` is not a value of `hours` | did you mean `working`?"),
        ("recovery: {hours: working, working_days: [mon, fry]}\n", "1:42 `fry` is not a day of the week, such as mon, tue or mon-fri"),
        (
            "recovery: {hours: working, working_hours: 17-9}\n",
            "1:43 `17-9` are no working hours, such as 9:00-17:00; the end comes after the beginning, on the same day",
        ),
        ("recovery: {acknowlege: 1d}\n", "1:12 unknown key `acknowlege` | did you mean `acknowledge`?"),
        ("nudge: {max: 0}\n", "1:14 this must be 1 or more"),
        ("nudge: {maximum: 4}\n", "1:9 unknown key `maximum` | did you mean `max`?"),
    ] {
        check(text, &[said]);
    }
}

#[test]
fn gift_policies_are_read_by_group() {
    let text = "gift_policies:\n  gemeente: {accepts: 50, a_year: '100,00', approval: true, office_only: true}\n  zorg: none\n  \
        school: 12.50\n  bank: {approval: true}\n  winkel: {accepts: geen}\n";
    let approval = GiftTerms { approval: true, ..GiftTerms::default() };
    let council = GiftTerms { a_year: Some(Cents(10_000)), approval: true, office_only: true };
    let expected = [
        ("gemeente".to_owned(), GiftPolicy::UpTo(Cents(5_000)), council),
        ("zorg".to_owned(), GiftPolicy::None, GiftTerms::default()),
        ("school".to_owned(), GiftPolicy::UpTo(Cents(1_250)), GiftTerms::default()),
        ("bank".to_owned(), GiftPolicy::Unknown, approval),
        ("winkel".to_owned(), GiftPolicy::None, GiftTerms::default()),
    ];
    assert_eq!(check(text, &[]).unwrap().gift_policies, expected);
    check(
        "gift_policies:\n  zorg: nothing\n  Zorg: 5\n  raad: {accept: 5}\n  raad2: {accepts: -1}\n  raad3: [5]\n",
        &[
            "2:9 `nothing` is not an amount, such as 12.50",
            "3:9 `Zorg` is the same group as `zorg`",
            "4:10 unknown key `accept` | did you mean `accepts`?",
            "5:20 this must be 0 or more",
            "6:10 expected keys with values or text or a number, found a list",
        ],
    );
}
