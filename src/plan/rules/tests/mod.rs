//! Each rule with a case it stops and one it lets pass; beside them, what is particular to each.

mod gifts;
mod recovery;
mod referrals;

use super::*;
use crate::domain::calendar::{DAY_MS, Moment};
use crate::domain::customer::{Customer, GiftPolicy, GiftsReceived};
use crate::domain::finding::FindingKind;
use crate::domain::gift::{Gift, GiftState};
use crate::domain::incident::Failure;
use crate::domain::model::Model;
use crate::domain::money::Cents;
use crate::domain::occasion::{Occasion as Day, OccasionKind};
use crate::domain::play::{CHECK_BACK, EXPLANATION, Grade, Occasion, Play, PlayContact, REFERRAL_ASK, STATUS_UPDATE, Theme};
use crate::domain::rule::RuleId;
use crate::domain::standing::Relationship;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender, Severity};
use crate::plan::person::Person;

const NOW: i64 = 1000;

fn day(day: i64) -> Moment {
    Moment(day * DAY_MS)
}

fn play(theme: Theme) -> Play {
    let contact = PlayContact {
        channel: if theme == Theme::Present { Channel::Gift } else { Channel::Card },
        direction: Direction::Out,
        sender: Sender::Human,
        personal: Personal::Personal,
        kind: Kind::Relational,
        sentiment: 0.0,
    };
    Play {
        id: "play".into(),
        title: Text::default(),
        action: Text::default(),
        theme,
        answers: vec![FindingKind::Cold],
        stages: Vec::new(),
        not_for: Text::default(),
        minutes: 10,
        cost: Cents(if theme == Theme::Present { 2000 } else { 250 }),
        lead_time: 0.0,
        contact,
        tags: Vec::new(),
        checklist: Vec::new(),
        grade: Grade::Judgement,
        evidence: Text::default(),
        source: String::new(),
        occasion: None,
        after_recovery: false,
    }
}

/// A customer to whom a present may be given today, and the present.
struct Life {
    customer: Customer,
    relationship: Relationship,
    failures: Vec<Failure>,
    warmth: f64,
    pressure: f64,
    gifts: Option<GiftsReceived>,
    tags: Vec<(Moment, String)>,
    noted: bool,
    occasions: Vec<Day>,
    positive: Option<Moment>,
    plans: Vec<Gift>,
    play: Play,
    present: Option<Present<'static>>,
    off: Vec<RuleId>,
}

fn life() -> Life {
    let customer = Customer { since: Some(day(500)), gifts: GiftPolicy::UpTo(Cents(3000)), ..Customer::named("Anna") };
    Life {
        customer,
        relationship: Relationship { directions: [0, 0, 3], ..Relationship::default() },
        failures: Vec::new(),
        warmth: 70.0,
        pressure: 1.0,
        gifts: None,
        tags: vec![tag(-3, "milestone")],
        noted: true,
        occasions: Vec::new(),
        positive: None,
        plans: Vec::new(),
        play: play(Theme::Present),
        present: None,
        off: Vec::new(),
    }
}

