//! What comes out: every format of every answer, pipes that close, disks that are full, hostile
//! data, narrow terminals, other zones and languages.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use super::cli::{attent, fails, ok};
use super::edges_import::{business, log, put};

/// The answers.
const ANSWERS: &[&[&str]] = &[
    &["score"],
    &["score", "--by", "customer"],
    &["score", "--by", "cell"],
    &["why", "find"],
    &["why", "Anna"],
    &["suggest"],
    &["customers", "list"],
    &["customers", "show", "Anna"],
    &["timeline", "Anna"],
    &["check"],
    &["config"],
    &["incident", "list"],
    &["log", "Anna", "called"],
    &["undo"],
];

/// The first columns of each as CSV, on which scripts lean.
const COLUMNS: &[&str] = &[
    "stage,warmth,band,rank,interval,evidence,customers,touchpoints,findings\n",
    "customer,stage,warmth,band,",
    "customer,stage,warmth,",
    "term,value,weight,contribution,",
    "term,value,weight,contribution,",
    "stage,play,expected_gain,minutes,cost,customers,findings",
    "customer,segment,journey,stage,",
    "customer,segment,journey,stage,",
    "at,channel,direction,stage,",
    "path,line,column,severity,what,help\n",
    "key,value,origin\n",
    "id,customer,stage,severity,what,status,",
    "at,channel,direction,stage,",
    "",
];

const NOW: &str = "2026-09-20T12:00:00Z";

/// A workspace with a log in it.
fn filled() -> tempfile::TempDir {
    let folder = business();
    put(folder.path(), "log.csv", &log(7, 60));
    ok(folder.path(), &["import", "log.csv", "--now", NOW]);
    ok(folder.path(), &["incident", "open", "Anna", "the delivery was late", "--now", NOW]);
    folder
}

fn formatted(folder: &Path, answer: &[&str], format: &str) -> String {
    let all: Vec<&str> = answer.iter().copied().chain(["--now", NOW, "-O", format]).collect();
    ok(folder, &all)
}

/// Nothing in it steers a terminal or hides.
#[track_caller]
fn inert(said: &str) {
    let found = said.chars().find(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || ('\u{202a}'..='\u{202e}').contains(c));
    assert_eq!(found, None, "{said}");
}

#[track_caller]
fn table(csv: &str, separator: u8) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(csv.as_bytes());
    reader.records().collect::<Result<_, _>>().expect(csv)
}

#[test]
fn every_answer_is_valid_in_every_format() {
    let folder = filled();
    for (answer, columns) in ANSWERS.iter().zip(COLUMNS) {
        for format in ["table", "json", "jsonl", "csv", "tsv", "md", "html", "ids"] {
            let said = formatted(folder.path(), answer, format);
            inert(&said);
            match format {
                "json" => {
                    let document: Value = serde_json::from_str(&said).expect(&said);
                    assert!(document["schema"].as_str().is_some_and(|name| name.starts_with("attent.")), "{answer:?} {document}");
                }
                "jsonl" => said.lines().for_each(|line| assert!(serde_json::from_str::<Value>(line).expect(line).is_object())),
                "csv" => {
                    table(&said, b',');
                    assert!(said.starts_with(columns), "{answer:?}\n{said}");
                }
                "tsv" => assert_eq!(
                    said.lines().map(|line| line.matches('\t').count()).min(),
                    table(&said, b'\t').first().map(|row| row.len() - 1)
                ),
                "html" => assert!(said.starts_with("<!DOCTYPE html>") && said.trim_end().ends_with("</html>"), "{answer:?}\n{said}"),
                "ids" => said.lines().for_each(|line| assert!(!line.trim().is_empty() && !line.contains('\t'))),
                _ => {}
            }
        }
    }
}

