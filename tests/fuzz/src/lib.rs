//! What the fuzzer runs: the functions of `tests/it/fuzzed`, which every test run uses too.

use std::path::PathBuf;

#[path = "../../it/fuzzed/mod.rs"]
pub mod fuzzed;

use fuzzed::{TARGETS, Target};

fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).expect("a target")
}

/// Before the first run: puts the seeds into the folder `ATTENT_SEEDS`, which is a corpus, when that is set.
pub fn begin(name: &str) {
    let Some(folder) = std::env::var_os("ATTENT_SEEDS").map(PathBuf::from) else { return };
    for (number, seed) in (target(name).seeds)().into_iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{number}")), seed).expect("a seed is written");
    }
}

/// Runs a target on bytes.
pub fn run(name: &str, bytes: &[u8]) {
    (target(name).run)(bytes);
}

/// The whole of a file in `targets`.
#[macro_export]
macro_rules! target {
    ($name:literal) => {
        libfuzzer_sys::fuzz_target!(
            init: $crate::begin($name),
            |bytes: &[u8]| $crate::run($name, bytes)
        );
    };
}
