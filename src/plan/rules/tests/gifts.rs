//! Gifts: to whom, when, how much, and how it is known.

use super::*;

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
    check(sorry(Play { cost: Cents(9000), ..through(Channel::Gift, Theme::Recovery) }), Some("R5"));
    check(sorry(Play { cost: Cents(1250), ..play(Theme::Recovery) }), None);
}

#[test]
fn g3_no_gift_around_a_failure() {
    check(|life| life.failures = vec![failure(990, None)], Some("G3"));
    check(|life| life.failures = vec![failure(900, Some(NOW - 13))], Some("G3"));
    check(|life| life.failures = vec![failure(900, Some(NOW - 14))], None);
    check(|life| (life.failures, life.off) = (vec![failure(990, None)], vec![RuleId::G3]), Some("R1"));
}

#[test]
fn g2_no_gift_while_something_is_to_be_decided() {
    let tags = |list: &'static [(i64, &str)]| {
        move |life: &mut Life| life.tags.extend(list.iter().map(|&(at, tag)| (day(NOW + at), tag.to_owned())))
    };
    check(tags(&[(-31, "quote")]), Some("G2b"));
    check(tags(&[(-365, "quote")]), Some("G2b"));
    check(tags(&[(-366, "quote")]), None);
    check(tags(&[(-300, "quote"), (-200, "deal")]), None);
    check(tags(&[(-20, "tender"), (-10, "deal")]), None);
    check(tags(&[(-20, "negotiation"), (-10, "declined")]), None);
    check(tags(&[(-20, "declined"), (-10, "offerte")]), Some("G2b"));
    check(tags(&[(30, "renewal")]), Some("G2b"));
    check(tags(&[(30, "renewal"), (-1, "deal")]), Some("G2b"));
    check(tags(&[(31, "renewal")]), None);
}

