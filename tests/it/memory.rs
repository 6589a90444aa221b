//! Memory: what is read about twenty thousand customers fits in 64 MiB, whatever is asked and however it is written; and so
//! does what would be read of them.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use crate::cli::{ok, workspace};

const JOURNEY: &str = "id: customer
stages:
  - {id: find, rules: [{channel: newsletter}]}
  - id: buy
    rules: [{channel: phone}]
    promises: [{title: A card, channel: card, who: human, within: 10d}]
  - {id: use, gap: {maximum: 60d}}
";
const NOW: &str = "2026-03-10";
const CUSTOMERS: usize = 20_000;
/// What a process may have for its data, in KiB: more than it uses of it, so a stricter bound than memory in use.
const MOST_KIB: usize = 64 * 1024;

/// Twenty thousand customers who were written to, called and mailed.
fn town(folder: &Path) {
    workspace(folder, JOURNEY);
    let mut log = "at,customer,channel,stage\n".to_owned();
    for customer in 0..CUSTOMERS {
        for (month, channel) in [(1, "newsletter"), (2, "phone"), (3, "email")] {
            writeln!(log, "2026-{month:02}-0{},Customer {customer},{channel},", 1 + customer % 9).unwrap();
        }
    }
    std::fs::write(folder.join("log.csv"), log).unwrap();
    ok(folder, &["import", "log.csv", "--now", NOW]);
}

#[cfg(target_os = "linux")]
#[test]
fn reading_twenty_thousand_customers_stays_within_64_mebibytes() {
    let folder = tempfile::tempdir().unwrap();
    town(folder.path());
    let commands = [
        "score",
        "score --by customer",
        "score --by customer -O json",
        "score --by customer -O csv",
        "score --by cell",
        "score --by cell -O json",
        "score --by cell -O html",
        "suggest -O json",
        "plan -O json",
        "nudge --dry-run",
        "nudge -O json",
        "today",
        "customers",
        "customers -O json",
        "customers -O html",
        "gifts",
        "referral list",
        "why use",
    ];
    commands.iter().for_each(|command| within(folder.path(), command));
}

/// Runs a command that may have no more data than that.
fn within(folder: &Path, command: &str) {
    let run = bounded(folder, command);
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{command}: {} {}", run.status, said.lines().last().unwrap_or_default());
    assert!(!run.stdout.is_empty(), "{command}");
}

fn bounded(folder: &Path, command: &str) -> Output {
    let line = format!("ulimit -d {MOST_KIB} && exec \"$0\" {command} --now {NOW}");
    let mut shell = Command::new("sh");
    shell.args(["-c", &line, env!("CARGO_BIN_EXE_attent")]).current_dir(folder);
    shell.env_clear().env("TZ", "UTC").env("HOME", folder).env("LANG", "en_GB.UTF-8");
    shell.output().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn the_dossier_of_a_customer_with_a_hundred_thousand_contacts_stays_within_64_mebibytes() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), JOURNEY);
    let mut log = "at,customer,channel,note\n".to_owned();
    for contact in 0..100_000 {
        let (day, hour, minute) = (1 + contact / 1440 % 28, contact / 60 % 24, contact % 60);
        writeln!(log, "2025-{:02}-{day:02}T{hour:02}:{minute:02}:00Z,Anna,phone,call number {contact}", 1 + contact / 40_320).unwrap();
    }
    std::fs::write(folder.path().join("log.csv"), log).unwrap();
    ok(folder.path(), &["import", "log.csv", "--now", NOW]);
    for command in ["dossier anna", "dossier anna -O json", "dossier anna -O html"] {
        within(folder.path(), command);
    }
}

/// A stranger's copy may hold values of any size. What attent would read of them in vain is not read: names are held
/// against who was forgotten, and settings are put back. Where SQLite itself would read them, the copy is refused.
#[cfg(target_os = "linux")]
#[test]
fn a_copy_with_values_of_any_size_is_put_back_or_refused_within_64_mebibytes() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder, JOURNEY);
    for name in ["Anna", "Bram"] {
        ok(folder, &["customers", "add", name, "--email", &format!("{name}@x.example"), "--now", NOW]);
    }
    ok(folder, &["log", "anna", "called", "--now", NOW]);
    ok(folder, &["forget", "Bram", "--yes", "--now", NOW]);
    ok(folder, &["backup", "first.db", "--now", NOW]);
    let large = "printf('%.*c', 100000000, 'x')";
    let many = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 50)
        INSERT INTO workspace_files SELECT 'journeys/' || n || '.yaml', zeroblob(2000000) FROM n";
    for (change, fits) in [
        (format!("UPDATE customers SET name = {large}"), true),
        (format!("UPDATE touchpoints SET note = {large}"), true),
        (format!("UPDATE customer_keys SET key = {large}"), false),
        (format!("UPDATE customer_keys SET folded = {large}"), false),
        (format!("UPDATE settings SET value = {large}"), false),
        (format!("INSERT INTO workspace_files VALUES ({large}, x'00')"), true),
        ("INSERT INTO workspace_files VALUES ('playbook.yaml', zeroblob(100000000))".to_owned(), true),
        (many.to_owned(), true),
    ] {
        std::fs::copy(folder.join("first.db"), folder.join("copy.db")).unwrap();
        rusqlite::Connection::open(folder.join("copy.db")).unwrap().execute_batch(&change).unwrap();
        if fits {
            within(folder, "restore copy.db --yes");
            ok(folder, &["restore", "first.db", "--yes", "--now", NOW]);
        } else {
            let said = String::from_utf8(bounded(folder, "restore copy.db --yes").stderr).unwrap();
            assert!(said.contains("copy.db cannot be put back\n  it holds an address or a setting that is longer"), "{said}");
        }
        assert!(!folder.join("playbook.yaml").exists(), "{change}");
        let _ = std::fs::remove_dir_all(folder.join("backups"));
    }
    let read = std::fs::read_dir(folder.join("journeys")).unwrap().count();
    assert!((3..10).contains(&read), "{read} of 51");
    let said = ok(folder, &["restore", "copy.db", "--yes", "--now", NOW]);
    assert!(said.contains("Not put back, for attent reads no files as large as these: journeys/"), "{said}");
}

/// Ten files with two thousand orders each, every one of somebody who is no customer yet.
fn shop(folder: &Path) {
    workspace(folder, JOURNEY);
    let mut settings = "language: en\nsources:\n".to_owned();
    for file in 0..10 {
        let mut orders = "Name,Email,Financial Status,Paid at,Currency,Total,Lineitem name,Created at,Billing Name\n".to_owned();
        for customer in (0..CUSTOMERS).skip(file * 2_000).take(2_000) {
            let at = format!("2026-01-{:02} 10:00:00 +0100", 1 + customer % 28);
            writeln!(orders, "#{customer},c{customer}@x.nl,paid,{at},EUR,10.00,Tea,{at},Customer {customer}").unwrap();
        }
        std::fs::write(folder.join(format!("orders{file}.csv")), orders).unwrap();
        writeln!(settings, "  - path: orders{file}.csv").unwrap();
    }
    std::fs::write(folder.join("attent.yaml"), settings).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_dry_run_that_lists_twenty_thousand_records_stays_within_64_mebibytes() {
    let folder = tempfile::tempdir().unwrap();
    shop(folder.path());
    for command in ["sync --dry-run", "sync --dry-run -O json", "sync --dry-run -O html"] {
        within(folder.path(), command);
    }
}
