//! The ledger against brute force: whatever is added, planned, taken back or re-placed, in any
//! order, its standings are those of a plain fold over the log.

use std::collections::BTreeMap;
use std::path::Path;

use attent::domain::accumulators::{Sums, decay, terms};
use attent::domain::calendar::Moment;
use attent::domain::course::{Course, Traits};
use attent::domain::gift::{Gift, GiftState};
use attent::domain::standing::Standing;
use attent::domain::touchpoint::{CustomerId, Facts, Touchpoint};
use attent::domain::words::Channel;
use attent::ledger::{Key, Ledger, Opened, Outcome};
use proptest::prelude::*;

use crate::support::{course, day, touchpoint};

fn open(path: &Path) -> Ledger {
    Ledger::open(path, vec![course()], 0).expect("the ledger opens").0
}

fn add(ledger: &mut Ledger, now: Moment, rows: &[(&str, Touchpoint)]) {
    ledger
        .batch(now, "log", |batch| {
            for (name, touchpoint) in rows {
                let customer = batch.customer(name)?;
                batch.record(customer, touchpoint, "log", Key::None)?;
            }
            Ok(((), String::new()))
        })
        .expect("the batch is stored");
}

/// What METHOD §1.2 says, without any bookkeeping: stages placed one after the other, sums
/// computed from scratch.
struct Plain {
    stages: Vec<usize>,
    current: Option<usize>,
    cells: BTreeMap<usize, Sums>,
    overall: Sums,
}

fn plain(rows: &[Touchpoint], course: &Course, now: Moment) -> Plain {
    let mut rows: Vec<&Touchpoint> = rows.iter().filter(|row| row.facts.at <= now).collect();
    rows.sort_by_key(|row| row.facts.at); // stable: ties keep the order of entry
    let (mut stages, mut current, mut anyone_moved) = (Vec::new(), None, false);
    for row in &rows {
        let said = row.stage.as_deref().and_then(|stage| course.journey.position(stage));
        let claim = said.or_else(|| course.claim(&row.facts, Traits { note: &row.note, ..Traits::default() }));
        let stage = claim.or(current).unwrap_or(0);
        stages.push(stage);
        let moves =
            !(row.facts.sender == attent::domain::words::Sender::Automated && row.facts.direction == attent::domain::words::Direction::Out);
        if moves || !anyone_moved {
            current = Some(stage);
        }
        anyone_moved |= moves;
    }
    let sum = |facts: &mut dyn Iterator<Item = &Facts>, half_life: f64| {
        facts.fold(Sums::default(), |sums, one| sums.plus(terms(one, &course.model), decay(now.days_since(one.at), half_life)))
    };
    let mut cells = BTreeMap::new();
    for (place, &half_life) in course.half_lives.iter().enumerate() {
        let mut here = rows.iter().zip(&stages).filter(|(_, stage)| **stage == place).map(|(row, _)| &row.facts).peekable();
        if here.peek().is_some() {
            cells.insert(place, sum(&mut here, half_life));
        }
    }
    let overall = sum(&mut rows.iter().map(|row| &row.facts), course.model.half_life);
    Plain { stages, current, cells, overall }
}

fn close(a: Sums, b: Sums) -> bool {
    a.to_array().iter().zip(b.to_array()).all(|(a, b)| (a - b).abs() < 1e-9)
}

fn compare(standing: &Standing, plain: &Plain, course: &Course, now: Moment) -> Result<(), TestCaseError> {
    prop_assert_eq!(standing.current, plain.current);
    let overall = standing.overall.map_or_else(Sums::default, |cell| cell.sums_at(now, course.model.half_life));
    prop_assert!(close(overall, plain.overall), "overall {:?} {:?}", overall, plain.overall);
    for (place, cell) in standing.cells.iter().enumerate() {
        let kept = cell.map(|cell| cell.sums_at(now, course.half_lives[place]));
        match (kept, plain.cells.get(&place)) {
            (None, None) => {}
            (Some(kept), Some(&expected)) => prop_assert!(close(kept, expected), "cell {} {:?} {:?}", place, kept, expected),
            other => return Err(TestCaseError::fail(format!("cell {place}: {other:?}"))),
        }
    }
    Ok(())
}

