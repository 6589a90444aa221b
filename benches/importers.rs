//! The importers, each beside the plainest thing that looks through the same file.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::files::{KNOWN, ME};
use super::measure::time;
use super::{command, line, remove};

/// Where the sources of `sync` are.
const SOURCES: &[&str] = &["book.vcf", "agenda.ics", "orders.csv", "large.mbox", "Maildir"];

/// Says in `attent.yaml` who I am and where the sources are.
pub fn settings(folder: &Path) -> std::io::Result<()> {
    let sources: String = SOURCES.iter().map(|path| format!("  - path: {path}\n")).collect();
    fs::write(folder.join("attent.yaml"), format!("language: en\njourney: customer\ncountry: NL\nme: [{ME}]\nsources:\n{sources}"))
}

/// Reads every file into a log that knows some people, and once more.
pub fn bench(program: &Path, folder: &Path, runs: usize) {
    let import = |file: &'static str| move || command(program, folder, &["import", file]);
    let peer = |program: &'static str, args: &'static [&'static str]| move || tool(folder, program, args);
    let known = || restore(folder, "known.db");
    let nobody = || remove(folder, "attent.db");
    keep(program, folder);
    println!("\nInto a log of {KNOWN} customers and nothing else, but for the address book, which begins with none:\n");
    println!("| command | median | fastest | memory |\n|---|---:|---:|---:|");
    line("attent import large.mbox", time(runs, import("large.mbox"), known));
    line("grep -c '^From ' large.mbox", time(runs, peer("grep", &["-c", "^From ", "large.mbox"]), || ()));
    line("attent import small.mbox", time(runs, import("small.mbox"), known));
    line("attent import small.mbox, all of it known", time(1, import("small.mbox"), || ()));
    line("grep -c '^From ' small.mbox", time(runs, peer("grep", &["-c", "^From ", "small.mbox"]), || ()));
    line("attent import Maildir", time(runs, import("Maildir"), known));
    line("attent import Maildir, all of it known", time(runs, import("Maildir"), || ()));
    line("grep -rc '^From: ' Maildir", time(runs, peer("grep", &["-rc", "^From: ", "Maildir"]), || ()));
    line("attent import agenda.ics", time(runs, import("agenda.ics"), known));
    line("grep -c BEGIN:VEVENT agenda.ics", time(runs, peer("grep", &["-c", "BEGIN:VEVENT", "agenda.ics"]), || ()));
    line("attent import book.vcf", time(runs, import("book.vcf"), nobody));
    line("attent import book.vcf, all of it known", time(runs, import("book.vcf"), || ()));
    line("attent import orders.csv", time(runs, import("orders.csv"), known));
    line("attent import events.xes", time(runs, import("events.xes"), known));
    line("attent undo, of events.xes", time(1, || command(program, folder, &["undo"]), || again(program, folder)));
    line("wc -l events.xes", time(runs, peer("wc", &["-l", "events.xes"]), || ()));
}

/// What a morning costs: everything read once, then nothing new.
pub fn sync(program: &Path, folder: &Path, runs: usize) {
    let run = || command(program, folder, &["sync"]);
    let _ = fs::rename(folder.join("attent.db"), folder.join("log.db"));
    line("attent sync, five sources for the first time", time(1, run, || restore(folder, "log.db")));
    line("attent sync, nothing new", time(runs * 2, run, || ()));
}

/// A log that knows people, to begin every import with.
fn keep(program: &Path, folder: &Path) {
    remove(folder, "attent.db");
    let _ = command(program, folder, &["import", "people.vcf"]).output();
    let _ = fs::copy(folder.join("attent.db"), folder.join("known.db"));
}

fn restore(folder: &Path, kept: &str) {
    remove(folder, "attent.db");
    let _ = fs::copy(folder.join(kept), folder.join("attent.db"));
}

fn again(program: &Path, folder: &Path) {
    restore(folder, "known.db");
    let _ = command(program, folder, &["import", "events.xes"]).output();
}

fn tool(folder: &Path, program: &str, args: &[&str]) -> Command {
    let mut tool = Command::new(program);
    tool.current_dir(folder).args(args);
    tool
}
