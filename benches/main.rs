//! How fast the whole program is on a long log, next to the plainest import there is.
//!
//! `cargo bench --bench speed` makes a log, times whole processes and prints a Markdown table; see README.md here.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench answers on standard output")]

mod files;
mod generate;
mod importers;
mod measure;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use generate::{NOW, workspace};
use measure::{Figures, time};

/// What was asked for.
struct Asked {
    generate: Option<PathBuf>,
    touchpoints: u64,
    customers: u64,
    /// The size of each mbox, in MB.
    mail: u64,
    runs: usize,
    program: PathBuf,
}

fn main() -> ExitCode {
    match asked().and_then(|asked| run(&asked)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

fn asked() -> Result<Asked, String> {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_attent"));
    let mut asked = Asked { generate: None, touchpoints: 1_000_000, customers: 20_000, mail: 1_000, runs: 5, program };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        let number = |typed: String| typed.parse::<u64>().map_err(|_| format!("`{typed}` is not a number"));
        match word.as_str() {
            "--bench" => {}
            "--generate" => asked.generate = Some(value()?.into()),
            "--touchpoints" => asked.touchpoints = number(value()?)?,
            "--customers" => asked.customers = number(value()?)?,
            "--mail" => asked.mail = number(value()?)?,
            "--program" => asked.program = std::path::absolute(value()?).map_err(|err| err.to_string())?,
            "--runs" => asked.runs = number(value()?)?.max(1) as usize,
            _ => {
                return Err(format!(
                    "unknown: {word} (--generate DIR, --touchpoints N, --customers N, --mail MB, --runs N, --program FILE)"
                ));
            }
        }
    }
    Ok(asked)
}

fn run(asked: &Asked) -> Result<(), String> {
    let shown = |err: std::io::Error| err.to_string();
    if let Some(folder) = &asked.generate {
        return generate(folder, asked).map_err(shown);
    }
    let folder = tempfile::tempdir().map_err(shown)?;
    eprintln!("making a log of {} touchpoints of {} customers", asked.touchpoints, asked.customers);
    workspace(folder.path(), asked.touchpoints, asked.customers).map_err(shown)?;
    println!("{} touchpoints, {} customers, 6 stages; median of {} runs\n", asked.touchpoints, asked.customers, asked.runs);
    println!("| command | median | fastest | memory |\n|---|---:|---:|---:|");
    bench(&asked.program, folder.path(), asked.runs);
    importers::settings(folder.path()).and_then(|()| files::files(folder.path(), asked.mail)).map_err(shown)?;
    importers::sync(&asked.program, folder.path(), asked.runs);
    importers::bench(&asked.program, folder.path(), asked.runs.min(3));
    Ok(())
}

fn generate(folder: &Path, asked: &Asked) -> std::io::Result<()> {
    workspace(folder, asked.touchpoints, asked.customers)?;
    importers::settings(folder)?;
    files::files(folder, asked.mail)
}

fn bench(program: &Path, folder: &Path, runs: usize) {
    let attent = |args: &'static [&'static str]| move || command(program, folder, args);
    let log = &["log", "Anna Visser 00000", "Called about the path", "--channel", "phone"];
    line("attent --version", time(runs * 4, attent(&["--version"]), || ()));
    line("attent import log.csv", time(runs.min(3), attent(&["import", "log.csv"]), || remove(folder, "attent.db")));
    line("sqlite3 .import log.csv, one unique index", time(runs.min(3), || sqlite(folder), || remove(folder, "plain.db")));
    line("attent import log.csv, all of it known", time(1, attent(&["import", "log.csv"]), || ()));
    line("attent score", time(runs * 2, attent(&["score"]), || ()));
    line("attent score --by customer -O json", time(runs, attent(&["score", "--by", "customer", "-O", "json"]), || ()));
    line("attent suggest", time(runs, attent(&["suggest"]), || ()));
    line("attent plan", time(runs, attent(&["plan"]), || ()));
    line("attent nudge --dry-run", time(runs, attent(&["nudge", "--dry-run"]), || ()));
    line("attent", time(runs, attent(&[]), || ()));
    line("attent import one.csv, one row", time(runs, attent(&["import", "one.csv"]), || one_row(folder)));
    line("attent log", time(runs * 2, attent(log), || ()));
    line("attent incident open", time(runs, attent(&["incident", "open", "Anna Visser 00000", "Came late"]), || ()));
    line("attent log, one line", time(runs * 2, attent(&["log", "called anna visser 00000 about the path"]), || ()));
}

/// The program in the generated workspace, at the end of the log.
fn command(program: &Path, folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env_clear().env("TZ", "UTC").env("HOME", folder).args(args);
    if args != ["--version"] {
        command.args(["--now", NOW]);
    }
    command
}

/// A file of one touchpoint that is new every time.
fn one_row(folder: &Path) {
    let path = folder.join("one.csv");
    let before = fs::read_to_string(&path).unwrap_or_default().len();
    let note = "!".repeat(before);
    let _ = fs::write(path, format!("at,customer,channel,note\n2026-06-30T12:00:00Z,Anna Visser 00000,phone,Called {note}\n"));
}

/// The shell of SQLite, reading the same file into a table of text with one unique index.
fn sqlite(folder: &Path) -> Command {
    let mut command = Command::new("sqlite3");
    command.current_dir(folder).arg("plain.db").args([
        "CREATE TABLE log (at, customer, channel, direction, sender, personal, kind, sentiment, stage, amount, minutes, note)",
        "CREATE UNIQUE INDEX once ON log (customer, at, channel, note)",
        ".mode csv",
        ".import --skip 1 log.csv log",
    ]);
    command
}

fn remove(folder: &Path, name: &str) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(folder.join(format!("{name}{suffix}")));
    }
}

fn line(what: &str, figures: Option<Figures>) {
    let Some(figures) = figures else { return println!("| `{what}` | – | – | – |") };
    let memory = figures.memory.map_or("–".to_owned(), |mib| format!("{mib:.0} MiB"));
    let shown = |time: std::time::Duration| {
        if time.as_secs_f64() < 1.0 { format!("{:.1} ms", time.as_secs_f64() * 1e3) } else { format!("{:.2} s", time.as_secs_f64()) }
    };
    println!("| `{what}` | {} | {} | {memory} |", shown(figures.median), shown(figures.fastest));
}