fn standings(ledger: &Ledger, now: Moment) -> BTreeMap<CustomerId, Standing> {
    let mut all = BTreeMap::new();
    ledger
        .standings(0, now, |customer, standing| {
            all.insert(customer, standing.clone());
            Ok(())
        })
        .expect("the standings are read");
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn standings_are_those_of_a_plain_fold(
        batches in proptest::collection::vec((proptest::collection::vec((0_usize..3, touchpoint()), 1..8), 0_u32..400, any::<bool>()), 1..8),
        past in 0_u32..400,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = open(&folder.path().join("attent.db"));
        let course = course();
        let names = ["Anna", "Bart", "Cleo"];
        let mut rows: Vec<Vec<Touchpoint>> = vec![Vec::new(); 3];
        let mut now = Moment(0);
        for (batch, at, take_back) in batches {
            now = day(f64::from(at)).max(now);
            add(&mut ledger, now, &batch.iter().map(|(who, row)| (names[*who], row.clone())).collect::<Vec<_>>());
            if take_back {
                ledger.undo(now, None).unwrap();
            } else {
                batch.into_iter().for_each(|(who, row)| rows[who].push(row));
            }
        }
        // At the latest moment written, some time later, and at any earlier moment.
        for moment in [now, day(500.0), day(f64::from(past))] {
            let found = standings(&ledger, moment);
            for (who, rows) in rows.iter().enumerate() {
                let id = ledger.exactly(names[who]).unwrap();
                let standing = id.and_then(|id| found.get(&id).cloned()).unwrap_or_else(|| Standing::new(4));
                compare(&standing, &plain(rows, &course, moment), &course, moment)?;
                if let Some(id) = id {
                    prop_assert_eq!(&ledger.standing(id, moment).unwrap().standing, &standing);
                }
            }
        }
        // What is kept equals what a rebuild makes, to the last bit.
        let kept = standings(&ledger, day(1000.0));
        let mut other = course.journey.clone();
        other.stages[2].half_life = Some(77.0);
        let path = ledger.path().to_owned();
        drop(ledger);
        let changed = Course::new(other, &course.model);
        Ledger::open(&path, vec![changed], 0).unwrap().0.refresh(Some(now), &mut |_| ()).unwrap();
        let mut back = open(&path);
        prop_assert!(!back.is_fresh().unwrap());
        back.refresh(Some(now), &mut |_| ()).unwrap();
        prop_assert_eq!(kept, standings(&back, day(1000.0)));
        let counted: u64 = back.day_sums(0, -1, 10_000).unwrap().iter().map(|(count, _)| count).sum();
        let expected = rows.iter().flatten().count() as u64;
        prop_assert_eq!(counted, expected);
    }

    #[test]
    fn day_sums_follow_every_change(
        first in proptest::collection::vec(touchpoint(), 1..12),
        second in proptest::collection::vec(touchpoint(), 1..12),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = open(&folder.path().join("attent.db"));
        let (course, now) = (course(), day(1000.0));
        add(&mut ledger, now, &first.iter().map(|row| ("Anna", row.clone())).collect::<Vec<_>>());
        add(&mut ledger, now, &second.iter().map(|row| ("Anna", row.clone())).collect::<Vec<_>>());
        let all: Vec<_> = first.iter().chain(&second).cloned().collect();
        let mut sorted: Vec<_> = all.iter().collect();
        sorted.sort_by_key(|row| row.facts.at);
        let plain = plain(&all, &course, now);
        let (from, to) = (100, 200);
        let found = ledger.day_sums(0, from, to).unwrap();
        for (place, (count, sums)) in found.into_iter().enumerate() {
            let here: Vec<_> = sorted.iter().zip(&plain.stages).filter(|(row, stage)| **stage == place && (from..to).contains(&row.facts.at.day())).collect();
            let expected = here.iter().fold(Sums::default(), |sums, (row, _)| sums.plus(terms(&row.facts, &course.model), 1.0));
            prop_assert_eq!(count as usize, here.len());
            prop_assert!(close(sums, expected));
        }
    }
}

