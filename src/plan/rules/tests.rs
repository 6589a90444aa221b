//! Each rule with one case it stops and one it lets pass.

use super::*;
use crate::domain::calendar::DAY_MS;
use crate::domain::customer::{Customer, GiftPolicy, GiftsReceived};
use crate::domain::finding::FindingKind;
use crate::domain::incident::Failure;
use crate::domain::money::Cents;
use crate::domain::play::{Grade, Occasion, PlayContact, Theme};
use crate::domain::standing::Standing;
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender, Severity};

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

/// A customer to whom a present may be given today.
struct Life {
    customer: Customer,
    standing: Standing,
    failures: Vec<Failure>,
    pressure: f64,
    gifts: Option<GiftsReceived>,
    tags: Vec<(Moment, String)>,
    noted: bool,
    play: Play,
}

fn life() -> Life {
    let customer = Customer { since: Some(day(500)), gifts: GiftPolicy::UpTo(Cents(3000)), ..Customer::named("Anna") };
    let standing = Standing { directions: [0, 0, 3], ..Standing::new(1) };
    let tags = vec![(day(NOW - 3), "milestone".to_owned())];
    Life { customer, standing, failures: Vec::new(), pressure: 1.0, gifts: None, tags, noted: true, play: play(Theme::Present) }
}

fn vetoed(life: &Life) -> Option<&'static str> {
    let person = Person {
        customer: &life.customer,
        standing: &life.standing,
        failures: &life.failures,
        pressure: life.pressure,
        gifts: life.gifts,
        tags: &life.tags,
        noted: life.noted,
        warmth: 50.0,
        occasions: &[],
        positive: None,
        referrals: &[],
        approved: false,
    };
    let case = Case { person: &person, play: &life.play, now: day(NOW), model: &Model::default(), present: None, off: &[] };
    veto(&case).map(|rule| rule.id.id())
}

#[track_caller]
fn check(change: impl Fn(&mut Life), expected: Option<&str>) {
    let mut life = life();
    change(&mut life);
    assert_eq!(vetoed(&life), expected);
}

fn failure(opened: i64, resolved: Option<i64>) -> Failure {
    let resolved = resolved.map(|at| (day(at), 0.5));
    let opened = day(opened);
    Failure {
        stage: None,
        here: 0,
        word: Severity::Minor,
        severity: 0.5,
        opened,
        acknowledged: None,
        acknowledge_by: opened,
        resolve_by: opened,
        loss: None,
        resolved,
    }
}

#[test]
fn nothing_stops_a_present_at_its_moment() {
    check(|_| (), None);
}

#[test]
fn an_opt_out_outranks_everything() {
    check(|life| life.customer.no_contact = true, Some("opt-out"));
    check(
        |life| (life.customer.no_contact, life.play, life.failures) = (true, play(Theme::Recovery), vec![failure(990, None)]),
        Some("opt-out"),
    );
}

#[test]
fn r1_recovery_comes_first_and_only_after_a_failure() {
    check(|life| life.failures = vec![failure(990, None)], Some("R1"));
    check(|life| life.failures = vec![failure(900, Some(NOW - 13))], Some("R1"));
    check(|life| life.failures = vec![failure(900, Some(NOW - 14))], None);
    check(|life| (life.play, life.failures) = (play(Theme::Recovery), vec![failure(990, None)]), None);
    check(|life| life.play = play(Theme::Recovery), Some("R1"));
}

#[test]
fn r1_what_follows_a_recovery_waits_for_it() {
    let card = || Play { after_recovery: true, ..play(Theme::Recovery) };
    let after = |resolved: Option<i64>| move |life: &mut Life| (life.play, life.failures) = (card(), vec![failure(980, resolved)]);
    check(after(None), Some("R1"));
    check(after(Some(NOW - 13)), None);
    check(after(Some(NOW - 14)), Some("R1"));
    check(|life| (life.play, life.failures) = (play(Theme::Recovery), vec![failure(980, Some(NOW - 13))]), Some("R1"));
    check(|life| (life.play, life.failures) = (card(), vec![failure(980, Some(NOW - 13)), failure(990, None)]), Some("R1"));
}