impl Life {
    /// What the rules make of it.
    fn judged<T>(&self, judge: impl Fn(&Case<'_>) -> T) -> T {
        let person = Person {
            customer: &self.customer,
            relationship: &self.relationship,
            failures: &self.failures,
            warmth: self.warmth,
            pressure: self.pressure,
            gifts: self.gifts,
            tags: &self.tags,
            noted: Some(self.noted),
            occasions: &self.occasions,
            positive: self.positive,
            referrals: &[],
            plans: &self.plans,
        };
        let (now, model) = (day(NOW), Model::default());
        judge(&Case { person: &person, play: &self.play, now, model: &model, present: self.present.as_ref(), off: &self.off })
    }
}

/// Checks which rule stops the present of a life that was changed, if any does.
#[track_caller]
fn check(change: impl Fn(&mut Life), expected: Option<&str>) {
    let mut life = life();
    change(&mut life);
    assert_eq!(life.judged(|case| veto(case).map(|rule| rule.id.id())), expected);
}

/// A tag so many days from now.
fn tag(days: i64, tag: &str) -> (Moment, String) {
    (day(NOW + days), tag.to_owned())
}

/// An occasion so many days from now.
fn occasion(kind: OccasionKind, days: i64) -> Day {
    Day { kind, day: chrono::NaiveDate::default(), at: day(NOW + days), note: String::new(), years: None }
}

fn failure(opened: i64, resolved: Option<i64>) -> Failure {
    let resolved = resolved.map(|at| (day(at), 0.5));
    Failure {
        stage: None,
        here: 0,
        word: Severity::Minor,
        severity: 0.5,
        opened: day(opened),
        acknowledged: None,
        acknowledge_by: Moment(i64::MAX),
        resolve_by: Moment(i64::MAX),
        loss: None,
        resolved,
    }
}

/// Gifts, of which the last was so many days from now.
fn gifts(count: u32, days: i64, value: i64, last_value: Option<i64>) -> Option<GiftsReceived> {
    let last = day(NOW + days);
    Some(GiftsReceived { count, last, given: (days <= 0).then_some(last), value: Cents(value), last_value: last_value.map(Cents) })
}

/// A play of which the contact carries these tags.
fn tagged(theme: Theme, tags: &[&str]) -> Play {
    Play { tags: tags.iter().map(|&tag| tag.to_owned()).collect(), ..play(theme) }
}

/// A present somebody has in mind, of which everything is known.
const PRESENT: Present<'_> = Present { what: "a book", value: Some(Cents(2000)), why: "the garden", given_by: "Bo", approved: "" };

/// A change of a life.
type Change = fn(&mut Life);

/// For every rule that stops plays: what it stops, and the same it lets pass.
const CASES: &[(RuleId, Change, Change)] = &[
    (RuleId::OptOut, |life| life.customer.no_contact = true, |_| ()),
    (RuleId::R1, |life| (life.play, life.failures) = (play(Theme::Card), vec![failure(990, None)]), |life| life.play = play(Theme::Card)),
    (
        RuleId::R3,
        |life| (life.play, life.failures) = (play(Theme::Recovery), vec![Failure { word: Severity::Severe, ..failure(990, None) }]),
        |life| (life.play, life.failures) = (play(Theme::Recovery), vec![failure(990, None)]),
    ),
    (
        RuleId::R4,
        |life| (life.play, life.tags) = (tagged(Theme::Recovery, &[EXPLANATION]), vec![tag(0, STATUS_UPDATE)]),
        |life| (life.play, life.tags) = (tagged(Theme::Recovery, &[EXPLANATION]), vec![tag(-2, STATUS_UPDATE)]),
    ),
    (
        RuleId::R5,
        |life| life.play = Play { after_recovery: true, cost: Cents(1501), ..play(Theme::Recovery) },
        |life| life.play = Play { after_recovery: true, cost: Cents(1500), ..play(Theme::Recovery) },
    ),
    (RuleId::Crowded, |life| life.pressure = 4.5, |life| life.pressure = 3.5),
    (
        RuleId::Occasion,
        |life| life.play = thanks(Sender::Human),
        |life| {
            (life.play, life.tags) = (thanks(Sender::Human), vec![tag(-1, "referral")]);
        },
    ),
    (RuleId::G1, |life| life.relationship.directions = [0, 0, 2], |life| life.relationship.directions = [1, 5, 2]),
    (RuleId::G2, |life| life.tags.clear(), |life| life.tags = vec![tag(-14, "deal")]),
    (RuleId::G2b, |life| life.tags.push(tag(-1, "quote")), |life| life.tags.extend([tag(-2, "quote"), tag(-1, "deal")])),
    (RuleId::G3, |life| life.failures = vec![failure(980, Some(990))], |life| life.failures = vec![failure(980, Some(985))]),
    (RuleId::G4, |life| life.tags.push(tag(-29, REFERRAL_ASK)), |life| life.tags.push(tag(-31, REFERRAL_ASK))),
    (RuleId::G5, |life| life.gifts = gifts(1, -100, 0, None), |life| life.gifts = gifts(1, -200, 0, None)),
    (RuleId::G6, |life| life.play.cost = Cents(2600), |life| life.play.cost = Cents(2500)),
    (RuleId::G6b, |life| life.gifts = gifts(1, -200, 0, Some(2001)), |life| life.gifts = gifts(1, -200, 0, Some(2000))),
    (RuleId::G7, |life| life.customer.gifts = GiftPolicy::Unknown, |_| ()),
    (RuleId::G8, |life| life.play.title.en = "A gift card".into(), |life| life.play.title.en = "A card with a gift".into()),
    (RuleId::G9, |life| life.noted = false, |life| (life.noted, life.present) = (false, Some(PRESENT))),
    (RuleId::G10, |life| life.present = Some(Present { why: " ", ..PRESENT }), |life| life.present = Some(PRESENT)),
    (RuleId::Ref1, |life| (life.play, life.warmth) = (ask(), 59.9), |life| (life.play, life.warmth) = (ask(), 60.0)),
    (
        RuleId::Ref2,
        |life| (life.play, life.customer.since) = (ask(), Some(day(NOW - 179))),
        |life| (life.play, life.customer.since) = (ask(), Some(day(NOW - 180))),
    ),
    (
        RuleId::Ref3,
        |life| (life.play, life.failures) = (ask(), vec![failure(700, Some(NOW - 89))]),
        |life| (life.play, life.failures) = (ask(), vec![failure(700, Some(NOW - 90))]),
    ),
    (
        RuleId::Ref4,
        |life| (life.play, life.tags, life.positive) = (ask(), Vec::new(), Some(day(NOW - 15))),
        |life| (life.play, life.tags, life.positive) = (ask(), Vec::new(), Some(day(NOW - 14))),
    ),
    (
        RuleId::Ref5,
        |life| (life.play, life.tags) = (ask(), vec![tag(-40, REFERRAL_ASK), tag(-300, REFERRAL_ASK), tag(-1, "deal")]),
        |life| (life.play, life.tags) = (ask(), vec![tag(-40, REFERRAL_ASK), tag(-366, REFERRAL_ASK), tag(-1, "deal")]),
    ),
    (RuleId::Ref6, |life| life.play = thanks(Sender::Assisted), |life| life.play = thanks(Sender::Human)),
];

/// Asking for a referral.
fn ask() -> Play {
    tagged(Theme::Referral, &[REFERRAL_ASK])
}

/// Thanking for a referral.
fn thanks(sender: Sender) -> Play {
    let usual = play(Theme::Referral);
    let occasion = Some(Occasion { tags: vec!["referral".into()], within: 14.0 });
    Play { contact: PlayContact { sender, ..usual.contact }, occasion, ..usual }
}

#[test]
fn every_rule_stops_one_case_and_lets_another_pass() {
    for (id, stopped, passes) in CASES {
        for (change, expected) in [(stopped, true), (passes, false)] {
            let mut life = life();
            change(&mut life);
            assert_eq!(life.judged(|case| rule(*id).unwrap().stops(case)), expected, "{id}");
        }
    }
    let mut tried: Vec<RuleId> = CASES.iter().map(|(id, ..)| *id).collect();
    tried.sort();
    let vetoes: Vec<RuleId> =
        RuleId::ALL.iter().copied().filter(|id| matches!(rule(*id).map(|rule| &rule.kept), Some(Kept::Veto(_)))).collect();
    assert_eq!(tried, vetoes, "every rule that stops plays has its cases");
}

#[test]
fn every_rule_is_there_once_and_says_what_it_is_in_both_languages() {
    let mut ids: Vec<RuleId> = RULES.iter().map(|rule| rule.id).collect();
    ids.sort();
    assert_eq!(ids, RuleId::ALL);
    for rule in RULES {
        for text in [(rule.name)(), (rule.reason)(), (rule.evidence)(), rule.kept_where()] {
            assert!(!text.en.is_empty() && !text.nl.is_empty() && text.en != text.nl, "{}", rule.id);
        }
        let (reason, evidence) = ((rule.reason)(), (rule.evidence)());
        assert!(!reason.en.ends_with('.') && !reason.nl.ends_with('.'), "{}: a reason is part of a sentence", rule.id);
        assert!(evidence.en.ends_with('.') && evidence.nl.ends_with('.'), "{}", rule.id);
        let judged = evidence.en.to_lowercase().contains("judgement, not a finding");
        assert_eq!(judged, evidence.nl.to_lowercase().contains("inschatting, geen bevinding"), "{}", rule.id);
        assert!(judged || !rule.source.is_empty() || rule.id == RuleId::OptOut, "{}: a finding has its source", rule.id);
    }
}

#[test]
fn nothing_stops_a_present_at_its_moment() {
    check(|_| (), None);
    check(|life| life.present = Some(PRESENT), None);
}

#[test]
fn all_rules_that_stop_are_told_in_the_order_they_are_asked() {
    let mut life = life();
    (life.customer.gifts, life.failures, life.noted) = (GiftPolicy::None, vec![failure(990, None)], false);
    let told = |life: &Life| life.judged(|case| vetoes(case).iter().map(|rule| rule.id.id()).collect::<Vec<_>>());
    assert_eq!(told(&life), ["G3", "R1", "G7", "G6", "G9"]);
    life.off = vec![RuleId::R1, RuleId::G7];
    assert_eq!(told(&life), ["G3", "G6", "G9"]);
    life.off.push(RuleId::G3);
    assert_eq!(life.judged(|case| veto(case).map(|rule| rule.id)), Some(RuleId::G6));
}

#[test]
fn an_opt_out_outranks_everything_and_cannot_be_switched_off() {
    check(|life| life.customer.no_contact = true, Some("opt-out"));
    check(
        |life| (life.customer.no_contact, life.play, life.failures) = (true, play(Theme::Recovery), vec![failure(990, None)]),
        Some("opt-out"),
    );
    check(|life| (life.customer.no_contact, life.off) = (true, RuleId::ALL.to_vec()), Some("opt-out"));
    check(|life| (life.failures, life.off) = (vec![failure(990, None)], RuleId::ALL.to_vec()), None);
}

#[test]
fn crowded_customers_get_recovery_only() {
    check(|life| life.pressure = 4.01, Some("crowded"));
    check(|life| life.pressure = 4.0, None);
    check(|life| (life.pressure, life.play, life.failures) = (9.0, play(Theme::Recovery), vec![failure(990, None)]), None);
}

#[test]
fn a_play_for_an_occasion_needs_it() {
    let needs = |tag: &str| Play { occasion: Some(Occasion { tags: vec![tag.into()], within: 14.0 }), ..play(Theme::Card) };
    check(|life| life.play = needs("referral"), Some("occasion"));
    check(|life| life.play = needs("milestone"), None);
    check(|life| (life.play, life.tags) = (needs("milestone"), vec![tag(-15, "milestone")]), Some("occasion"));
    let calendar =
        |word: &'static str, kind, days| move |life: &mut Life| (life.play, life.occasions) = (needs(word), vec![occasion(kind, days)]);
    check(calendar("birthday", OccasionKind::Birthday, -14), None);
    check(calendar("birthday", OccasionKind::Birthday, -15), Some("occasion"));
    check(calendar("birthday", OccasionKind::Birthday, 7), None);
    check(calendar("birthday", OccasionKind::Birthday, 8), Some("occasion"));
    check(calendar("birthday", OccasionKind::Anniversary, 0), Some("occasion"));
    check(calendar("deal", OccasionKind::Deal, -1), None);
    check(calendar("deal", OccasionKind::Deal, 1), Some("occasion"));
    let posted = |days| {
        move |life: &mut Life| {
            life.play = Play { lead_time: 2.0, ..needs("birthday") };
            life.occasions = vec![occasion(OccasionKind::Birthday, days)];
        }
    };
    check(posted(9), None);
    check(posted(10), Some("occasion"));
}
