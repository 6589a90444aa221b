//! The transcripts in the examples' READMEs: every command is run in a copy of its folder, in order,
//! and must answer what stands there. `ATTENT_RENEW=1 cargo test examples` writes the answers anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::attent;
use crate::docs::renewing;

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = fs::read_dir(root).expect("the examples").map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.join("attent.yaml").is_file()).collect();
    folders.sort();
    folders
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the copy's folder");
    for entry in fs::read_dir(from).expect("the folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else if !entry.file_name().to_string_lossy().starts_with("attent.db") {
            fs::copy(entry.path(), target).expect("the file is copied");
        }
    }
}

/// The words of a command line with double quotes, as a shell reads them.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for c in line.chars() {
        match c {
            '"' => (quoted, begun) = (!quoted, true),
            ' ' if !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            c => {
                word.push(c);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

/// Runs the commands of a transcript and writes it anew.
pub fn played(transcript: &str, program: impl Fn(&[&str]) -> Command) -> String {
    let commands = transcript.lines().filter(|line| line.starts_with("$ attent "));
    let answers = commands.map(|line| {
        let words = words(line.trim_start_matches("$ attent "));
        let args: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = program(&args).output().expect("the program starts");
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).expect("UTF-8")).concat();
        let said: String = said.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        format!("{line}\n{said}")
    });
    answers.collect::<Vec<_>>().join("\n")
}

#[test]
fn transcripts_say_what_the_program_says() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let path = folder.join("README.md");
        let readme = fs::read_to_string(&path).expect("the README");
        let (before, rest) = readme.split_once("```console\n").expect("a transcript");
        let (transcript, after) = rest.split_once("```").expect("the transcript ends");
        let place = tempfile::tempdir().expect("a folder");
        copy(&folder, place.path());
        let renewed = format!("{before}```console\n{}```{after}", played(transcript, |args| attent(place.path(), args)));
        if renewing() {
            fs::write(&path, renewed).expect("the README is written");
        } else if renewed != readme {
            wrong.push(format!("{}\n{}", path.display(), first_difference(&readme, &renewed)));
        }
    }
    assert!(wrong.is_empty(), "{}\nATTENT_RENEW=1 cargo test examples writes them anew", wrong.join("\n"));
}

fn first_difference(old: &str, new: &str) -> String {
    let pair = old.lines().zip(new.lines()).enumerate().find(|(_, (old, new))| old != new);
    pair.map_or("one is longer".to_owned(), |(n, (old, new))| format!("line {}:\n- {old}\n+ {new}", n + 1))
}
