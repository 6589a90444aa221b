//! Exports of a whole log.

use std::path::Path;
use std::sync::LazyLock;

use attent::ledger::Ledger;
use rusqlite::Connection;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::databases::{FILE, in_words, used};
use super::importers::NOW;
use super::standings::course;

/// A log without a row, as the bytes of its file.
static EMPTY: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE);
    drop(open(&path));
    let db = Connection::open(&path).expect("the file opens");
    db.pragma_update(None, "journal_mode", "DELETE").expect("all is in one file");
    drop(db);
    std::fs::read(&path).expect("the file can be read")
});

fn open(path: &Path) -> Ledger {
    Ledger::open(path, vec![course()], 0).expect("the log opens").0
}

/// Bytes that say they are an export: as they are, and with a first and last line that fit the rest, as somebody
/// would make them who means harm.
pub fn export(bytes: &[u8]) {
    read(bytes);
    read(&sealed(bytes));
}

/// Comes in whole, says the same when it is written again, and is a log that can be worked in; or not at all.
fn read(mut export: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE);
    std::fs::write(&path, &*EMPTY).expect("the file is written");
    let mut ledger = open(&path);
    let before = written(&ledger);
    if let Err(error) = ledger.import_export(NOW, &mut export, false, &mut |_| ()) {
        assert_eq!(written(&ledger), before, "something of a refused export stays");
        return in_words(error);
    }
    let first = written(&ledger);
    let again = folder.path().join("again.db");
    std::fs::write(&again, &*EMPTY).expect("the file is written");
    let mut other = open(&again);
    other.import_export(NOW, &mut first.as_slice(), false, &mut |_| ()).expect("what attent writes, attent reads");
    assert_eq!(String::from_utf8(written(&other)), String::from_utf8(first), "an export says the same again");
    drop((ledger, other));
    used(&path).unwrap_or_else(in_words);
    sound(&path);
}

fn written(ledger: &Ledger) -> Vec<u8> {
    let mut bytes = Vec::new();
    let counts = ledger.row_counts().expect("the rows can be counted");
    let odd = ledger.export(&counts, &mut bytes, &mut |_| ()).expect("every log can be exported");
    assert_eq!(odd.count, 0, "what came in comes back: {:?}", odd.said());
    bytes
}

/// No page is damaged and no row refers to one that is not there, whatever came in.
fn sound(path: &Path) {
    let db = Connection::open(path).expect("the log opens");
    let said: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("the log can be checked");
    assert_eq!(said, "ok");
    let orphans: i64 = db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).expect("the log can be checked");
    assert_eq!(orphans, 0);
}

/// The lines between the first and the last, with a header that counts them and a checksum that fits.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let given: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let (first, rows) = given.split_first().map_or((&b""[..], &[][..]), |(first, rows)| (*first, rows));
    let rows = if rows.last().is_some_and(|line| line.starts_with(b"{\"end\"")) { &rows[..rows.len() - 1] } else { rows };
    let mut header = serde_json::from_slice(first).ok().filter(Value::is_object).unwrap_or_else(|| serde_json::json!({"log": 1}));
    header["schema"] = "attent.export/1".into();
    let mut counts = serde_json::Map::new();
    for line in rows {
        if let Some(table) = serde_json::from_slice::<Value>(line).ok().as_ref().and_then(|row| row["table"].as_str()) {
            let count = counts.get(table).and_then(Value::as_u64).unwrap_or_default();
            counts.insert(table.to_owned(), (count + 1).into());
        }
    }
    header["rows"] = counts.into();
    let mut whole = format!("{header}\n").into_bytes();
    rows.iter().for_each(|line| whole.extend([line, &b"\n"[..]].concat()));
    let sum = Sha256::digest(&whole).iter().fold(String::new(), |sum, byte| format!("{sum}{byte:02x}"));
    let end = format!("{{\"end\":\"attent.export/1\",\"lines\":{},\"sha256\":\"{sum}\"}}\n", rows.len() + 1);
    [whole, end.into_bytes()].concat()
}

#[test]
fn a_damaged_export_is_sealed_so_that_its_rows_are_looked_at() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE);
    let kept = super::seeds::exports().remove(0);
    let damaged = String::from_utf8(kept).expect("text").replacen("Anna", "Bern", 1);
    let mut ledger = open(&path);
    assert!(ledger.import_export(NOW, &mut damaged.as_bytes(), true, &mut |_| ()).is_err(), "its checksum is another");
    ledger.import_export(NOW, &mut sealed(damaged.as_bytes()).as_slice(), true, &mut |_| ()).expect("its checksum fits");
}
