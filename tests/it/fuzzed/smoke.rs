//! A little of the fuzzing in every test run: each target on its seeds and on damaged copies of them, the same ones
//! every time. More with `ATTENT_FUZZ=20 cargo test --test it -- fuzzed`, which reads twenty times as many.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use super::seeds::project;
use super::{TARGETS, Target};

#[path = "../../../src/intake/mutate.rs"]
mod mutate;

/// How long one input may take, on a busy machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many times the usual number of damaged copies.
fn times() -> u64 {
    std::env::var("ATTENT_FUZZ").ok().and_then(|said| said.parse().ok()).unwrap_or(1)
}

/// Reads bytes; what panics, or takes too long, is told with the bytes.
fn tried(target: &Target, bytes: &[u8], which: &str) {
    let begun = Instant::now();
    let shown = || format!("{which} of {}: {:?}\n{}", target.name, bytes.escape_ascii().to_string(), String::from_utf8_lossy(bytes));
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| (target.run)(bytes))) {
        eprintln!("{}", shown());
        resume_unwind(panic);
    }
    // A command waits for the machine, and has a limit of its own.
    assert!(begun.elapsed() < PATIENCE || target.name == "command_line", "{:?}: {}", begun.elapsed(), shown());
}

fn smoke(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("a target");
    let seeds = (target.seeds)();
    assert!(!seeds.is_empty());
    for (number, seed) in seeds.iter().enumerate() {
        tried(target, seed, &format!("seed {number}"));
    }
    for n in 0..target.rounds * times() {
        tried(target, &mutate::mutate(&seeds[n as usize % seeds.len()], n), &format!("number {n}"));
    }
}

macro_rules! smokes {
    ($($name:ident)*) => {
        $(#[test] fn $name() { smoke(stringify!($name)) })*
        const SMOKED: &[&str] = &[$(stringify!($name)),*];
    };
}

smokes! {
    journey workspace playbook log_csv table sheet mailbox message calendar address_book event_log any_file dates sentences
    small_words directory ledger_file packed_sums export standings week_solver calendar_written command_line
}

#[test]
fn nonsense_written_into_a_log_is_an_answer_or_an_error_in_words() {
    super::command_line::vandalised();
}

#[test]
fn every_target_is_run_here_and_by_the_fuzzer() {
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(names, SMOKED);
    let package = project().join("tests/fuzz");
    if !package.exists() {
        return; // a package within a package is left out of what is published
    }
    let manifest = std::fs::read_to_string(package.join("Cargo.toml")).expect("the package of the fuzzer");
    for name in &names {
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"targets/{name}.rs\"\n")), "{name} is not in tests/fuzz/Cargo.toml");
        let file = std::fs::read_to_string(package.join(format!("targets/{name}.rs"))).expect("the file of a target");
        assert!(file.contains(&format!("target!(\"{name}\")")), "targets/{name}.rs runs something else");
    }
    assert_eq!(manifest.matches("[[bin]]").count(), names.len());
    let files = std::fs::read_dir(package.join("targets")).expect("the targets").count();
    assert_eq!(files, names.len());
}