fn call(at: f64) -> Touchpoint {
    let d = attent::domain::words::Channel::Phone.defaults();
    let facts = Facts {
        at: day(at),
        channel: attent::domain::words::Channel::Phone,
        direction: d.direction,
        sender: d.sender,
        personal: d.personal,
        kind: d.kind,
        sentiment: None,
    };
    Touchpoint { facts, stage: None, amount: None, minutes: None, note: String::new(), tags: Vec::new() }
}

/// Imports touchpoints of these keys; the log's first import puts its indexes off.
fn import(ledger: &mut Ledger, keys: &[u8]) -> Vec<bool> {
    ledger
        .batch(day(10.0), "import", |batch| {
            let customer = batch.customer("Anna")?;
            let rows = keys.iter().map(|&key| batch.record(customer, &call(1.0), "csv", Key::Content([key; 16])));
            let added = rows.map(|outcome| Ok(matches!(outcome?, Outcome::Added(_)))).collect::<anyhow::Result<Vec<_>>>()?;
            Ok((added, String::new()))
        })
        .unwrap()
}

#[test]
fn a_second_import_adds_nothing_and_identical_rows_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(&folder.path().join("attent.db"));
    assert_eq!(import(&mut ledger, &[1, 2, 1, 1]), [true, true, true, true]);
    assert_eq!(import(&mut ledger, &[1, 2, 1, 1]), [false, false, false, false]);
    assert_eq!(import(&mut ledger, &[1, 1, 1, 1, 2, 2, 3]), [false, false, false, true, false, true, true]);
    assert_eq!(standings(&ledger, day(10.0)).values().next().unwrap().overall.unwrap().count, 7);
}

#[test]
fn many_identical_rows_are_as_many_contacts_and_known_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(&folder.path().join("attent.db"));
    let keys = vec![7; 20_000];
    let added = |ledger: &mut Ledger| import(ledger, &keys).into_iter().filter(|added| *added).count();
    assert_eq!(added(&mut ledger), 20_000);
    assert_eq!(added(&mut ledger), 0);
}

#[test]
fn planned_contact_counts_in_a_later_period_before_it_is_written_down() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(&folder.path().join("attent.db"));
    add(&mut ledger, day(10.0), &[("Anna", call(9.0)), ("Anna", call(20.0)), ("Bart", call(21.0))]);
    let counted = |ledger: &Ledger| ledger.day_sums(0, 0, 21).unwrap().iter().map(|(count, _)| count).sum::<u64>();
    assert_eq!(counted(&ledger), 2);
    // A look at another moment writes nothing down; the next day of work does, and changes no number.
    ledger.refresh(None, &mut |_| ()).unwrap();
    assert_eq!(ledger.timeline(ledger.exactly("Anna").unwrap().unwrap(), day(99.0)).unwrap()[1].counted_in, None);
    ledger.refresh(Some(day(30.0)), &mut |_| ()).unwrap();
    assert!(ledger.timeline(ledger.exactly("Anna").unwrap().unwrap(), day(99.0)).unwrap()[1].counted_in.is_some());
    assert_eq!(counted(&ledger), 2);
}

#[test]
fn numbers_of_what_was_removed_are_not_given_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(&folder.path().join("attent.db"));
    add(&mut ledger, day(10.0), &[("Anna", call(9.0))]);
    let first = ledger.exactly("Anna").unwrap().unwrap();
    ledger.undo(day(10.0), None).unwrap();
    add(&mut ledger, day(10.0), &[("Bart", call(9.0))]);
    let second = ledger.exactly("Bart").unwrap().unwrap();
    assert!(second > first);
    assert!(ledger.timeline(second, day(10.0)).unwrap()[0].id.0 > 1);
}

#[test]
fn stages_that_are_gone_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("attent.db");
    let mut ledger = open(&path);
    let said = Touchpoint { stage: Some("stay".into()), ..call(5.0) };
    add(&mut ledger, day(10.0), &[("Anna", said), ("Anna", call(6.0))]);
    drop(ledger);
    let mut shorter = course().journey;
    shorter.stages.pop();
    let (mut ledger, _) = Ledger::open(&path, vec![Course::new(shorter, &course().model)], 0).unwrap();
    let gone = ledger.refresh(Some(day(10.0)), &mut |_| ()).unwrap();
    assert_eq!(gone.into_iter().collect::<Vec<_>>(), [("stay".to_owned(), 1)]);
}

