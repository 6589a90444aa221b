//! Whatever is done to a log, taking it back gives the log that was there, and taking that back the
//! log that was there after: every row of every table, and the sums to the last bit.

use std::path::Path;

use attent::domain::calendar::Moment;
use attent::domain::customer::{Customer, GiftPolicy};
use attent::domain::incident::Incident;
use attent::domain::money::Cents;
use attent::domain::nudge::{Cause, Nudge, NudgeState};
use attent::domain::party::{Anniversary, Card, Party};
use attent::domain::text::Text;
use attent::domain::touchpoint::{CustomerId, Touchpoint, TouchpointId};
use attent::domain::words::Severity;
use attent::ledger::{Key, Ledger, NudgeEnd, Raised, Sent, Shown};
use proptest::prelude::*;

use crate::support::{course, day, touchpoint};

const NAMES: [&str; 4] = ["Anna", "Bart", "Cleo", "Dirk"];
const TABLES: [&str; 10] =
    ["touchpoints", "customers", "customer_keys", "particulars", "cards", "refused", "incidents", "nudges", "referrals", "standings"];

/// Something a person may do; numbers are taken modulo what there is.
#[derive(Debug, Clone)]
pub enum Act {
    Add(Vec<(usize, Touchpoint, u8)>),
    Edit(usize, usize, Touchpoint),
    Remove(usize),
    Merge(usize, usize),
    Change(usize, u8),
    Card(usize, u8),
    Fail(usize),
    Resolve(usize),
    Refer(usize, usize),
    Sent(usize, usize),
}

/// Anything a person may do.
pub fn act() -> impl Strategy<Value = Act> {
    let rows = proptest::collection::vec((0_usize..4, touchpoint(), 0_u8..6), 1..5);
    prop_oneof![
        4 => rows.prop_map(Act::Add),
        2 => (0_usize..99, 0_usize..4, touchpoint()).prop_map(|(n, who, row)| Act::Edit(n, who, row)),
        2 => (0_usize..99).prop_map(Act::Remove),
        2 => (0_usize..4, 0_usize..4).prop_map(|(a, b)| Act::Merge(a, b)),
        1 => (0_usize..4, any::<u8>()).prop_map(|(who, n)| Act::Change(who, n)),
        1 => (0_usize..4, any::<u8>()).prop_map(|(who, n)| Act::Card(who, n)),
        1 => (0_usize..4).prop_map(Act::Fail),
        1 => (0_usize..9).prop_map(Act::Resolve),
        2 => (0_usize..4, 0_usize..4).prop_map(|(who, by)| Act::Refer(who, by)),
        1 => (0_usize..4, 0_usize..5).prop_map(|(who, by)| Act::Sent(who, by)),
    ]
}

fn dump(path: &Path) -> String {
    let db = rusqlite::Connection::open(path).expect("the log");
    let mut all = String::new();
    for table in TABLES {
        let mut select = db.prepare(&format!("SELECT * FROM {table} ORDER BY 1")).expect("a table");
        let width = select.column_count();
        let mut rows = select.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let values: Vec<_> = (0..width).map(|column| row.get::<_, rusqlite::types::Value>(column).expect("a value")).collect();
            all += &format!("{table} {values:?}\n");
        }
    }
    all
}

fn nth_customer(ledger: &Ledger, n: usize) -> Option<Customer> {
    let all = ledger.people().expect("people");
    (!all.is_empty()).then(|| all[n % all.len()].clone())
}

fn nth_touchpoint(ledger: &Ledger, n: usize) -> Option<TouchpointId> {
    let all: Vec<TouchpointId> = ledger
        .people()
        .expect("people")
        .iter()
        .flat_map(|customer| ledger.timeline(customer.id, Moment(i64::MAX)).expect("a timeline"))
        .map(|row| row.id)
        .collect();
    (!all.is_empty()).then(|| all[n % all.len()])
}

