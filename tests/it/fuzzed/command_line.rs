//! Whatever is typed: commands made of the program's own grammar, with sensible and nasty values, environments and
//! standard inputs, run as a person runs them, a few after one another in one workspace.
//!
//! Each ends within ten seconds with an exit code that means something; a failure is told in words and never by a
//! panic; what is asked for as JSON is JSON; and the log is whole at the end. There is no terminal here, so that
//! nothing is asked.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::bytes::Choices;
use super::grammar::{Flag, Verb, verbs};
use super::seeds::project;

/// How long a command may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the exit codes mean: done, failed, not understood, a wrong file, something was found.
const CODES: &[i32] = &[0, 1, 2, 3, 10];

/// Commands whose answer may be no, and says why: a mistake in a file, a customer who is not asked yet.
const ANSWERING: &[&[&str]] = &[&["check"], &["doctor"], &["referral", "ask"]];

/// The program: the one built beside the tests, else the one that `ATTENT` names.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let built = option_env!("CARGO_BIN_EXE_attent").map(PathBuf::from);
    built.or_else(|| std::env::var_os("ATTENT").map(PathBuf::from)).expect("ATTENT names the program to run")
});

static VERBS: LazyLock<Vec<Verb>> = LazyLock::new(|| verbs(&PROGRAM));

/// A workspace with some customers, failures and nudges, and files to import; every run has a copy.
static TEMPLATE: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let example = project().join("examples/fotostudio-wiersma");
    for name in ["attent.yaml", "journeys/customer.yaml", "agenda.ics", "archief-2025.mbox", "contacten.vcf", "exports/shopify-orders.csv"]
    {
        let to = folder.path().join(name);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder is made");
        std::fs::copy(example.join(name), to).expect("a file is copied");
    }
    std::fs::write(folder.path().join("log.csv"), super::seeds::LOG).expect("a log is written");
    std::fs::write(folder.path().join("odd \u{1b}[31m;name.csv"), b"at,customer\xff\n").expect("an odd file is written");
    for words in [
        &["import", "log.csv"][..],
        &["import", "contacten.vcf"],
        &["import", "agenda.ics"],
        &["incident", "open", "Anna", "te laat"],
        &["nudge"],
    ] {
        let mut command = command(folder.path());
        let output = command.args(words).output().expect("the program starts");
        assert!(output.status.success(), "attent {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    folder
});

fn command(folder: &Path) -> Command {
    let mut command = Command::new(&*PROGRAM);
    command.current_dir(folder).env_clear().env("TZ", "Europe/Amsterdam").env("HOME", folder).env("LANG", "nl_NL.UTF-8");
    command.env("ATTENT_NOW", "2026-07-01T10:00");
    command.stdin(Stdio::null());
    command
}

/// Values that are right for an option, or for what `--help` calls a value.
const RIGHT: &[(&[&str], &[&str])] = &[
    (&["--color", "--colour"], &["auto", "always", "never"]),
    (&["--format"], &["table", "json", "jsonl", "csv", "tsv", "md", "html", "ics", "ids"]),
    (&["--lang"], &["en", "nl"]),
    (&["--workspace"], &[".", "journeys"]),
    (&["--output"], &["out.json", "out.csv", "out.html", "out.md", "out.ics", "out"]),
    (&["COLUMNS"], &["20", "80", "65535"]),
    (&["CUSTOMER", "OTHER"], &["Anna de Vries", "anna", "Bart", "Bakkerij Jansen", "bakkerij", "joris", "Ines", "femke", "nadia", "a"]),
    (&["NAME"], &["Nieuwe Klant", "Anna", "Bart", "bart@example.nl"]),
    (
        &["WHEN", "DATE", "WEEK", "YEAR"],
        &["yesterday 14:00", "morgen", "2026-06-30", "2026-06-30T14:00", "last friday", "2026", "2026-W27", "next week"],
    ),
    (&["WHAT HAPPENED"], &["gebeld over de offerte, half uur, blij", "lunch yesterday 13:00", "mailed, not happy", "-", "koffie met Bart"]),
    (
        &["WHAT", "WHAT WENT WRONG", "TEXT", "NOTE", "WORDS", "WHY", "LESSON"],
        &["te laat", "een boek", "bloemen", "she likes jazz", "order"],
    ),
    (&["STAGE", "JOURNEY"], &["meet", "shoot", "prints", "after", "customer"]),
    (&["NUMBER", "N", "HOW LONG", "MINUTES"], &["1", "2", "3", "10", "30", "half an hour", "0", "2 weeks", "30d"]),
    (&["AMOUNT"], &["12.50", "1.250,00", "0", "40"]),
    (&["-1..1", "0..1", "1..5"], &["0.5", "1", "0", "great", "-1", "4"]),
    (
        &["FILE"],
        &[
            "log.csv",
            "contacten.vcf",
            "agenda.ics",
            "archief-2025.mbox",
            "exports/shopify-orders.csv",
            "attent.yaml",
            "journey",
            "out.jsonl",
        ],
    ),
    (&["FOLDER", "DIR"], &["new", "new/er", "exports"]),
    (&["KEY", "ADDRESS"], &["budget.minutes", "language", "anna@x.nl", "@x.nl", "0612345678", "currency"]),
    (&["SHELL"], &["bash", "zsh", "fish", "elvish", "powershell"]),
    (&["PLAY"], &["short-call", "photo-update", "voice-message"]),
    (&["SOURCE"], &["agenda", "mail", "shopify"]),
    (&["PROFILE"], &["shopify-orders", "moneybird-invoices", "event-log"]),
    (&["FINDING"], &["cold", "one_way", "silence"]),
    (&["BUSINESS"], &["coach", "agency", "webshop"]),
    (&["OCCASION"], &["birthday", "first_purchase"]),
    (&["NAME=VALUE"], &["budget.minutes=30", "nudge.max=2", "x"]),
];

