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
    let mut session = terminal(shop.path(), &["log", "anna", "called", "--no-input"]);
    session.exp_string("fits 2 customers").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(count(shop.path()), 0);
}
