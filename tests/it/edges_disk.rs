//! A disk that takes no more: the command says so, and the log is as it was.
//!
//! A limit on the size of files stands for it everywhere; where a small filesystem of its own may be mounted (by an
//! administrator, or in a namespace), the disk is really full.

use std::path::Path;
use std::process::{Command, Output};

use rusqlite::Connection;

use super::cli::{ok, workspace};
use super::cli_log::JOURNEY;

const NOW: &str = "2026-11-20T12:00:00Z";

fn contacts(rows: usize) -> String {
    let rows: String = (0..rows)
        .map(|row| {
            format!("Customer {},2025-{:02}-{:02}T10:00:00Z,email,a note about number {row}\n", row % 40, 1 + row % 12, 1 + row % 28)
        })
        .collect();
    format!("customer,at,channel,note\n{rows}")
}

/// How many contacts there are, in a log that must be sound.
fn counted(folder: &Path) -> i64 {
    let db = Connection::open(folder.join("attent.db")).expect("the log opens");
    let sound: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it can be read");
    assert_eq!(sound, "ok");
    db.query_row("SELECT count(*) FROM touchpoints", [], |row| row.get(0)).expect("a number")
}

/// Runs the program from a shell that sets the stage first.
fn staged(folder: &Path, stage: &str, args: &[&str]) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{stage}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_attent")]).args(args);
    shell.current_dir(folder).env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("HOME", folder).env("TZ", "UTC");
    shell.env("ATTENT_TRUST", "*").env("LANG", "en_GB.UTF-8").output().expect("a shell")
}

#[track_caller]
fn refuses(output: &Output, because: &str) {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with("error: ") && said.contains(because) && said.contains("nothing was changed"), "{said}");
    assert!(said.contains("make room"), "{said}");
    assert!(said.lines().count() >= 3, "what happened, why, and what to do\n{said}");
}

#[test]
fn a_limit_on_files_is_said_and_nothing_is_half_done() {
    let folder = tempfile::tempdir().expect("a folder is made");
    let folder = folder.path();
    workspace(folder, JOURNEY);
    std::fs::write(folder.join("few.csv"), contacts(50)).expect("the contacts are written");
    std::fs::write(folder.join("many.csv"), contacts(20_000)).expect("the contacts are written");
    ok(folder, &["import", "few.csv", "--now", NOW]);
    let before = ok(folder, &["score", "--by", "cell", "-O", "json", "--now", NOW]);
    // In blocks of 512 bytes; a write beyond it is refused, as on a full disk.
    let limit = "trap '' XFSZ; ulimit -f 2000";
    refuses(&staged(folder, limit, &["import", "many.csv", "--now", NOW]), "cannot be written");
    assert_eq!(counted(folder), 50);
    assert_eq!(ok(folder, &["score", "--by", "cell", "-O", "json", "--now", NOW]), before);
    ok(folder, &["doctor", "--now", NOW]);
    ok(folder, &["import", "many.csv", "--now", NOW]);
    assert_eq!(counted(folder), 20_000, "and with room it goes; the first fifty were there");
}

#[test]
fn a_full_disk_is_said_and_nothing_is_half_done() {
    let folder = tempfile::tempdir().expect("a folder is made");
    let folder = folder.path();
    let script = "mount -t tmpfs -o size=1500k,mode=700 none small && cp -r work/. small && cd small && ./act";
    std::fs::create_dir_all(folder.join("small")).expect("a folder is made");
    let work = folder.join("work");
    workspace(&work, JOURNEY);
    std::fs::write(folder.join("many.csv"), contacts(15_000)).expect("the contacts are written");
    std::fs::write(work.join("few.csv"), contacts(50)).expect("the contacts are written");
    ok(&work, &["import", "few.csv", "--now", NOW]);
    // What is said and what is left are looked at from inside, for the disk is gone afterwards.
    let act = format!(
        "#!/bin/sh\nA='{}'\n$A import ../many.csv --now {NOW} 2> ../said; echo $? > ../code\n\
         $A doctor --now {NOW} > ../doctor 2>&1; echo $? > ../sound\n\
         $A customers list -O csv --now {NOW} > ../customers\n\
         dd if=/dev/zero of=filler bs=1k 2> /dev/null\n\
         $A log 'Customer 1' 'called' --now {NOW} 2> ../said2; echo $? > ../code2\n\
         $A score --now {NOW} -o answer.json 2> ../said3; echo $? > ../code3; ls > ../left\n\
         rm filler\n$A log 'Customer 1' 'called' --now {NOW} > ../after 2>&1; echo $? > ../code4\n",
        env!("CARGO_BIN_EXE_attent")
    );
    std::fs::write(work.join("act"), act).expect("the acts are written");
    std::process::Command::new("chmod").args(["+x", "act"]).current_dir(&work).status().expect("chmod");
    let mut mounted = Command::new("unshare");
    mounted
        .args(["-rm", "sh", "-c", script])
        .current_dir(folder)
        .env("HOME", folder)
        .env("LANG", "en_GB.UTF-8")
        .env("TZ", "UTC")
        .env("ATTENT_TRUST", "*");
    let output = mounted.output();
    if !folder.join("code4").exists() {
        // Not every system lets a test mount something; the limit above stands for it there.
        eprintln!("no filesystem of its own here: {output:?}");
        return;
    }
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("what was written").trim().to_owned();
    for (code, said) in [("code", "said"), ("code2", "said2"), ("code3", "said3")] {
        assert_eq!(read(code), "1", "{said}: {}", read(said));
        assert!(read(said).contains("the disk is full"), "{}", read(said));
        assert!(read(said).contains("make room"), "{}", read(said));
    }
    assert_eq!(read("sound"), "0", "{}", read("doctor"));
    assert!(read("customers").lines().count() == 41, "the customers of before are there");
    assert!(!read("left").lines().any(|name| name.starts_with("answer") || name.starts_with(".attent-draft-")), "{}", read("left"));
    assert_eq!(read("code4"), "0", "{}", read("after"));
}

#[test]
fn an_answer_that_finds_no_room_is_said() {
    let folder = tempfile::tempdir().expect("a folder is made");
    let folder = folder.path();
    workspace(folder, JOURNEY);
    ok(folder, &["customers", "add", "Anna"]);
    if !Path::new("/dev/full").exists() {
        return;
    }
    let output = staged(folder, "exec > /dev/full", &["score"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("the disk is full"), "{said}");
}