#[test]
fn colour_is_used_only_where_it_is_wanted() {
    let folder = filled();
    let coloured = |args: &[&str], variables: &[(&str, &str)]| {
        let output = attent(folder.path(), args).args(["score", "--now", NOW]).envs(variables.iter().copied()).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&["--color", "always"], &[]) && coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]) && !coloured(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    for format in ["json", "jsonl", "csv", "tsv", "md", "html", "ids"] {
        assert!(!coloured(&["--color", "always", "-O", format], &[]), "{format}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_is_written_whole_and_what_is_no_file_is_never_replaced() {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
    let folder = filled();
    let at = |name: &str| folder.path().join(name);
    for (name, starts) in [("a.html", "<!DOCTYPE html>"), ("a.json", "{"), ("a.csv", "stage,"), ("a.md", "# "), ("a.txt", "Customer\n")] {
        ok(folder.path(), &["score", "--now", NOW, "-o", name]);
        assert!(std::fs::read_to_string(at(name)).unwrap().starts_with(starts), "{name}");
        assert_eq!(std::fs::metadata(at(name)).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
    // A link stays a link to what is now new.
    std::os::unix::fs::symlink("a.csv", at("link.csv")).unwrap();
    ok(folder.path(), &["customers", "list", "-o", "link.csv"]);
    assert!(std::fs::symlink_metadata(at("link.csv")).unwrap().is_symlink());
    assert!(std::fs::read_to_string(at("a.csv")).unwrap().starts_with("customer,"));
    // A pipe stays a pipe.
    assert!(Command::new("mkfifo").arg(at("pipe")).status().is_ok_and(|status| status.success()));
    let reader = std::thread::spawn({
        let pipe = at("pipe");
        move || std::fs::read_to_string(pipe).unwrap()
    });
    ok(folder.path(), &["score", "--now", NOW, "-O", "ids", "-o", "pipe"]);
    assert_eq!(reader.join().unwrap(), "find\nbuy\nuse\n");
    assert!(std::fs::metadata(at("pipe")).unwrap().file_type().is_fifo());
    // `-` is standard output.
    assert_eq!(ok(folder.path(), &["score", "--now", NOW, "-O", "ids", "-o", "-"]), "find\nbuy\nuse\n");
    assert!(!at("-").exists());
    for (place, why, waarom) in
        [("gone/a.csv", "there is no such folder", "die map bestaat niet"), ("journeys", "it is a folder", "het is een map")]
    {
        let said = fails(folder.path(), &["score", "-o", place], 1);
        assert!(said.contains(&format!("error: cannot write {place}\n  {why}")), "{said}");
        let said = fails(folder.path(), &["score", "-o", place, "--lang", "nl"], 1);
        assert!(said.contains(&format!("fout: kan {place} niet schrijven\n  {waarom}")), "{said}");
    }
}

/// Runs a line of shell in which `attent` is the program.
#[cfg(unix)]
fn shell(folder: &Path, line: &str) -> std::process::Output {
    let function = format!("attent() {{ '{}' \"$@\"; }}; {line}", env!("CARGO_BIN_EXE_attent"));
    let mut command = Command::new("sh");
    command.args(["-c", &function]).current_dir(folder).env_clear().envs([
        ("PATH", "/usr/bin:/bin"),
        ("TZ", "UTC"),
        ("ATTENT_NOW", NOW),
        ("ATTENT_TRUST", "*"),
    ]);
    command.stdin(Stdio::null()).output().unwrap()
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = filled();
    let rows: Vec<String> =
        (0..3_000).map(|n| format!("2026-08-01,Customer {n},phone,,,a note of some length that fills a pipe")).collect();
    put(folder.path(), "many.csv", &rows);
    ok(folder.path(), &["import", "many.csv", "--now", NOW]);
    for line in [
        "attent score | head -1",
        "attent score --by cell -O json | head -c 10",
        "attent customers list -O csv | true",
        "attent customers list | true",
        "attent score --by customer -O html | true",
        "attent schema journey | true",
        "attent completions bash | true",
        "attent config | true",
        "attent score >&-",
    ] {
        let output = shell(folder.path(), &format!("{{ {line}; }} 2>err; cat err >&2"));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
        let code = line.split(" | ").next().unwrap();
        let output = shell(folder.path(), &format!("{{ {code}; echo $? >code; }} | true; sleep 0.05; cat code"));
        assert_eq!(String::from_utf8_lossy(&output.stdout), "0\n", "{line}");
    }
    // Nor is one that does not want to hear about mistakes.
    std::fs::write(folder.path().join("attent.yaml"), "langage: en\n").unwrap();
    for quiet in ["attent score 2>&1 >/dev/null | true", "attent score 2>/dev/full", "attent score 2>&-"] {
        let output = shell(
            folder.path(),
            &format!(
                "{{ {}; echo $? >code; }} {}; sleep 0.05; cat code",
                quiet.trim_end_matches(" | true"),
                if quiet.ends_with("true") { "| true" } else { "" }
            ),
        );
        assert_eq!(String::from_utf8_lossy(&output.stdout), "3\n", "{quiet}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = filled();
    for args in [
        "score",
        "score -O json",
        "why find",
        "suggest",
        "customers list",
        "timeline Anna",
        "config",
        "config language",
        "schema journey",
        "completions bash",
    ] {
        let output = shell(folder.path(), &format!("attent {args} >/dev/full"));
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said, "error: the answer could not be written\n  the disk is full\n  make room and try again\n", "{args}");
        assert_eq!(output.status.code(), Some(1), "{args}");
    }
    let output = shell(folder.path(), "attent score --lang nl -o /dev/full");
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("fout: kan /dev/full niet schrijven\n  de schijf is vol"));
}

#[test]
fn a_file_whose_format_is_not_known_is_refused_before_anything_is_done() {
    let folder = business();
    assert!(fails(folder.path(), &["log", "Anna", "called", "-o", "x.pdf"], 2).contains("no format belongs to `.pdf`"));
    assert!(!folder.path().join("x.pdf").exists());
    assert!(fails(folder.path(), &["undo", "-o", "x.pdf"], 2).contains("-O"));
    ok(folder.path(), &["score", "-O", "csv", "-o", "x.pdf"]);
    assert!(std::fs::read_to_string(folder.path().join("x.pdf")).unwrap().starts_with("stage,"));
}

#[test]
fn an_answer_never_replaces_what_the_workspace_lives_on() {
    let folder = business();
    let before = ok(folder.path(), &["score", "-O", "json", "--now", "2026-07-01"]);
    for own in ["attent.db", "attent.db-wal", "attent.yaml", "playbook.yaml", "journeys/customer.yaml", "journeys/new.yaml"] {
        assert!(fails(folder.path(), &["score", "-O", "csv", "-o", own], 2).contains("does not write over"), "{own}");
    }
    assert_eq!(ok(folder.path(), &["score", "-O", "json", "--now", "2026-07-01"]), before);
}

/// Names that try something.
fn hostile() -> Vec<String> {
    let fixed = [
        "=cmd|' /C calc'!A1",
        "@SUM(A1)",
        "-1+1",
        "<script>alert(1)</script>",
        "a|b|c",
        "`code` *bold* [l](javascript:x)",
        "\u{202e}gnp.exe",
        "a\u{200b}b",
        "\"quoted\", twice",
    ];
    let long = ["李".repeat(200), "👩‍👩‍👧‍👦".repeat(20), "😀".repeat(90), "x".repeat(200), "e\u{301}".repeat(90)];
    fixed.into_iter().map(str::to_owned).chain(long).collect()
}

/// A workspace of hostile customers, with notes that try as much.
fn harassed() -> tempfile::TempDir {
    let folder = business();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let row = |(n, name): (usize, &String)| {
        let note = format!("{name} \x1b]0;pwn\x07\x1b[2J \u{202e} =1+1 {}", "y".repeat(300));
        format!("2026-08-{:02},{},phone,-1,,{}", n + 1, quoted(name), quoted(&note))
    };
    let rows: Vec<String> = hostile().iter().enumerate().map(row).collect();
    put(folder.path(), "log.csv", &rows);
    ok(folder.path(), &["import", "log.csv", "--now", NOW]);
    let journey = "id: customer\ntitle: \"\\e[31mRed\\a | <script>alert(1)</script>\"\nstages:\n  - id: find\n    title: \"=\\e[2JFind|\\u202e\"\n  - id: buy\n    title: \"<b>Buy\"\n";
    std::fs::write(folder.path().join("journeys/customer.yaml"), journey).unwrap();
    folder
}

#[test]
fn hostile_words_stay_words_in_every_format() {
    let folder = harassed();
    let names: Vec<String> = hostile();
    let mut answers: Vec<Vec<&str>> = ANSWERS
        .iter()
        .filter(|answer| !matches!(answer[0], "log" | "undo") && !answer.contains(&"Anna"))
        .map(|answer| answer.to_vec())
        .collect();
    for name in &names {
        answers.extend([["why", "--", name], ["timeline", "--", name]].map(|answer| answer.to_vec()));
        answers.push(vec!["customers", "show", "--", name]);
    }
    for answer in &answers {
        for format in ["table", "json", "jsonl", "csv", "tsv", "md", "html", "ids"] {
            let all: Vec<&str> = ["--now", NOW, "-O", format].into_iter().chain(answer.iter().copied()).collect();
            let said = ok(folder.path(), &all);
            inert(&said);
            match format {
                "json" => assert!(serde_json::from_str::<Value>(&said).is_ok(), "{answer:?}"),
                "csv" => {
                    let armed = |cell: &str| cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
                    assert!(!table(&said, b',').iter().flatten().any(armed), "{answer:?}\n{said}");
                }
                "tsv" => assert!(said.lines().all(|line| line.matches('\t').count() == said.lines().next().unwrap().matches('\t').count())),
                "md" => {
                    assert!(!said.contains("<script") && !said.contains("<b>"), "{answer:?}\n{said}");
                    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
                    let tables: Vec<usize> = said.lines().filter(|line| line.starts_with('|')).map(bars).collect();
                    assert!(answer[0] == "why" || tables.windows(2).all(|pair| pair[0] == pair[1]), "{answer:?}\n{said}");
                }
                "html" => assert!(!said.contains("<script>alert") && !said.contains("<b>Buy"), "{answer:?}\n{said}"),
                _ => {}
            }
        }
    }
}

#[test]
fn no_line_is_wider_than_it_may_be() {
    let (folder, calm) = (harassed(), filled());
    let long = hostile().into_iter().filter(|name| name.len() > 100);
    let names: Vec<String> = long.collect();
    let mut answers: Vec<(&Path, Vec<&str>)> = ANSWERS.iter().take(10).map(|answer| (calm.path(), answer.to_vec())).collect();
    answers.extend([&["score"][..], &["score", "--by", "cell"], &["customers", "list"]].map(|answer| (folder.path(), answer.to_vec())));
    for name in &names[..2] {
        answers.extend([["why", name], ["timeline", name]].map(|answer| (folder.path(), answer.to_vec())));
    }
    for (place, answer) in answers.iter().filter(|(_, answer)| answer[0] != "check") {
        for (n, width) in (20..=120).step_by(10).chain([21, 49, 51, 79]).enumerate() {
            let columns = width.to_string();
            let lang = ["en", "nl"][n % 2];
            let all: Vec<&str> = ["--now", NOW, "--width", &columns, "--lang", lang].into_iter().chain(answer.iter().copied()).collect();
            for line in ok(place, &all).lines() {
                assert!(line.width() <= width, "{answer:?} at {width}:\n{line}");
            }
        }
    }
}

#[test]
fn a_zone_changes_what_is_shown_and_not_what_is_scored() {
    let folder = filled();
    put(folder.path(), "late.csv", &["2026-09-16T02:30:00Z,Anna,visit,1,,", "2026-09-16T23:30:00+02:00,Bo,visit,1,,"]);
    ok(folder.path(), &["import", "late.csv", "--now", NOW]);
    let zoned = |zone: &str, args: &[&str]| {
        let output = attent(folder.path(), args).args(["--now", NOW]).env("TZ", zone).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let numbers = |zone: &str| {
        ["stage", "customer", "cell"].map(|by| {
            let mut answer: Value = serde_json::from_str(&zoned(zone, &["score", "--by", by, "-O", "json"])).unwrap();
            let moment = answer["as_of"].take();
            assert_eq!(
                chrono::DateTime::parse_from_rfc3339(moment.as_str().unwrap()).unwrap().to_utc().to_rfc3339(),
                "2026-09-20T12:00:00+00:00"
            );
            // Moments carry the offset of the reader; the same moment in another writing.
            for row in answer["customers"].as_array_mut().into_iter().flatten() {
                let last = chrono::DateTime::parse_from_rfc3339(row["last"].as_str().unwrap()).unwrap();
                row["last"] = last.timestamp().into();
            }
            answer
        })
    };
    let [here, york, amsterdam] = ["UTC", "America/New_York", "Europe/Amsterdam"].map(numbers);
    assert_eq!(here, york);
    assert_eq!(here, amsterdam);
    // People see the day it was where they are: 02:30 UTC is still the day before in New York.
    let visit = |zone: &str| {
        let timeline = zoned(zone, &["timeline", "Anna"]);
        timeline
            .lines()
            .find(|line| line.contains("visit") && line.contains("Sep 2026") && line.contains("1.0"))
            .map(|line| line[..11].to_owned())
    };
    assert_eq!(visit("America/New_York").as_deref(), Some("15 Sep 2026"));
    assert_eq!(visit("Europe/Amsterdam").as_deref(), Some("16 Sep 2026"));
    // The same file in another zone is the same file, as its moments say where they are.
    assert!(zoned("Asia/Tokyo", &["import", "late.csv", "-O", "json"]).contains("\"added\": 0"));
}

#[test]
fn dutch_comes_from_the_locale_and_an_empty_environment_works() {
    let folder = filled();
    std::fs::write(folder.path().join("attent.yaml"), "currency: EUR\n").unwrap();
    let dutch = attent(folder.path(), &["score", "--now", NOW]).env("LANG", "nl_NL.UTF-8").output().unwrap();
    let said = String::from_utf8(dutch.stdout).unwrap();
    assert!(said.contains("warmte") && said.contains("op 20 september 2026"), "{said}");
    let decimals = said
        .split_whitespace()
        .filter(|word| word.split_once(',').is_some_and(|(a, b)| a.parse::<u32>().is_ok() && b.parse::<u32>().is_ok()));
    assert!(decimals.count() >= 3, "numbers are written 12,8:\n{said}");
    let empty = attent(folder.path(), &["score", "--now", NOW]).env_clear().output().unwrap();
    assert!(empty.status.success() && String::from_utf8(empty.stdout).unwrap().contains("as of 20 September 2026"));
    let dutch_error = attent(folder.path(), &["why", "nobody"]).env("LANG", "nl_BE").output().unwrap();
    assert!(String::from_utf8(dutch_error.stderr).unwrap().starts_with("fout: "));
}

/// A table without rows has its headings, so that who reads it next finds the columns.
#[test]
fn a_table_of_nothing_has_its_headings() {
    let shop = super::cli_log::shop(&["Anna"]);
    for (args, first) in [(&["nudges"][..], "nudge,"), (&["today"], "nudge,"), (&["restore"], "path,"), (&["tidy", "--dry-run"], "rule,")] {
        let said = ok(shop.path(), &[args, &["-O", "csv"]].concat());
        assert!(said.starts_with(first) && said.lines().count() == 1, "{args:?}: {said}");
    }
}

/// From the root of the disk a path is not told without its slash, where nobody would find it.
#[test]
fn from_the_root_paths_are_whole() {
    let shop = super::cli_log::shop(&["Anna"]);
    let folder = shop.path().canonicalize().unwrap();
    let output = attent(Path::new("/"), &["backup", "-w", folder.to_str().unwrap(), "-O", "json"]).output().unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(answer["backups"][0]["path"].as_str().unwrap().starts_with(folder.to_str().unwrap()), "{answer}");
}
