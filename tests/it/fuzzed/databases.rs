//! Files that say they are a log.

use std::path::Path;
use std::sync::LazyLock;

use attent::domain::calendar::Moment;
use attent::domain::customer::Customer;
use attent::domain::incident::Incident;
use attent::domain::standing::Relationship;
use attent::domain::touchpoint::{Facts, Touchpoint};
use attent::domain::words::{Channel, Direction};
use attent::ledger::{Key, Ledger, customer_names, open_nudges, segment_names};
use rusqlite::Connection;

use super::bytes::Choices;
use super::importers::NOW;
use super::standings::course;

/// The name of the log in a folder.
pub const FILE: &str = "attent.db";

/// A log with some of everything, as the bytes of its file.
static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE);
    let (mut ledger, _) = Ledger::open(&path, vec![course()], 0).expect("a new log opens");
    for (number, name) in ["Anna de Vries", "Bakkerij Jansen", "Żółć"].into_iter().enumerate() {
        let customer = ledger.add_customer(NOW, &Customer::named(name)).expect("a customer is added");
        log(&mut ledger, name, number as i64).expect("contacts are logged");
        ledger.open_incident(NOW, &Incident::new(customer, "late", NOW.minus_days(3.0))).expect("a failure is recorded");
    }
    ledger.refresh(Some(NOW), &mut |_| ()).expect("the sums are kept");
    drop(ledger);
    let db = Connection::open(&path).expect("the file opens");
    db.pragma_update(None, "journal_mode", "DELETE").expect("all is in one file");
    drop(db);
    std::fs::read(&path).expect("the file can be read")
});

fn log(ledger: &mut Ledger, name: &str, number: i64) -> anyhow::Result<()> {
    ledger.batch(NOW, "log", |batch| {
        let customer = batch.customer(name)?;
        for ago in 0..6 {
            let channel = Channel::ALL[(number * 3 + ago) as usize % Channel::ALL.len()];
            let usual = channel.defaults();
            let facts = Facts {
                at: NOW.minus_days(ago as f64 * 10.0 - 5.0),
                channel,
                direction: [Direction::In, Direction::Out, Direction::Both][ago as usize % 3],
                sender: usual.sender,
                personal: usual.personal,
                kind: usual.kind,
                sentiment: (ago == 2).then_some(0.5),
            };
            let note = if ago == 1 { "offerte" } else { "" };
            let tags = if ago == 3 { vec!["vip".to_owned()] } else { Vec::new() };
            let touchpoint = Touchpoint { facts, stage: None, amount: None, minutes: Some(10), note: note.to_owned(), tags };
            batch.record(customer, &touchpoint, "log", Key::None)?;
        }
        Ok(((), String::new()))
    })
}

/// Everything that is read of a log, then something written. Any of it may fail; an error has words.
pub fn used(path: &Path) -> anyhow::Result<()> {
    drop((customer_names(path), segment_names(path), open_nudges(path)));
    let (mut ledger, _) = Ledger::open(path, vec![course()], 0)?;
    let mut tried: Vec<anyhow::Result<()>> = Vec::new();
    for customer in ledger.customers().unwrap_or_default().into_iter().take(8) {
        tried.push(ledger.standing(customer.id, NOW).map(|kept| looked(Relationship::from(&kept.standing).two_way_contacts())));
        tried.push(ledger.timeline(customer.id, NOW).map(drop));
        tried.push(ledger.last_by_people(customer.id, NOW, 5).map(drop));
        tried.push(ledger.particulars(customer.id).map(drop));
    }
    tried.push(ledger.standings(0, NOW, |_, standing| {
        looked(Relationship::from(standing).two_way_contacts());
        Ok(())
    }));
    tried.push(ledger.standings(0, Moment(0), |_, _| Ok(())));
    tried.push(ledger.day_sums(0, 20_000, 21_000).map(drop));
    tried.push(ledger.stage_log(0, 0, NOW, |_| Ok(())));
    tried.push(ledger.incidents().map(drop));
    tried.push(ledger.nudges().map(drop));
    tried.push(ledger.referrals().map(drop));
    tried.push(ledger.gift_register(Moment(0), NOW, None).map(drop));
    tried.push(ledger.gifts(Moment(0), NOW, NOW, None).map(drop));
    tried.push(ledger.noted_occasions(Moment(0), NOW, None).map(drop));
    tried.push(ledger.yearly_days().map(drop));
    tried.push(ledger.revenue(Moment(0), NOW).map(drop));
    tried.push(ledger.tags(Moment(0), NOW, None).map(drop));
    tried.push(ledger.entries(20).map(drop));
    tried.push(ledger.logged_last(5).map(drop));
    tried.push(log(&mut ledger, "Anna de Vries", 1));
    tried.push(ledger.undo(NOW, None).map(drop));
    tried.push(ledger.refresh(Some(NOW.minus_days(-400.0)), &mut |_| ()).map(drop));
    tried.into_iter().filter_map(Result::err).for_each(in_words);
    Ok(())
}

/// Computed for its own sake.
fn looked<T>(_: T) {}

/// What every error has.
pub fn in_words(error: anyhow::Error) {
    assert!(!format!("{error:#}").is_empty());
}

fn on_file(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE);
    std::fs::write(&path, bytes).expect("the file is written");
    used(&path).unwrap_or_else(in_words);
}

/// A damaged log: bytes that begin as a database are one; all others say which bytes of a sound one to change,
/// four for each change (three say where, one says how).
pub fn ledger_file(bytes: &[u8]) {
    if bytes.starts_with(b"SQLite format 3") {
        return on_file(bytes);
    }
    let mut file = SOUND.clone();
    for change in bytes.chunks_exact(4).take(64) {
        let at = u32::from_le_bytes([change[0], change[1], change[2], 0]) as usize % file.len();
        file[at] = change[3];
    }
    on_file(&file);
}

/// Sums of a customer and of a day that are not what the program packed: laid over what it did, or instead of it.
pub fn packed_sums(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let (instead, at, stage) = (choices.once_in(4), choices.below(512), choices.byte());
    let given = choices.rest();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE);
    std::fs::write(&path, &*SOUND).expect("the file is written");
    let db = Connection::open(&path).expect("the file opens");
    db.pragma_update(None, "synchronous", "OFF").expect("haste is fine");
    for table in ["standings", "days"] {
        let kept: Option<Vec<u8>> = db.query_row(&format!("SELECT sums FROM {table} LIMIT 1"), [], |row| row.get(0)).ok();
        let mut sums = kept.unwrap_or_default();
        if instead {
            sums = given.to_vec();
        } else {
            let from = at.min(sums.len());
            let until = (from + given.len()).min(sums.len());
            sums[from..until].copy_from_slice(&given[..until - from]);
        }
        db.execute(&format!("UPDATE {table} SET sums = ?1"), [&sums]).expect("sums of any kind can be written");
    }
    db.execute("UPDATE stages SET stage = ?1 WHERE id = 1", [format!("stage{stage}")]).expect("a stage gets another name");
    drop(db);
    used(&path).unwrap_or_else(in_words);
}