/// Values that are right somewhere.
fn sensible(choices: &mut Choices<'_>, name: &str) -> &'static str {
    let right = RIGHT.iter().find(|(names, _)| names.contains(&name));
    let (_, some) = right.copied().unwrap_or_else(|| choices.one_of(RIGHT));
    choices.one_of(some)
}

/// Values that are right nowhere, or hurt.
const NASTY: &[&str] = &[
    "",
    " ",
    "--",
    "-x",
    "--help",
    "--version",
    "-1e999",
    "NaN",
    "inf",
    "1e308",
    "99999999999999999999",
    "-9223372036854775808",
    "4294967296",
    "0x10",
    "١٢",
    "2026-02-30",
    "9999-12-31",
    "0000-01-01",
    "-9999-01-01",
    "+262143-01-01",
    "1000000d",
    "0d",
    "31 februari",
    "'; DROP TABLE customers; --",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "\u{1b}[2J",
    "\u{202e}abc",
    "a\nb",
    "\u{feff}",
    "%s%n",
    "{{ 7*7 }}",
    "${HOME}",
    "$(id)",
    "/dev/null",
    "/dev/full",
    "/proc/self/mem",
    "missing/folder/file.csv",
    "attent.db",
    "journeys/",
    "*",
    "odd \u{1b}[31m;name.csv",
    "é",
    "ﬁ",
    "İ",
    "ß",
    "👩‍👩‍👧",
    "\u{0}",
    "a@b",
    "@",
    "file:attent.db?mode=rw",
];

/// What may come in by standard input.
const INPUTS: &[&str] =
    &["", "y\n", "ja\nja\nja\n", "Anna gebeld\nBart gemaild\n", "at,customer,channel\n2026-06-01,Anna,phone\n", "\0\0", "1\n2\n3\n"];

/// Settings by the environment.
const VARIABLES: &[(&str, &str)] = &[
    ("LANG", "en_GB.UTF-8"),
    ("LC_ALL", "C"),
    ("ATTENT_LANG", "en"),
    ("ATTENT_LANG", "xx"),
    ("ATTENT_BUDGET_MINUTES", "-5"),
    ("ATTENT_BUDGET_MINUTES", "99999999999"),
    ("ATTENT_NOW", "soon"),
    ("ATTENT_NOW", "9999-12-31T23:59:59Z"),
    ("ATTENT_NOW", "1800-01-01"),
    ("ATTENT_WORKSPACE", "missing"),
    ("ATTENT_WORKSPACE", "."),
    ("NO_COLOR", "1"),
    ("CLICOLOR_FORCE", "1"),
    ("COLUMNS", "0"),
    ("COLUMNS", "65536"),
    ("HOME", ""),
    ("TZ", "Nowhere/Atlantis"),
    ("TZ", "America/St_Johns"),
    ("ATTENT_HALF_LIFE", "1e-300"),
    ("ATTENT_WEIGHTS", "1"),
    ("ATTENT_CURRENCY", "\u{1b}"),
    ("XDG_CONFIG_HOME", "relative"),
];

/// What a damaged log may hold: moments, amounts and counts at the edges of numbers, words nobody knows.
const VANDALISM: &[&str] = &[
    "UPDATE touchpoints SET at = 9223372036854775807 WHERE id % 3 = 0",
    "UPDATE touchpoints SET at = -9223372036854775808 WHERE id % 3 = 1",
    "UPDATE touchpoints SET amount = 9223372036854775807, minutes = 4294967295",
    "UPDATE touchpoints SET minutes = -1, note = char(0, 27) || note, tags = char(10)",
    "UPDATE touchpoints SET channel = 99, direction = 99",
    "UPDATE touchpoints SET stage = 77",
    "UPDATE incidents SET opened = 9223372036854775807",
    "UPDATE incidents SET opened = -9223372036854775808, resolved = 9223372036854775807",
    "UPDATE nudges SET due = -9223372036854775808",
    "UPDATE nudges SET minutes = 4294967295",
    "UPDATE customers SET journey = 'gone', name = char(8238) || name",
    "UPDATE entries SET at = 9223372036854775807",
    "DELETE FROM stages",
    "DELETE FROM settings",
    "UPDATE settings SET value = 'x'",
    "UPDATE standings SET sums = x'02'",
    "UPDATE standings SET sums = sums || sums",
    "UPDATE days SET count = -1, day = 9223372036854775807",
    "PRAGMA user_version = 1",
];

/// A few commands after one another, as these bytes choose them.
pub fn command_line(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("deep/down/workspace");
    copy(TEMPLATE.path(), &place);
    if choices.once_in(6) {
        vandalise(&place, choices.one_of(VANDALISM));
    }
    for _ in 0..=choices.below(4) {
        let line = line(&mut choices);
        let mut command = command(&place);
        command.args(&line);
        while choices.once_in(6) {
            let (name, value) = choices.one_of(VARIABLES);
            command.env(name, value);
        }
        let completing = choices.once_in(16);
        if completing {
            command.env("COMPLETE", choices.one_of(&["bash", "zsh", "fish", "elvish", "powershell", "odd"]));
            command.env("_CLAP_COMPLETE_INDEX", choices.one_of(&["0", "1", "2", "99", "x"])).env("_CLAP_IFS", "\n");
        }
        std::fs::write(folder.path().join("in"), choices.one_of(INPUTS)).expect("an input is written");
        command.stdin(File::open(folder.path().join("in")).expect("an input"));
        let ended = run(&mut command, folder.path(), &line);
        if !completing {
            ended.held(&line);
        }
    }
    whole(&place);
}

/// What a table's own rules forbid stays as it was.
fn vandalise(place: &Path, how: &str) {
    let db = rusqlite::Connection::open(place.join("attent.db")).expect("the log opens");
    let _ = db.execute_batch(&format!("PRAGMA foreign_keys = OFF; {how}"));
}

/// Every way of writing nonsense into a log, and what reads most of it: an answer, or an error in words.
#[cfg(test)]
pub fn vandalised() {
    for how in VANDALISM {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("workspace");
        copy(TEMPLATE.path(), &place);
        vandalise(&place, how);
        for words in ["today", "score", "plan", "nudges", "timeline anna", "why anna", "gifts --register", "incidents"] {
            let line: Vec<OsString> = words.split(' ').map(OsString::from).collect();
            let ended = run(command(&place).args(&line), folder.path(), &line);
            assert!(matches!(ended.code, Some(0 | 1)), "{how}: attent {words}: {}", ended.err);
            ended.held(&line);
        }
    }
}

/// The words behind `attent`.
fn line(choices: &mut Choices<'_>) -> Vec<OsString> {
    let verb = &VERBS[choices.below(VERBS.len())];
    let mut line: Vec<OsString> = verb.words.iter().map(OsString::from).collect();
    for argument in &verb.arguments {
        if !choices.once_in(6) {
            line.push(value(choices, argument, &[]));
        }
    }
    for _ in 0..choices.below(4) {
        let flag = if choices.once_in(32) { any_flag(choices) } else { &verb.options[choices.below(verb.options.len())] };
        option(choices, flag, &mut line);
    }
    if choices.once_in(24) {
        line.push(value(choices, "", &[]));
    }
    if choices.once_in(24) && line.len() > 1 {
        let (one, other) = (choices.below(line.len()), choices.below(line.len()));
        line.swap(one, other);
    }
    line
}

fn any_flag(choices: &mut Choices<'_>) -> &'static Flag {
    let verb = &VERBS[choices.below(VERBS.len())];
    &verb.options[choices.below(verb.options.len())]
}

fn option(choices: &mut Choices<'_>, flag: &Flag, line: &mut Vec<OsString>) {
    // Help and version end the command before it did anything.
    if flag.names.iter().any(|name| name == "--help" || name == "--version") && !choices.once_in(8) {
        return;
    }
    let name = &flag.names[choices.below(flag.names.len())];
    let Some(wanted) = &flag.value else { return line.push(name.into()) };
    let own = flag.names.iter().find(|name| RIGHT.iter().any(|(names, _)| names.contains(&name.as_str())));
    let value = value(choices, own.unwrap_or(wanted), &flag.words);
    match choices.below(8) {
        0 if choices.once_in(4) => line.push(name.into()),
        1 if name.starts_with("--") => {
            let mut joined = OsString::from(format!("{name}="));
            joined.push(value);
            line.push(joined);
        }
        _ => line.extend([name.into(), value]),
    }
}

/// A value: mostly one that is right there, or right elsewhere, or one that hurts, any text, bytes that are no text.
fn value(choices: &mut Choices<'_>, name: &str, words: &[String]) -> OsString {
    let typed = match choices.below(32) {
        0..23 if !words.is_empty() => words[choices.below(words.len())].clone(),
        0..23 => sensible(choices, name).to_owned(),
        23..26 => sensible(choices, "").to_owned(),
        26..30 => choices.one_of(NASTY).to_owned(),
        // A name made by chance leads nowhere outside the folder.
        30 => choices.text(60).replace('/', "∕"),
        _ => return not_text(),
    };
    // No program can be given a NUL.
    OsString::from(typed.replace('\0', "␀"))
}

#[cfg(unix)]
fn not_text() -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(b"caf\xe9\xff".to_vec())
}

#[cfg(not(unix))]
fn not_text() -> OsString {
    OsString::from("caf\u{fffd}")
}

/// How a command ended.
struct Ended {
    code: Option<i32>,
    out: Vec<u8>,
    err: String,
}

fn run(command: &mut Command, folder: &Path, line: &[OsString]) -> Ended {
    let file = |name: &str| File::create(folder.join(name)).expect("a file for what is said");
    let mut child = command.stdout(file("out")).stderr(file("err")).spawn().expect("the program starts");
    let begun = Instant::now();
    let status = loop {
        match child.try_wait().expect("the program can be waited for") {
            Some(status) => break status,
            None if begun.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                panic!("attent {line:?} takes more than {PATIENCE:?}");
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let read = |name: &str| std::fs::read(folder.join(name)).expect("what was said");
    let err = String::from_utf8_lossy(&read("err")).into_owned();
    assert!(!err.contains("panicked") && !err.contains("RUST_BACKTRACE"), "attent {line:?}: {err}");
    Ended { code: status.code(), out: read("out"), err }
}

impl Ended {
    /// The exit code means something, and where it says failure, the reader is told.
    fn held(&self, line: &[OsString]) {
        let code = self.code.unwrap_or(-1);
        assert!(CODES.contains(&code), "attent {line:?} ends with {code}: {}", self.err);
        let said = plain(&self.err);
        if (1..=3).contains(&code) {
            let told = said.lines().any(|line| line.starts_with("error:") || line.starts_with("fout:"));
            let answers = ANSWERING.iter().any(|words| line.iter().zip(*words).filter(|(one, other)| one == other).count() == words.len());
            assert!(told || answers, "attent {line:?} ends with {code} and says\n{said}");
        }
        let asks = |word: &str| line.windows(2).any(|pair| pair[0] == "-O" && pair[1] == word);
        if code == 0 && asks("json") && !self.out.is_empty() && self.out.starts_with(b"{") {
            let read: Result<serde_json::Value, _> = serde_json::from_slice(&self.out);
            assert!(read.is_ok(), "attent {line:?}: {read:?}\n{}", String::from_utf8_lossy(&self.out));
        }
        assert!(std::str::from_utf8(&self.out).is_ok(), "attent {line:?} writes what is no text");
    }
}

/// A text without its colours.
fn plain(coloured: &str) -> String {
    let mut pieces = coloured.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once('m').map_or(piece, |(_, rest)| rest))
}

/// The log is a database without a fault.
fn whole(place: &Path) {
    let db = rusqlite::Connection::open(place.join("attent.db")).expect("the log opens");
    let said: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("the log can be checked");
    assert_eq!(said, "ok");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder is made");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file is copied");
        }
    }
}