#[test]
fn r3_what_is_serious_is_made_good_by_voice() {
    let recover = |channel, sender, word| {
        move |life: &mut Life| {
            life.failures = vec![Failure { word, ..failure(990, None) }];
            life.play = play(Theme::Recovery);
            (life.play.contact.channel, life.play.contact.sender) = (channel, sender);
        }
    };
    check(recover(Channel::Message, Sender::Human, Severity::Minor), None);
    check(recover(Channel::Message, Sender::Human, Severity::Moderate), Some("R3"));
    check(recover(Channel::Phone, Sender::Automated, Severity::Severe), Some("R3"));
    for channel in [Channel::Phone, Channel::Visit, Channel::Video] {
        check(recover(channel, Sender::Human, Severity::Severe), None);
    }
    let made_good = Failure { word: Severity::Severe, ..failure(980, Some(990)) };
    check(move |life| (life.play, life.failures) = (Play { after_recovery: true, ..play(Theme::Recovery) }, vec![made_good]), None);
}

#[test]
fn a_gift_is_what_is_given_not_what_it_is_called() {
    let refused = |play: Play| move |life: &mut Life| (life.customer.gifts, life.play) = (GiftPolicy::None, play.clone());
    let toast = |cost| Play { cost: Cents(cost), ..play(Theme::Celebration) };
    check(refused(toast(500)), None);
    check(refused(toast(501)), Some("G7"));
    let through = |channel, theme| {
        let mut play = play(theme);
        play.contact.channel = channel;
        play
    };
    check(refused(through(Channel::Gift, Theme::Update)), Some("G7"));
    // An apology needs no moment, but stays inside what the recipient accepts.
    let sorry =
        |play: Play| move |life: &mut Life| (life.play, life.failures, life.tags) = (play.clone(), vec![failure(990, None)], Vec::new());
    check(sorry(through(Channel::Gift, Theme::Recovery)), None);
    check(sorry(Play { cost: Cents(9000), ..through(Channel::Gift, Theme::Recovery) }), Some("G6"));
    check(sorry(Play { cost: Cents(1250), ..play(Theme::Recovery) }), None);
}

#[test]
fn g2_no_gift_while_something_is_to_be_decided() {
    let tags = |list: &'static [(i64, &str)]| {
        move |life: &mut Life| life.tags.extend(list.iter().map(|&(at, tag)| (day(NOW + at), tag.to_owned())))
    };
    check(tags(&[(-30, "quote")]), Some("G2b"));
    check(tags(&[(-31, "quote")]), None);
    check(tags(&[(-20, "tender"), (-10, "deal")]), None);
    check(tags(&[(-20, "negotiation"), (-10, "declined")]), None);
    check(tags(&[(-20, "declined"), (-10, "offerte")]), Some("G2b"));
    check(tags(&[(30, "renewal")]), Some("G2b"));
    check(tags(&[(30, "renewal"), (-1, "deal")]), Some("G2b"));
    check(tags(&[(31, "renewal")]), None);
}

#[test]
fn g9_a_gift_has_something_to_refer_to() {
    check(|life| life.noted = false, Some("G9"));
    check(|life| (life.noted, life.play) = (false, play(Theme::Card)), None);
}

#[test]
fn crowded_customers_get_recovery_only() {
    check(|life| life.pressure = 4.01, Some("crowded"));
    check(|life| life.pressure = 4.0, None);
    check(|life| (life.pressure, life.play, life.failures) = (9.0, play(Theme::Recovery), vec![failure(990, None)]), None);
}

