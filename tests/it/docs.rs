//! The tables in README.md that restate the code are made from the code. `ATTENT_RENEW=1 cargo test
//! docs` writes them anew.

use std::fmt::Write as _;
use std::path::Path;

use attent::domain::finding::FindingKind;
use attent::domain::model::{Band, Component, LITTLE_EVIDENCE, Model};
use attent::domain::rule::RuleId;
use attent::domain::text::Text;
use attent::domain::words::{Channel, Direction, Kind, Personal, Sender};
use attent::intake::tables::profiles::shipped;
use attent::plan::rules::{Rule, rule};
use attent::render::format::Format;
use attent::settings::env::Environment;
use attent::settings::keys::{Key, Settings};

use crate::chapters::chapter;

/// Whether committed texts are written anew instead of compared.
#[allow(clippy::disallowed_methods, reason = "a test's own switch, not a setting of the program")]
pub fn renewing() -> bool {
    std::env::var_os("ATTENT_RENEW").is_some()
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<String> = header.iter().map(|&word| word.to_owned()).collect();
    let mut table = line(&head) + &format!("|{}\n", "---|".repeat(header.len()));
    rows.for_each(|row| table.push_str(&line(&row)));
    table
}

fn channels() -> String {
    let model = Model::default();
    let rows = Channel::ALL.iter().map(|&channel| {
        let usual = channel.defaults();
        let words = [usual.direction.word(), usual.sender.word(), usual.personal.word(), usual.kind.word()];
        let first = [format!("`{}`", channel.word()), channel.label().nl, model.mass(channel).to_string()];
        first.into_iter().chain(words.map(str::to_owned)).collect()
    });
    table(&["channel", "in Dutch", "mass", "direction", "sender", "personal", "kind"], rows)
}

fn words() -> String {
    let list = |all: Vec<(&str, Text)>| {
        let each =
            all.into_iter().map(|(word, label)| if label.nl == word { format!("`{word}`") } else { format!("`{word}` ({})", label.nl) });
        each.collect::<Vec<_>>().join(", ")
    };
    let rows = [
        ("direction", list(Direction::ALL.iter().map(|one| (one.word(), one.label())).collect())),
        ("sender", list(Sender::ALL.iter().map(|one| (one.word(), one.label())).collect())),
        ("personal", list(Personal::ALL.iter().map(|one| (one.word(), one.label())).collect())),
        ("kind", list(Kind::ALL.iter().map(|one| (one.word(), one.label())).collect())),
    ];
    table(&["column", "words"], rows.into_iter().map(|(column, words)| vec![format!("`{column}`"), words]))
}

fn weights() -> String {
    let model = Model::default();
    let rows = Component::ALL.iter().map(|&component| vec![format!("`{}`", component.id()), model.weights[component as usize].to_string()]);
    table(&["component", "weight"], rows)
}

/// The bands by trying every whole warmth.
fn bands() -> String {
    let mut rows: Vec<Vec<String>> = vec![];
    let mut before = None;
    for warmth in 0..100 {
        let band = Band::of(f64::from(warmth), 1.0);
        if before.replace(band) != Some(band) {
            rows.push(vec![format!("from {warmth}"), band.word().to_owned(), band.label().nl]);
        }
    }
    let little = Band::TooLittleEvidence;
    rows.push(vec![format!("evidence below {LITTLE_EVIDENCE}"), little.word().to_owned(), little.label().nl]);
    table(&["warmth", "band", "in Dutch"], rows.into_iter())
}

/// The value of a constant, read from the source of its finding.
fn threshold(file: &str, name: &str) -> f64 {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/measure/findings").join(file);
    let source = std::fs::read_to_string(path).expect("a finding");
    let start = format!("pub const {name}: ");
    let line = source.lines().find_map(|line| line.strip_prefix(&start)).expect("its threshold");
    line.split_once("= ").and_then(|(_, value)| value.trim_end_matches(';').parse().ok()).expect("a number")
}

fn findings() -> String {
    let percent = |share: f64| (share * 100.0).round();
    let hollow = |name| threshold("hollow.rs", name);
    let (more, period, enough, less) = (percent(hollow("MORE") - 1.0), hollow("PERIOD_DAYS"), hollow("ENOUGH"), hollow("LESS"));
    let cap = Model::default().pressure_cap;
    let when = |kind: FindingKind| match kind {
        FindingKind::Wounded => "a failure is open".to_owned(),
        FindingKind::Cold => format!("the warmth is below {}", threshold("cold.rs", "COLD")),
        FindingKind::TooDigital => {
            format!("at least {} % of the contact comes from a machine", percent(threshold("too_digital.rs", "TOO_DIGITAL")))
        }
        FindingKind::Transactional => format!(
            "at least {} % of the contact is about orders, invoices or selling",
            percent(threshold("transactional.rs", "TRANSACTIONAL"))
        ),
        FindingKind::OneWay => {
            format!("of personal contact, one direction is less than {} % of the other", percent(threshold("one_way.rs", "ONE_WAY")))
        }
        FindingKind::Overdue => "the time of a promise, or the maximum gap between contacts, has passed".to_owned(),
        FindingKind::Hollow => format!(
            "in {period} days at least {more} % more contacts than in the {period} before (which had {enough} or more), and their warmth went down by {less} or more"
        ),
        FindingKind::Crowded => format!("a customer who is here now has a contact pressure above {cap}"),
        FindingKind::Empty => "no contact has been recorded here yet".to_owned(),
    };
    let rows = FindingKind::ALL.iter().map(|&kind| vec![format!("`{}`", kind.id()), kind.label().nl, when(kind)]);
    table(&["finding", "in Dutch", "when"], rows)
}