#[test]
fn g1_no_gift_at_first_contact_unless_there_was_a_deal() {
    check(|life| life.relationship.directions = [0, 0, 2], Some("G1"));
    check(|life| life.relationship.directions = [1, 5, 2], None);
    check(|life| life.customer.since = Some(day(NOW - 59)), Some("G1"));
    check(|life| (life.customer.since, life.relationship.met) = (None, Some(day(NOW - 61))), None);
    check(|life| (life.customer.since, life.relationship.met) = (None, Some(day(NOW - 59))), Some("G1"));
    check(|life| (life.relationship.directions, life.tags) = ([0; 3], vec![(day(NOW - 2), "deal".into())]), None);
    check(|life| (life.relationship.directions, life.occasions) = ([0; 3], vec![occasion(OccasionKind::Deal, -2)]), None);
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
fn g2_knows_the_calendar() {
    use OccasionKind::{Anniversary, Birthday, Deal, LifeEvent, Milestone, Referral};
    let of = |kind, days| move |life: &mut Life| (life.tags, life.occasions) = (Vec::new(), vec![occasion(kind, days)]);
    for (kind, earliest, latest) in [(Deal, 0, 14), (Milestone, 0, 14), (LifeEvent, -7, 14), (Birthday, -7, 14), (Anniversary, -7, 7)] {
        check(of(kind, -earliest), None);
        check(of(kind, -latest), None);
        check(of(kind, -earliest + 1), Some("G2"));
        check(of(kind, -latest - 1), Some("G2"));
    }
    check(of(Referral, 0), Some("G2"));
    check(
        |life| {
            of(Birthday, 10)(life);
            life.play.lead_time = 3.0;
        },
        None,
    );
}

#[test]
fn g4_keeps_gifts_and_promotions_apart() {
    check(|life| life.relationship.promoted = Some(day(NOW - 29)), Some("G4"));
    check(|life| life.relationship.promoted = Some(day(NOW - 30)), None);
    let ask = |days: i64| move |life: &mut Life| life.tags.push((day(NOW + days), "referral-ask".into()));
    check(ask(-29), Some("G4"));
    check(ask(29), Some("G4"));
    check(ask(-30), None);
}

#[test]
fn g5_keeps_gifts_rare() {
    check(|life| life.gifts = gifts(1, -179, 0, None), Some("G5"));
    check(|life| life.gifts = gifts(1, -180, 0, None), None);
    check(|life| life.gifts = gifts(2, -190, 0, None), Some("G5"));
    check(|life| life.gifts = gifts(1, 100, 0, None), Some("G5"));
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
fn the_value_of_the_present_counts_where_it_is_known() {
    let worth = |value: Option<i64>| move |life: &mut Life| life.present = Some(Present { value: value.map(Cents), ..PRESENT });
    check(worth(Some(2500)), None);
    check(worth(Some(2501)), Some("G6"));
    check(worth(None), Some("G10"));
    // A present is one whatever play it stands beside.
    check(|life| (life.play, life.present, life.customer.gifts) = (play(Theme::Card), Some(PRESENT), GiftPolicy::None), Some("G7"));
}

#[test]
fn g6b_never_below_the_last_gift() {
    let last = |value| move |life: &mut Life| life.gifts = gifts(1, -200, 0, value);
    check(last(Some(2001)), Some("G6b"));
    check(last(Some(2000)), None);
    check(last(None), None);
    check(
        |life| {
            last(Some(2001))(life);
            life.present = Some(Present { value: Some(Cents(2100)), ..PRESENT });
        },
        None,
    );
}

#[test]
fn g7_what_they_may_accept_in_a_year_and_who_approves() {
    let year = |most: i64, given: i64| {
        move |life: &mut Life| (life.customer.gift_terms.a_year, life.gifts) = (Some(Cents(most)), gifts(1, -200, given, None))
    };
    check(year(5000, 3000), None);
    check(year(4999, 3000), Some("G7"));
    let approval = |life: &mut Life| life.customer.gift_terms.approval = true;
    check(approval, Some("G7"));
    check(|life| (life.customer.gift_terms.approval, life.present) = (true, Some(Present { approved: "Mo", ..PRESENT })), None);
    check(|life| (life.customer.gift_terms.approval, life.present) = (true, Some(Present { approved: " ", ..PRESENT })), Some("G7"));
    // The office address is a matter of the checklist.
    check(|life| life.customer.gift_terms.office_only = true, None);
}

/// An approval is of one gift: the plan for the same occasion, as long as it is still to be given.
#[test]
fn g7_an_approval_is_of_one_gift() {
    let milestone = |days: i64| Day {
        day: chrono::NaiveDate::from_epoch_days((NOW + days) as i32).unwrap(),
        ..occasion(OccasionKind::Milestone, days)
    };
    let plan = |for_what: &str, days: i64, approved: &str| Gift {
        state: GiftState::Planned,
        day: Some(day(NOW + days)),
        occasion: for_what.to_owned(),
        approved: approved.to_owned(),
        ..Gift::idea(CustomerId(1), "a book")
    };
    let own = milestone(-3).key();
    for (plan, expected) in [
        (plan(&own, 2, "Mo"), None),
        (plan(&own, 2, " "), Some("G7")),
        (plan(&own, -15, "Mo"), Some("G7")),
        (plan("", 2, "Mo"), None),
        (plan("", 30, "Mo"), Some("G7")),
        (plan("birthday:2026-07-03", 2, "Mo"), Some("G7")),
        (plan("incident:3", 2, "Mo"), Some("G7")),
    ] {
        let change = |life: &mut Life| {
            life.play.occasion = Some(Occasion { tags: vec!["milestone".to_owned()], within: 14.0 });
            (life.customer.gift_terms.approval, life.occasions, life.plans) = (true, vec![milestone(-3)], vec![plan.clone()]);
        };
        check(change, expected);
    }
}

#[test]
fn g8_no_cash_nor_what_is_spent_like_it() {
    let cash = [
        "cash",
        "€ 20 contant",
        "wat geld",
        "Cadeaubon",
        "een cadeaukaart",
        "tegoedbon",
        "VVV-bon",
        "boekenbon van €15",
        "twee dinerbonnen",
        "a voucher",
        "Gift card",
        "gift-certificate",
        "een bon van de bakker",
        "bioscoopcheque",
        "store credit",
        "a coupon",
    ];
    for what in cash {
        check(move |life| life.present = Some(Present { what, ..PRESENT }), Some("G8"));
    }
    let things = [
        "een bonbon",
        "bonbons",
        "een doos bonbonnen",
        "a bottle of bourbon",
        "a ribbon",
        "geldboom",
        "a card and a gift",
        "cashewnoten",
        "een kaart",
        "bonsai",
        "moneybox",
        "kassabonnenmap",
    ];
    for what in things {
        check(move |life| life.present = Some(Present { what, ..PRESENT }), None);
    }
    check(|life| life.play.id = "gift-card".into(), Some("G8"));
    check(|life| life.play.title.nl = "Een dinerbon".into(), Some("G8"));
    check(|life| (life.play, life.play.title.en) = (play(Theme::Card), "A voucher".into()), None);
}

#[test]
fn g9_a_gift_has_something_to_refer_to() {
    check(|life| life.noted = false, Some("G9"));
    check(|life| (life.noted, life.play) = (false, play(Theme::Card)), None);
    check(|life| (life.noted, life.present) = (false, Some(PRESENT)), None);
    check(|life| (life.noted, life.present) = (false, Some(Present { why: " ", ..PRESENT })), Some("G9"));
}

#[test]
fn g10_everything_about_a_present_is_known() {
    for present in [Present { value: None, ..PRESENT }, Present { why: "", ..PRESENT }, Present { given_by: " ", ..PRESENT }] {
        check(move |life| life.present = Some(present), Some("G10"));
    }
    let unapproved =
        |life: &mut Life| (life.customer.gift_terms.approval, life.present, life.off) = (true, Some(PRESENT), vec![RuleId::G7]);
    check(unapproved, Some("G10"));
}

#[test]
fn g11_ten_things_are_checked_for_whatever_is_given() {
    let ten = GIFT_CHECKLIST();
    assert_eq!(ten.len(), 10);
    assert!(ten.iter().all(|point| !point.en.is_empty() && !point.nl.is_empty() && point.en != point.nl));
    let own = Text::same("my own");
    let list = |play: Play| checklist(&Play { checklist: vec![own.clone()], ..play });
    assert_eq!(list(play(Theme::Card)), std::slice::from_ref(&own));
    for given in [
        play(Theme::Present),
        Play { contact: PlayContact { channel: Channel::Gift, ..play(Theme::Recovery).contact }, ..play(Theme::Recovery) },
    ] {
        let list = list(given);
        assert_eq!((list.len(), &list[0], &list[1..]), (11, &own, &ten[..]));
    }
}