#[test]
fn a_play_for_an_occasion_needs_it() {
    let needs = |tag: &str| Play { occasion: Some(Occasion { tags: vec![tag.into()], within: 14.0 }), ..play(Theme::Referral) };
    check(|life| life.play = needs("referral"), Some("occasion"));
    check(|life| life.play = needs("milestone"), None);
    check(|life| (life.play, life.tags) = (needs("milestone"), vec![(day(NOW - 15), "milestone".into())]), Some("occasion"));
}

#[test]
fn g1_no_gift_at_first_contact_unless_there_was_a_deal() {
    check(|life| life.standing.directions = [0, 0, 2], Some("G1"));
    check(|life| life.standing.directions = [1, 5, 2], None);
    check(|life| life.customer.since = Some(day(NOW - 59)), Some("G1"));
    check(|life| (life.customer.since, life.standing.met) = (None, Some(day(NOW - 61))), None);
    check(|life| (life.customer.since, life.standing.met) = (None, Some(day(NOW - 59))), Some("G1"));
    check(|life| (life.standing.directions, life.tags) = ([0; 3], vec![(day(NOW - 2), "deal".into())]), None);
}

#[test]
fn g2_a_gift_has_its_moment() {
    check(|life| life.tags.clear(), Some("G2"));
    check(|life| life.tags = vec![(day(NOW - 15), "deal".into())], Some("G2"));
    check(|life| (life.tags, life.customer.since) = (Vec::new(), Some(day(NOW - 365 - 6))), None);
    check(|life| (life.tags, life.customer.since) = (Vec::new(), Some(day(NOW - 365 + 6))), None);
    check(|life| (life.tags, life.customer.since) = (Vec::new(), Some(day(NOW - 365 - 9))), Some("G2"));
}

#[test]
fn g4_keeps_gifts_and_promotions_apart() {
    check(|life| life.standing.promoted = Some(day(NOW - 29)), Some("G4"));
    check(|life| life.standing.promoted = Some(day(NOW - 30)), None);
    let ask = |days: i64| move |life: &mut Life| life.tags.push((day(NOW + days), "referral-ask".into()));
    check(ask(-29), Some("G4"));
    check(ask(29), Some("G4"));
    check(ask(-30), None);
}

#[test]
fn g5_keeps_gifts_rare() {
    check(|life| life.gifts = Some(GiftsReceived { count: 1, last: day(NOW - 179), value: Cents(0), last_value: None }), Some("G5"));
    check(|life| life.gifts = Some(GiftsReceived { count: 1, last: day(NOW - 180), value: Cents(0), last_value: None }), None);
    check(|life| life.gifts = Some(GiftsReceived { count: 2, last: day(NOW - 190), value: Cents(0), last_value: None }), Some("G5"));
    check(|life| life.gifts = Some(GiftsReceived { count: 1, last: day(NOW + 100), value: Cents(0), last_value: None }), Some("G5"));
}

#[test]
fn g6_g7_keep_to_the_recipients_policy_and_the_ladder() {
    check(|life| life.customer.gifts = GiftPolicy::Unknown, Some("G7"));
    check(|life| life.customer.gifts = GiftPolicy::None, Some("G7"));
    check(|life| life.customer.gifts = GiftPolicy::UpTo(Cents(1999)), Some("G6"));
    check(|life| (life.play.cost, life.customer.gifts) = (Cents(2600), GiftPolicy::UpTo(Cents(9000))), Some("G6"));
    let old = |life: &mut Life| {
        (life.play.cost, life.customer.gifts, life.customer.since) = (Cents(2600), GiftPolicy::UpTo(Cents(9000)), Some(day(200)))
    };
    check(old, None);
    check(|life| life.play = play(Theme::Card), None);
}

#[test]
fn every_rule_has_an_id_of_its_own_and_a_reason_in_both_languages() {
    let mut ids: Vec<&str> = RULES.iter().map(|rule| rule.id.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), RULES.len());
    for rule in RULES {
        let reason = (rule.reason)();
        assert!(!reason.en.is_empty() && !reason.nl.is_empty() && reason.en != reason.nl, "{}", rule.id);
    }
}