fn rules() -> String {
    let row = |rule: &Rule| {
        let (evidence, source) = ((rule.evidence)().en, rule.source);
        let evidence = if source.is_empty() { evidence } else { format!("{evidence} ({source})") };
        vec![format!("`{}`", rule.id), (rule.name)().en, (rule.reason)().en, evidence, rule.kept_where().en]
    };
    table(&["id", "rule", "reason", "what it rests on", "kept where"], RuleId::ALL.iter().filter_map(|id| rule(*id)).map(row))
}

fn settings() -> String {
    let usual = Settings::default();
    let shown = |key: Key| Some(key.show(&usual)).filter(|value| !value.is_empty()).map_or("–".to_owned(), |value| format!("`{value}`"));
    let keys = Key::all().filter(|key| !matches!(key, Key::Mass(_) | Key::Rule(_)));
    let rows = keys.map(|key| vec![format!("`{}`", key.name()), shown(key), format!("`{}`", Environment::variable(&key.name()))]);
    table(&["key", "default", "variable"], rows)
}

fn formats() -> String {
    Format::ALL.iter().map(|format| format!("`{}`", format.word())).collect::<Vec<_>>().join(" · ") + "\n"
}

/// The profiles of exports that come with the program.
fn profiles() -> String {
    shipped().iter().map(|profile| format!("`{}`", profile.id)).collect::<Vec<_>>().join(" · ") + "\n"
}

/// The screen of the demo.
fn demo() -> String {
    let home = tempfile::tempdir().expect("a folder");
    let said = crate::cli::ok(home.path(), &["demo", "--dir", "linden", "--now", "2026-07-01", "--width", "80"]);
    format!("```text\n{said}```\n")
}

fn generated(name: &str, old: &str) -> String {
    if let Some(made) = chapter(name, old) {
        return made;
    }
    match name {
        "demo" => demo(),
        "channels" => channels(),
        "words" => words(),
        "weights" => weights(),
        "bands" => bands(),
        "findings" => findings(),
        "rules" => rules(),
        "settings" => settings(),
        "formats" => formats(),
        "profiles" => profiles(),
        _ => panic!("README.md asks for a table `{name}` that nobody makes"),
    }
}

#[test]
fn tables_of_the_readme_say_what_the_code_says() {
    const OPEN: &str = "<!-- generated: ";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).expect("the README");
    let mut parts = readme.split(OPEN);
    let mut renewed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(" -->").expect("the mark ends");
        let (old, after) = rest.split_once("<!-- end -->").expect("the block ends");
        write!(renewed, "{OPEN}{name} -->\n{}<!-- end -->{after}", generated(name, old)).expect("text");
    }
    if renewing() {
        std::fs::write(&path, renewed).expect("the README is written");
    } else {
        assert!(renewed == readme, "README.md is behind the code; ATTENT_RENEW=1 cargo test docs writes its tables anew");
    }
}

/// The tests a document names: `file::test`, as `cargo test` does.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |word: &&str| word.contains("::") && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == ':');
    text.split('`').skip(1).step_by(2).filter(is_name)
}

/// Whether a test that only a build with a feature has stands in its file, in the module `with_…`.
fn is_of_a_feature(name: &str) -> bool {
    let Some((file, test)) = name.split_once("::with_").and_then(|(file, rest)| Some((file, rest.split_once("::")?.1))) else {
        return false;
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(file).with_extension("rs");
    let source = std::fs::read_to_string(path).unwrap_or_default();
    source.contains(&format!("#[test]\n    fn {test}()"))
}

#[test]
fn the_tests_that_bear_the_promises_are_there() {
    let listed = std::process::Command::new(std::env::current_exe().expect("these tests")).arg("--list").output().expect("their list");
    let listed = String::from_utf8(listed.stdout).expect("names");
    let there = |name: &str| listed.lines().any(|line| line.strip_suffix(": test") == Some(name)) || is_of_a_feature(name);
    for document in ["README.md", "SECURITY.md"] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).expect("a document");
        let names: Vec<&str> = named(&text).collect();
        assert!(names.len() > 10, "{document} names {} tests", names.len());
        let missing: Vec<&str> = names.into_iter().filter(|name| !there(name)).collect();
        assert!(missing.is_empty(), "{document} names tests that are not there: {missing:?}");
    }
}
