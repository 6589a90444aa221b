//! What every reader of attent must bear: one function a reader, which takes any bytes at all and panics
//! when a promise is broken.
//!
//! The promises are alike everywhere: it ends, soon; it never panics; what is wrong is told in both languages;
//! what comes out keeps to the limits of what may be stored. Where a reader promises more (the same answer in
//! whatever pieces a file arrives, a number that stays the same when it is read again), that is held to as well.
//!
//! Two run them: `smoke` beside this file, in every `cargo test`, on damaged copies of the seeds, and the
//! fuzzer of `tests/fuzz`, which includes this module by its path and looks for new ways through the code.

#![allow(clippy::disallowed_methods, reason = "which program to run, and how often, has nothing to do with its settings")]

pub mod bytes;
pub mod calendar_written;
pub mod command_line;
pub mod databases;
pub mod exports;
pub mod grammar;
pub mod importers;
pub mod seeds;
pub mod solver;
pub mod standings;
pub mod words;
pub mod workbook;
pub mod yaml;

#[cfg(test)]
mod smoke;

/// Something that takes any bytes.
pub struct Target {
    /// Its name, which is that of its file in `tests/fuzz/targets`.
    pub name: &'static str,
    /// Reads bytes; panics when a promise is broken.
    pub run: fn(&[u8]),
    /// What it should be able to read, to begin from.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// How many damaged copies the usual test run reads: fewer where each takes long.
    pub rounds: u64,
}

const fn target(name: &'static str, run: fn(&[u8]), seeds: fn() -> Vec<Vec<u8>>, rounds: u64) -> Target {
    Target { name, run, seeds, rounds }
}

/// Everything that takes bytes.
pub const TARGETS: &[Target] = &[
    target("journey", yaml::journey, seeds::journeys, 150),
    target("workspace", yaml::workspace, seeds::workspaces, 100),
    target("playbook", yaml::playbook, seeds::playbooks, 60),
    target("log_csv", importers::log_csv, seeds::logs, 100),
    target("table", importers::table, seeds::tables, 200),
    target("sheet", workbook::sheet, seeds::sheets, 150),
    target("mailbox", importers::mailbox, seeds::mailboxes, 150),
    target("message", importers::one_message, seeds::messages, 400),
    target("calendar", importers::calendar, seeds::calendars, 150),
    target("address_book", importers::address_book, seeds::address_books, 200),
    target("event_log", importers::event_log, seeds::event_logs, 150),
    target("any_file", importers::any_file, seeds::any_files, 200),
    target("dates", words::dates, seeds::dates, 500),
    target("sentences", words::sentences, seeds::sentences, 200),
    target("small_words", words::small_words, seeds::small_words, 500),
    target("directory", words::directory, seeds::directories, 200),
    target("ledger_file", databases::ledger_file, seeds::ledger_files, 25),
    target("packed_sums", databases::packed_sums, seeds::packed_sums, 50),
    target("export", exports::export, seeds::exports, 40),
    target("standings", standings::standings, seeds::numbers, 300),
    target("week_solver", solver::week_solver, seeds::numbers, 300),
    target("calendar_written", calendar_written::calendar_written, seeds::numbers, 300),
    target("command_line", command_line::command_line, seeds::numbers, 40),
];