/// Does it; false when there was nothing to do it to.
pub fn does(ledger: &mut Ledger, now: Moment, act: &Act) -> bool {
    match act {
        Act::Add(rows) => ledger
            .batch(now, "import", |batch| {
                let mut added = false;
                for (who, row, key) in rows {
                    let customer = batch.customer(NAMES[*who])?;
                    let key = if *key == 0 { Key::None } else { Key::Own([*key; 16]) };
                    added |= batch.record(customer, row, "csv", key)? != attent::ledger::Outcome::Known;
                }
                Ok((added, "added".to_owned()))
            })
            .expect("a batch"),
        Act::Edit(n, who, row) => match (nth_touchpoint(ledger, *n), nth_customer(ledger, *who)) {
            (Some(id), Some(customer)) => {
                // A record may be known of one customer only once.
                let whose = ledger.touchpoint(id).expect("a touchpoint").expect("it is there").customer;
                let keyed =
                    ledger.timeline(whose, Moment(i64::MAX)).expect("a timeline").iter().any(|row| row.id == id && row.source == "csv");
                let customer = if keyed { whose } else { customer.id };
                ledger.change_touchpoint(now, id, customer, row, "edit").expect("an edit")
            }
            _ => false,
        },
        Act::Remove(n) => nth_touchpoint(ledger, *n).is_some_and(|id| ledger.remove_touchpoint(now, id, "remove").expect("a removal")),
        Act::Merge(a, b) => match (nth_customer(ledger, *a), nth_customer(ledger, *b)) {
            (Some(a), Some(b)) if a.id != b.id => {
                ledger.merge_customers(now, &a, &b).expect("a merge");
                true
            }
            _ => false,
        },
        Act::Change(who, n) => nth_customer(ledger, *who).is_some_and(|mut customer| {
            customer.name = format!("{} {n}", customer.name.split(' ').next().unwrap_or_default());
            if ledger.exactly(&customer.name).expect("a look").is_some_and(|owner| owner != customer.id) {
                return false;
            }
            customer.segment = format!("s{n}");
            customer.no_contact = n % 2 == 0;
            customer.gifts = GiftPolicy::UpTo(Cents(i64::from(*n)));
            ledger.change_customer(now, "customers edit", &customer).expect("a change");
            true
        }),
        Act::Card(who, n) => nth_customer(ledger, *who).is_some_and(|customer| card(ledger, now, customer.id, *n)),
        Act::Fail(who) => nth_customer(ledger, *who).is_some_and(|customer| {
            let incident = Incident { severity: Severity::Severe, kind: "late".into(), ..Incident::new(customer.id, "late", now) };
            ledger.open_incident(now, &incident).expect("a failure") > 0
        }),
        Act::Resolve(n) => {
            let all = ledger.incidents().expect("failures");
            let mut open: Vec<Incident> = all.into_values().flatten().filter(|incident| incident.resolved.is_none()).collect();
            open.sort_by_key(|incident| incident.id);
            if open.is_empty() {
                return false;
            }
            let incident = open.swap_remove(n % open.len());
            let made_good =
                |incident| Ok(Incident { resolved: Some(now), generous: 0.5, personal: true, stated_quality: Some(0.3), ..incident });
            ledger.change_incident(now, "incident resolve", incident.id, made_good).expect("it is made good");
            true
        }
        // Those that would make a circle are refused and leave nothing behind.
        Act::Refer(who, by) => ledger
            .batch(now, "referral add", |batch| {
                let (who, by) = (batch.customer(NAMES[*who])?, batch.customer(NAMES[*by])?);
                let id = batch.refer(who, by, now, "")?;
                batch.thank(id, now, None)?;
                Ok((true, "referral".to_owned()))
            })
            .unwrap_or(false),
        Act::Sent(who, by) => match (nth_customer(ledger, *who), nth_customer(ledger, *by)) {
            (Some(who), Some(by)) => {
                let sent = if by.id == who.id { Sent::ByNobody } else { Sent::By(by.id, now) };
                ledger.change_customer_sent(now, "customers edit", &who, sent).is_ok()
            }
            _ => false,
        },
    }
}

fn card(ledger: &mut Ledger, now: Moment, id: CustomerId, n: u8) -> bool {
    let card = Card {
        party: Party { addresses: vec![format!("a{n}@x.nl")], ..Party::default() },
        organisation: format!("firm {n}"),
        categories: vec![format!("group {n}")],
        postal: vec![format!("street {n}")],
        anniversaries: vec![Anniversary { what: "birthday".into(), year: None, month: 1, day: u32::from(n % 28) + 1 }],
        ..Card::default()
    };
    ledger
        .batch(now, "import", |batch| {
            let done = batch.enrich(id, &card, &[format!("+3161234{n:04}")], "address book")?;
            batch.keep_card([n; 16], id, [n; 16])?;
            Ok((done.changed, "card".to_owned()))
        })
        .expect("a card")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn everything_can_be_taken_back_and_put_back(acts in proptest::collection::vec(act(), 1..12)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("attent.db");
        let mut ledger = Ledger::open(&path, vec![course()], 0).unwrap().0;
        let now = day(400.0);
        let mut done: Vec<(Act, String, String)> = Vec::new();
        for act in acts {
            let before = dump(&path);
            let entries = ledger.entries(1).unwrap().first().map(|entry| entry.id);
            does(&mut ledger, now, &act);
            if ledger.entries(1).unwrap().first().map(|entry| entry.id) != entries {
                done.push((act, before, dump(&path)));
            }
        }
        for (act, before, after) in done.into_iter().rev() {
            let by = ledger.undo(now, None).unwrap().unwrap().by;
            prop_assert_eq!(&dump(&path), &before, "taken back {:?}", act);
            let back = ledger.undo(now, Some(by)).unwrap().unwrap().by;
            prop_assert_eq!(&dump(&path), &after, "put back {:?}", act);
            // Either way of saying it: the entry itself, or that it was put back.
            ledger.undo(now, (back % 2 == 0).then_some(back)).unwrap().unwrap();
            prop_assert_eq!(&dump(&path), &before, "taken back again {:?}", act);
        }
        prop_assert!(ledger.undo(now, None).unwrap().is_none());
    }
}

