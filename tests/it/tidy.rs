//! The house: which folder may use which, which crate has which home, and how long things get.
//! `src/ARCHITECTURE.md` tells the same for people.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What each folder may use of the others. Floors sort in the direction data flows.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("intake", &["domain"]),
    ("ledger", &["domain"]),
    ("measure", &["domain"]),
    ("plan", &["domain", "measure"]),
    ("render", &["domain", "measure", "plan"]),
    ("settings", &["domain", "intake"]),
    ("subcommands", &["domain", "intake", "ledger", "measure", "plan", "render", "settings"]),
];

/// Crates and calls with one home each.
const HOMES: &[(&str, &[&str])] = &[
    ("rusqlite::", &["ledger/"]),
    ("clap::", &["subcommands/"]),
    ("dialoguer::", &["subcommands/"]),
    ("indicatif::", &["subcommands/"]),
    ("serde_yaml::", &["intake/yaml"]),
    ("comfy_table::", &["render/"]),
    ("annotate_snippets::", &["render/complaints"]),
    ("minijinja::", &["render/"]),
    ("Local::now", &["subcommands/context.rs"]),
    ("Utc::now", &[]),
    ("std::env::vars", &["settings/env.rs"]),
    ("std::fs", &["subcommands/", "ledger/backup/place.rs", "ledger/cipher.rs", "ledger/open.rs", "ledger/spill.rs", "settings/locate.rs"]),
    ("io::stdout", &["subcommands/"]),
    ("io::stderr", &["subcommands/"]),
    ("println!", &["subcommands/"]),
    ("process::exit", &[]),
    // files and folders are made with the rights of their owner only
    ("fs::write", &["subcommands/files.rs"]),
    ("fs::copy", &["subcommands/files.rs"]),
    ("fs::rename", &["subcommands/files.rs", "ledger/cipher.rs"]),
    ("File::create", &["subcommands/files.rs"]),
    // and opened where it is known that the log is not: to close a file takes the locks away that SQLite has on it
    ("File::open", &["subcommands/files.rs", "subcommands/credential.rs", "ledger/backup/place.rs", "ledger/cipher.rs"]),
    ("fs::read(", &[]),
    ("fs::read_to_string", &[]),
    ("File::options", &[]),
    ("OpenOptions", &["subcommands/files.rs", "ledger/cipher.rs", "ledger/open.rs"]),
    ("DirBuilder", &["subcommands/files.rs", "ledger/backup/place.rs"]),
    ("create_dir", &["subcommands/files.rs"]),
    ("set_permissions", &["subcommands/files.rs", "subcommands/doctor/permissions.rs", "ledger/backup/place.rs", "ledger/open.rs"]),
    ("tempfile::Builder", &["subcommands/files.rs", "ledger/backup/place.rs"]),
    ("NamedTempFile", &["subcommands/files.rs", "ledger/backup/place.rs"]),
    ("tempfile::temp", &["subcommands/files.rs", "subcommands/doctor/permissions.rs", "ledger/spill.rs"]),
    // nothing is fetched and nothing is sent
    ("std::net", &[]),
    ("TcpStream", &[]),
    ("UdpSocket", &[]),
    // nothing is ever run but what the user's own environment names, least of all what a workspace names
    ("process::Command", &["subcommands/credential.rs"]),
    ("os::unix::process", &[]),
];

/// What `use std::process::{…}` may bring in.
const OF_PROCESS: &[&str] = &["ExitCode"];

/// The one place that starts what the user's own environment names (`ATTENT_PASSPHRASE_COMMAND`).
const STARTS: &str = "subcommands/credential.rs";

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder of the sources").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                walk(&entry, into);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                into.push(entry);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let name = |path: &Path| path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).expect("a source file"))).collect()
}

/// The lines of code that are not tests and not comments.
fn code(text: &str) -> Vec<&str> {
    let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..tests].lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//")).collect()
}

fn is_test(file: &str) -> bool {
    file.contains("tests") || file.ends_with("/told.rs") || file.ends_with("/mutate.rs")
}

#[test]
fn folders_use_only_what_sorts_before_them_and_the_table_allows() {
    let allowed: BTreeMap<_, _> = MAY_USE.iter().copied().collect();
    let mut wrong = Vec::new();
    for (file, text) in sources().iter().filter(|(file, _)| file.contains('/') && !is_test(file)) {
        let folder = file.split('/').next().expect("a folder");
        for line in code(text) {
            for (at, _) in line.match_indices("crate::") {
                let used: String = line[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let known = allowed.contains_key(used.as_str());
                if known && used != folder && !allowed[folder].contains(&used.as_str()) {
                    wrong.push(format!("{file} uses {used}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn crates_and_calls_stay_in_their_homes() {
    let mut wrong = Vec::new();
    for (file, text) in sources().iter().filter(|(file, _)| !is_test(file)) {
        for line in code(text) {
            for (what, homes) in HOMES {
                if line.contains(what) && !homes.iter().any(|home| file.starts_with(home)) {
                    wrong.push(format!("{file} uses {what}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_program_is_started() {
    for (file, text) in sources().iter().filter(|(file, _)| !is_test(file)) {
        for line in code(text) {
            let Some(used) = line.split("process::{").nth(1) else { continue };
            for name in used.trim_end_matches(['}', ';', ' ']).split(',').map(str::trim) {
                assert!(OF_PROCESS.contains(&name) || file == STARTS, "{file} uses std::process::{name}: {line}");
            }
        }
        assert!(!text.contains("use std::process;"), "{file} uses all of std::process");
    }
}

#[test]
fn files_and_functions_stay_short() {
    let mut wrong = Vec::new();
    for (file, text) in sources().iter().filter(|(file, _)| !is_test(file)) {
        let lines = code(text);
        if lines.len() > LONGEST_FILE {
            wrong.push(format!("{file} has {} lines of code", lines.len()));
        }
        for (name, length) in functions(&lines) {
            if length > LONGEST_FUNCTION {
                wrong.push(format!("{file}: {name} has {length} lines"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The functions of a formatted file with their lengths: from `fn` to the closing brace of the
/// same indentation.
fn functions<'a>(lines: &[&'a str]) -> Vec<(&'a str, usize)> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let head = line.trim_start();
        let is_fn =
            ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "const fn ", "pub const fn "].iter().any(|word| head.starts_with(word));
        if is_fn && !head.ends_with(';') {
            let end = lines[start..].iter().position(|line| line.trim() == "}" && indent(line) == indent(lines[start]));
            found.push((head, end.map_or(1, |end| end + 1)));
        }
    }
    found
}

#[test]
fn the_floors_sort_in_the_order_of_the_table() {
    let order: Vec<&str> = MAY_USE.iter().map(|(folder, _)| *folder).collect();
    assert!(order.is_sorted());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<String> = std::fs::read_dir(root)
        .expect("the sources")
        .filter_map(|entry| entry.ok().filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().to_string_lossy().into_owned()))
        .collect();
    folders.sort();
    assert_eq!(folders, order);
    for (folder, uses) in MAY_USE {
        assert!(uses.iter().all(|used| used < folder), "{folder} uses something above it");
    }
}
