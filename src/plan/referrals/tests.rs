//! The tree against brute force, and whom to ask.

use proptest::prelude::*;

use super::*;
use crate::domain::customer::Customer;
use crate::domain::incident::Failure;
use crate::domain::standing::Relationship;
use crate::domain::words::Severity;

fn referral(customer: i64, referrer: i64) -> Referral {
    Referral {
        id: customer,
        customer: CustomerId(customer),
        referrer: CustomerId(referrer),
        at: Moment(customer),
        thanked: None,
        told: None,
        outcome: String::new(),
        reward: Cents(0),
        reward_referred: Cents(0),
    }
}

/// A forest over so many customers: each came through one with a lower number after shuffling, or nobody.
fn forest() -> impl Strategy<Value = (Vec<Referral>, HashMap<CustomerId, Cents>)> {
    (1_usize..25)
        .prop_flat_map(|n| {
            let through = proptest::collection::vec(proptest::option::weighted(0.8, any::<proptest::sample::Index>()), n);
            let paid = proptest::collection::vec(proptest::option::of(-500_i64..5_000), n);
            (Just((0..n as i64).collect::<Vec<_>>()).prop_shuffle(), through, paid)
        })
        .prop_map(|(names, through, paid)| {
            let sent = through.into_iter().enumerate().skip(1).filter_map(|(n, index)| Some((n, index?.index(n))));
            let referrals = sent.map(|(n, by)| referral(names[n], names[by])).collect();
            let paid = paid.into_iter().enumerate().filter_map(|(n, paid)| Some((CustomerId(n as i64), Cents(paid?)))).collect();
            (referrals, paid)
        })
}

/// Whether one lies below another, by climbing.
fn lies_below(referrals: &[Referral], low: CustomerId, high: CustomerId) -> bool {
    let above = |id| referrals.iter().find(|referral| referral.customer == id).map(|referral| referral.referrer);
    std::iter::successors(above(low), |&id| above(id)).any(|id| id == high)
}

proptest! {
    #[test]
    fn everybody_stands_once_under_who_sent_them_with_the_revenue_below((referrals, paid) in forest()) {
        let tree = tree(&referrals, &paid);
        let mut everybody: Vec<_> = referrals.iter().flat_map(|referral| [referral.customer, referral.referrer]).collect();
        everybody.sort();
        everybody.dedup();
        let mut shown: Vec<_> = tree.iter().map(|branch| branch.customer).collect();
        shown.sort();
        prop_assert_eq!(&shown, &everybody);
        for (place, branch) in tree.iter().enumerate() {
            let below: i64 = everybody.iter().filter(|id| lies_below(&referrals, **id, branch.customer)).map(|id| paid.get(id).map_or(0, |paid| paid.0)).sum();
            prop_assert_eq!(branch.below, Cents(below));
            prop_assert_eq!(branch.own, paid.get(&branch.customer).copied().unwrap_or_default());
            prop_assert_eq!(branch.brought, referrals.iter().filter(|referral| referral.referrer == branch.customer).count());
            let above = tree[..place].iter().rev().find(|other| other.follows.len() < branch.follows.len());
            let sent = referrals.iter().find(|referral| referral.customer == branch.customer).map(|referral| referral.referrer);
            prop_assert_eq!(above.map(|above| above.customer), sent);
            // A line is drawn down from a level exactly when somebody of that level is still to come.
            for (level, follows) in branch.follows.iter().enumerate() {
                let next = tree[place + 1..].iter().find(|other| other.follows.len() <= level + 1);
                prop_assert_eq!(*follows, next.is_some_and(|next| next.follows.len() == level + 1), "{:?}", branch);
            }
        }
    }
}

#[test]
fn a_long_chain_is_no_trouble() {
    let referrals: Vec<_> = (1..2_000).map(|n| referral(n, n - 1)).collect();
    let paid = HashMap::from([(CustomerId(1_999), Cents(7))]);
    let tree = tree(&referrals, &paid);
    assert_eq!((tree.len(), tree[0].below, tree[1_999].follows.len()), (2_000, Cents(7), 1_999));
}

#[test]
fn ambassadors_stand_by_what_they_brought() {
    let referrals = [referral(2, 1), referral(3, 1), referral(5, 4), referral(6, 5)];
    let paid = HashMap::from([(CustomerId(3), Cents(100)), (CustomerId(6), Cents(300))]);
    let found = ambassadors(&tree(&referrals, &paid), &referrals, |CustomerId(id)| id != 3);
    let lines: Vec<_> = found.iter().map(|one| (one.customer.0, one.brought, one.in_contact, one.revenue.0)).collect();
    assert_eq!(lines, [(4, 1, 1, 300), (5, 1, 1, 300), (1, 2, 1, 100)]);
}

fn day(days: f64) -> Moment {
    Moment((days * DAY_MS as f64) as i64)
}

/// What the rules say of a customer who is warm, long known and had a good moment just now.
fn asking(change: impl Fn(&mut Customer, &mut Vec<Failure>), off: &[RuleId]) -> Asking {
    let mut customer = Customer { since: Some(day(0.0)), ..Customer::named("Anna") };
    let (mut failures, relationship) = (Vec::new(), Relationship { directions: [0, 0, 5], met: Some(day(0.0)), ..Relationship::default() });
    change(&mut customer, &mut failures);
    let person = Person {
        customer: &customer,
        relationship: &relationship,
        failures: &failures,
        warmth: 75.0,
        pressure: 1.0,
        gifts: None,
        tags: &[],
        noted: Some(true),
        occasions: &[],
        positive: Some(day(1_000.0)),
        referrals: &[],
        plans: &[],
    };
    Asked { person: &person, play: &call(), model: &Model::default(), off }.asking(day(1_000.0))
}

fn failure(resolved: Option<f64>) -> Failure {
    let resolved = resolved.map(|at| (day(at), 0.5));
    Failure {
        stage: None,
        here: 0,
        word: Severity::Minor,
        severity: 0.5,
        opened: day(900.0),
        acknowledged: None,
        acknowledge_by: Moment(i64::MAX),
        resolve_by: Moment(i64::MAX),
        loss: None,
        resolved,
    }
}

#[test]
fn who_may_be_asked_and_who_not_yet_with_the_rule_and_the_day() {
    assert!(asking(|_, _| (), &[]).objections.is_empty());
    let of = |asking: &Asking, id| asking.objections.iter().find(|objection| objection.id == id).map(|objection| objection.from);
    let open = asking(|_, failures| failures.push(failure(None)), &[]);
    assert_eq!(of(&open, RuleId::R1), Some(None), "nobody knows when it will be made good");
    assert_eq!(open.from, None);
    let healing = asking(|_, failures| failures.push(failure(Some(990.0))), &[]);
    let from = of(&healing, RuleId::R1).flatten().expect("time settles it");
    assert!((from.days_since(day(1_004.0))).abs() < 0.001, "{from:?}");
    assert_eq!(of(&asking(|customer, _| customer.no_contact = true, &[]), RuleId::OptOut), Some(None));
    let off = asking(|_, failures| failures.push(failure(Some(990.0))), &[RuleId::R1]);
    assert_eq!(of(&off, RuleId::R1), None, "a rule that is switched off says nothing");
}

#[test]
fn the_playbooks_own_play_goes_first() {
    let own = Play { id: "mine".into(), ..call() };
    assert_eq!(asking_play(&[Play { tags: Vec::new(), ..call() }, own]).id, "mine");
    assert_eq!(asking_play(&[]).id, "ask-for-a-referral");
}