#[test]
fn a_failed_or_discarded_batch_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(&folder.path().join("attent.db"));
    let failed: anyhow::Result<()> = ledger.batch(day(1.0), "log", |batch| {
        let customer = batch.customer("Anna")?;
        batch.record(customer, &call(0.5), "log", Key::None)?;
        anyhow::bail!("stop")
    });
    assert!(failed.is_err());
    ledger
        .batch(day(1.0), "log", |batch| {
            let customer = batch.customer("Bart")?;
            batch.record(customer, &call(0.5), "log", Key::None)?;
            batch.discard();
            Ok(((), String::new()))
        })
        .unwrap();
    assert!(ledger.customers().unwrap().is_empty());
    assert!(ledger.undo(day(1.0), None).unwrap().is_none());
}

#[test]
fn a_planned_touchpoint_counts_from_its_day_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(&folder.path().join("attent.db"));
    add(&mut ledger, day(10.0), &[("Anna", call(20.0))]);
    assert!(standings(&ledger, day(10.0)).is_empty());
    assert_eq!(standings(&ledger, day(20.0)).len(), 1);
    ledger.refresh(Some(day(21.0)), &mut |_| ()).unwrap();
    assert_eq!(standings(&ledger, day(21.0)).len(), 1);
    assert!(standings(&ledger, day(19.0)).is_empty());
}

#[test]
fn files_that_are_not_ours_are_refused_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let refuse = |name: &str, said: &str| {
        let path = folder.path().join(name);
        let before = std::fs::read(&path).ok();
        let err = Ledger::open(&path, vec![course()], 0).unwrap_err();
        assert!(format!("{err:#}").contains(said), "{err:#}");
        assert_eq!(std::fs::read(&path).ok(), before);
    };
    std::fs::write(folder.path().join("text.db"), "not a database, but long enough to look at it for a header of a hundred bytes or so")
        .unwrap();
    refuse("text.db", "is not an SQLite file");
    let other = rusqlite::Connection::open(folder.path().join("other.db")).unwrap();
    other.execute_batch("CREATE TABLE mine (x);").unwrap();
    drop(other);
    refuse("other.db", "another program's database");
    drop(open(&folder.path().join("new.db")));
    let newer = rusqlite::Connection::open(folder.path().join("new.db")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    refuse("new.db", "newer version");
    std::fs::create_dir(folder.path().join("folder.db")).unwrap();
    refuse("folder.db", "is a folder");
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("attent.db");
    let (_ledger, opened) = Ledger::open(&path, vec![course()], 0).unwrap();
    assert_eq!(opened, Opened::ForWriting);
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

/// Two commands at once read the same plan: it is given once, and who comes second is told so.
#[test]
fn a_plan_is_given_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let (mut one, now) = (open(&path), day(10.0));
    let usual = Channel::Gift.defaults();
    let (direction, sender, personal, kind) = (usual.direction, usual.sender, usual.personal, usual.kind);
    let facts = Facts { at: now, channel: Channel::Gift, direction, sender, personal, kind, sentiment: None };
    let contact = Touchpoint { facts, stage: None, amount: None, minutes: None, note: String::new(), tags: Vec::new() };
    add(&mut one, now, &[("Anna", contact.clone())]);
    let plan = Gift { state: GiftState::Planned, ..Gift::idea(CustomerId(1), "a book") };
    let plan = Gift { id: one.keep_gift(now, "gift add", &plan, "a book").unwrap(), ..plan };
    let mut other = open(&path);
    let read = other.gift(plan.id).unwrap().unwrap();
    one.give(now, &plan, &contact, "a book").unwrap();
    let again = other.give(now, &read, &contact, "a book").unwrap_err();
    assert!(again.to_string().contains("given already"), "{again}");
    assert!(!other.drop_gift(now, plan.id, "a book").unwrap());
    assert_eq!(one.size().unwrap(), 2, "nor is the second contact kept");
    assert_eq!(one.gift(plan.id).unwrap().unwrap().state, GiftState::Given);
}