/// A nudge for somebody that stands.
pub fn cold(customer: CustomerId) -> Nudge {
    Nudge {
        id: 0,
        cause: Cause { customer, place: "stage:find".into(), rule: "cold".into() },
        play: None,
        because: Text::same("why"),
        minutes: 5,
        cost: Cents(0),
        owed: false,
        opened: day(2.0),
        due: day(9.0),
        state: NudgeState::Open,
        snoozed: None,
        ended: None,
        why: String::new(),
        touchpoint: None,
        told: None,
    }
}

/// A digest that brings it up, and closes others.
pub fn raise(ledger: &mut Ledger, new: &Nudge, closed: &[(i64, &str)]) {
    let seen = ledger.newest_entry().unwrap();
    let raised = Raised { seen, new: std::slice::from_ref(new), closed, digest: true };
    assert_eq!(ledger.raise(day(3.0), &raised, |_| Ok(true)).unwrap(), Shown::Recorded);
}

fn standing(ledger: &Ledger, customer: CustomerId) -> Vec<i64> {
    ledger.standing_nudges(customer).unwrap().iter().map(|nudge| nudge.id).collect()
}

/// Done, and brought up again once it had rested: taking the first back leaves the second.
#[test]
fn a_nudge_that_came_up_again_stands_when_the_older_is_taken_back() {
    for state in [NudgeState::Done, NudgeState::Skipped] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("attent.db");
        let mut ledger = Ledger::open(&path, vec![course()], 0).unwrap().0;
        let customer = ledger.add_customer(day(1.0), &Customer::named("Anna")).unwrap();
        raise(&mut ledger, &cold(customer), &[]);
        ledger
            .batch(day(3.0), state.word(), |batch| Ok((batch.end_nudge(1, &NudgeEnd::new(state, day(3.0), ""))?, "#1 Anna".to_owned())))
            .unwrap();
        let ended = ledger.entries(1).unwrap()[0].id;
        raise(&mut ledger, &cold(customer), &[]);
        let before = dump(&path);
        let undone = ledger.undo(day(4.0), Some(ended)).unwrap().unwrap();
        assert_eq!((undone.nudges.again, undone.nudges.again_since), (vec![], vec![1]), "{state:?}");
        assert_eq!(standing(&ledger, customer), [2], "{state:?}");
        let older = ledger.nudge(1).unwrap().unwrap();
        assert_eq!((older.state, older.ended, older.told), (NudgeState::Closed, Some(day(4.0)), Some(day(4.0))), "{state:?}");
        ledger.undo(day(4.0), Some(undone.by)).unwrap().unwrap();
        assert_eq!(dump(&path), before, "{state:?}: and put back");
    }
}

/// A digest that closes a nudge and brings the same up by another play is taken back and put back.
#[test]
fn nudges_change_places_without_being_in_each_others_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("attent.db");
    let mut ledger = Ledger::open(&path, vec![course()], 0).unwrap().0;
    let customer = ledger.add_customer(day(1.0), &Customer::named("Anna")).unwrap();
    raise(&mut ledger, &cold(customer), &[]);
    raise(&mut ledger, &cold(customer), &[(1, "play-gone")]);
    let after = dump(&path);
    for _ in 0..2 {
        let digest = ledger.entries(1).unwrap()[0].id;
        let by = ledger.undo(day(4.0), Some(digest)).unwrap().unwrap().by;
        assert_eq!(standing(&ledger, customer), [1]);
        let back = ledger.undo(day(4.0), Some(by)).unwrap().unwrap().by;
        assert_eq!(dump(&path), after, "e{back}");
    }
}

#[test]
fn what_a_later_entry_learned_of_a_customer_keeps_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("attent.db"), vec![course()], 0).unwrap().0;
    for learned in ["key", "card", "particular"] {
        let name = format!("Anna {learned}");
        let id = ledger.add_customer(day(1.0), &Customer { keys: vec![format!("{learned}@x.nl")], ..Customer::named(&name) }).unwrap();
        let added = ledger.entries(1).unwrap()[0].id;
        ledger
            .batch(day(2.0), "import", |batch| {
                match learned {
                    "key" => drop(batch.learn(id, "anna@example.com")?),
                    "card" => batch.keep_card([7; 16], id, [7; 16])?,
                    _ => drop(batch.enrich(id, &Card { postal: vec!["street 1".into()], ..Card::default() }, &[], "address book")?),
                }
                Ok(((), String::new()))
            })
            .unwrap();
        let later = ledger.entries(1).unwrap()[0].id;
        let refused = format!("{:?}", ledger.undo(day(3.0), Some(added)).unwrap_err());
        assert!(refused.contains(&format!("{name} stays")) && refused.contains(&format!("attent undo e{later}")), "{refused}");
        ledger.undo(day(3.0), Some(later)).unwrap().unwrap();
        assert_eq!(ledger.undo(day(3.0), Some(added)).unwrap().unwrap().customers, 1, "{learned}");
    }
}
