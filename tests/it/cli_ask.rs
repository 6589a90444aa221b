//! Asking at a terminal.

use std::path::Path;

use rexpect::session::{PtySession, spawn_command};

use super::cli::{attent, json};
use super::cli_log::shop;

/// A terminal in which the program runs.
pub fn terminal(folder: &Path, args: &[&str]) -> PtySession {
    let mut command = attent(folder, args);
    command.env("TERM", "xterm");
    spawn_command(command, Some(20_000)).expect("a terminal opens")
}

fn count(folder: &Path) -> u64 {
    let answer = json(folder, &["customers"]);
    answer["customers"].as_array().into_iter().flatten().filter_map(|row| row["touchpoints"].as_u64()).sum()
}

#[test]
fn a_name_that_fits_several_is_asked_about() {
    let shop = shop(&["Anna Jansen", "Anna Peters"]);
    let mut session = terminal(shop.path(), &["log", "anna", "called"]);
    session.exp_string("Which anna?").unwrap();
    session.send_line("pet").unwrap();
    session.exp_string("#1 Anna Peters").unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn an_unknown_name_can_be_added() {
    let shop = shop(&["Anna Jansen"]);
    let mut session = terminal(shop.path(), &["log", "Bram", "gebeld", "--lang", "nl"]);
    session.exp_string("Er heet nog geen klant Bram").unwrap();
    session.send_line("").unwrap();
    session.exp_string("#1 Bram").unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn stopping_stores_nothing_and_no_input_asks_nothing() {
    let shop = shop(&["Anna Jansen", "Anna Peters"]);
    let mut session = terminal(shop.path(), &["log", "anna", "called"]);
    session.exp_string("Which anna?").unwrap();
    session.send_control('c').unwrap();
    session.exp_string("nothing was stored").unwrap();
    session.exp_eof().unwrap();
    // As a shell is told of every program that Ctrl-C ended.
    let ended = format!("{:?}", session.process().status());
    assert!(ended.contains("130"), "{ended}");
    let mut session = terminal(shop.path(), &["log", "anna", "called", "--no-input"]);
    session.exp_string("fits 2 customers").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(count(shop.path()), 0);
}

/// What a terminal of 80 columns shows: the rows of its screen.
fn screen(written: &str) -> Vec<String> {
    let mut rows = vec![Vec::<char>::new()];
    let (mut row, mut column) = (0_usize, 0_usize);
    let mut rest = written.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => column = 0,
            '\n' => (row, column) = (row + 1, 0),
            '\x1b' if rest.next_if_eq(&'[').is_some() => {
                let mut count = String::new();
                let code = loop {
                    match rest.next() {
                        Some(c) if c.is_ascii_alphabetic() => break c,
                        Some(c) => count.push(c),
                        None => return Vec::new(),
                    }
                };
                let n = count.parse().unwrap_or(1_usize);
                match code {
                    'A' => row = row.saturating_sub(n),
                    'B' => row += n,
                    'C' => column += n,
                    'D' => column = column.saturating_sub(n),
                    'J' => {
                        rows.truncate(row + 1);
                        rows[row].truncate(column);
                    }
                    'K' => rows[row].clear(),
                    _ => {}
                }
            }
            c => {
                if column == 80 {
                    (row, column) = (row + 1, 0);
                }
                rows.resize(rows.len().max(row + 1), Vec::new());
                let length = rows[row].len().max(column + 1);
                rows[row].resize(length, ' ');
                rows[row][column] = c;
                column += 1;
            }
        }
        rows.resize(rows.len().max(row + 1), Vec::new());
    }
    rows.into_iter().map(|row| row.into_iter().collect::<String>().trim_end().to_owned()).collect()
}

#[test]
fn what_is_typed_over_several_rows_leaves_nothing_behind() {
    let shop = shop(&["Anna Jansen"]);
    let mut session = terminal(shop.path(), &["log", "--lang", "nl", "--now", "2026-09-20T12:00", "--ascii"]);
    let note = "langs geweest om samen de nieuwe stoffen te bekijken, en daarna lang gepraat over de winkel die in het voorjaar opengaat";
    let no_date = "volgend jaar ergens een keer in de zomer of zo, ik weet het echt niet meer zo goed als eerst";
    let dialogue = [
        ("naam", "Anna"),
        ("Wie nog meer", ""),
        ("Wat gebeurde", ""),
        ("een paar woorden", note),
        ("Hoe", ""),
        ("Wanneer", no_date),
        ("21-11-2026", "gisteren"),
        ("Hoe voelde", ""),
    ];
    let mut seen = String::new();
    for (asked, typed) in dialogue {
        seen += &session.exp_string(asked).unwrap();
        seen += asked;
        // What is typed before the question stands there, the terminal shows by itself.
        std::thread::sleep(std::time::Duration::from_millis(300));
        session.send_line(typed).unwrap();
    }
    seen += &session.exp_string("Klopt dat").unwrap();
    let shown = screen(&seen);
    assert_eq!(
        shown[2..7],
        [
            "Wie nog meer? (Enter: niemand anders):",
            "Wat gebeurde er?: langs geweest om samen de nieuwe stoffen te bekijken, en",
            "daarna lang gepraat over de winkel die in het voorjaar opengaat",
            "Hoe?: bezoek",
            "Wanneer?: gisteren",
        ],
        "{shown:#?}"
    );
}

#[test]
fn a_message_is_broken_between_words_on_a_terminal_and_one_line_elsewhere() {
    let shop = shop(&["Anna Jansen", "Anna Peters"]);
    let words = ["log", "--no-input"];
    let narrow = "stty cols 40 rows 24 && exec \"$0\" \"$@\"";
    let program = attent(shop.path(), &words);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", narrow]).arg(program.get_program()).args(program.get_args()).current_dir(shop.path());
    command.env("HOME", shop.path()).env("ATTENT_TRUST", "*").env("NO_COLOR", "1").env("LANG", "en_GB.UTF-8").env("TERM", "xterm");
    let mut session = spawn_command(command, Some(20_000)).expect("a terminal opens");
    let said = session.exp_eof().unwrap().replace('\r', "");
    let piped = super::cli::fails(shop.path(), &words, 2);
    assert!(said.lines().all(|line| line.chars().count() <= 40), "{said}");
    assert!(said.lines().count() > piped.lines().count(), "{said}");
    assert_eq!(said.split_whitespace().collect::<Vec<_>>(), piped.split_whitespace().collect::<Vec<_>>());
}
