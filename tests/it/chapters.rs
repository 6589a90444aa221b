//! What the chapters of README.md show: transcripts, played anew in the business of the demo, and the files
//! of `examples/automation/`, which are run here as cron and systemd would run them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::{attent, ok};
use crate::examples::played;

/// The Monday of the transcripts, at the hour of the crontab.
const MONDAY: &str = "2026-07-06 07:00";

/// The block of this name: `transcript NAME` is played, `file PATH` is shown; `None` when it is neither.
pub fn chapter(name: &str, old: &str) -> Option<String> {
    let (kind, what) = name.split_once(' ')?;
    Some(match kind {
        "transcript" => transcript(old),
        "file" => format!("```{}\n{}```\n", if what.ends_with("crontab") { "text" } else { "ini" }, shown(what)),
        _ => return None,
    })
}

fn shown(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file that README.md shows")
}

/// A garden studio of the demo on that Monday, with an hour a week for all this.
fn studio(home: &Path) -> PathBuf {
    ok(home, &["demo", "--dir", "garden", "--now", MONDAY]);
    let folder = home.join("garden");
    let settings = fs::read_to_string(folder.join("attent.yaml")).expect("its settings");
    let hour = settings.replace("minutes: 180, euros: 60", "minutes: 60, euros: 30");
    assert_ne!(settings, hour, "the demo has another budget by now");
    fs::write(folder.join("attent.yaml"), hour).expect("its settings are written");
    folder
}

fn transcript(old: &str) -> String {
    let home = tempfile::tempdir().expect("a folder");
    let folder = studio(home.path());
    let program = |args: &[&str]| {
        let mut command = attent(&folder, args);
        command.args(["--width", "80"]).env("ATTENT_NOW", MONDAY);
        command
    };
    format!("```console\n{}```\n", played(old, program))
}

/// The lines of a file of `examples/automation/`.
fn automation(name: &str) -> Vec<String> {
    shown(&format!("examples/automation/{name}")).lines().map(str::to_owned).collect()
}

/// Runs a line of a shell with what cron gives it and nothing else.
#[cfg(unix)]
fn as_cron(home: &Path, line: &str, more: &[(String, String)]) -> String {
    let program = home.join(".cargo/bin/attent");
    if !program.exists() {
        fs::create_dir_all(home.join(".cargo/bin")).expect("the folder of programs");
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_attent"), &program).expect("the program is there");
    }
    let path = format!("{}:/usr/bin:/bin", home.join("bin").display());
    let mut shell = Command::new("/bin/sh");
    shell.env_clear().env("HOME", home).env("PATH", path).env("ATTENT_NOW", MONDAY).envs(more.iter().cloned()).args(["-c", line]);
    let output = shell.output().expect("a shell");
    assert!(output.status.success() && output.stderr.is_empty(), "{line}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[cfg(unix)]
#[test]
fn the_crontab_runs_as_cron_runs_it() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = studio(home.path());
    let settings = fs::read_to_string(folder.join("attent.yaml")).expect("its settings");
    fs::write(folder.join("attent.yaml"), settings + "sources: [{path: log.csv}]\n").expect("a source");
    let (mut given, mut said) = (Vec::new(), Vec::new());
    for line in automation("crontab").iter().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some((name, value)) = line.split_once('=').filter(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase() || c == '_')) {
            given.push((name.to_owned(), value.trim_matches('"').to_owned()));
        } else {
            assert!(!line.contains('%'), "to cron a % is the end of the line: {line}");
            let command: Vec<&str> = line.split_whitespace().skip(5).collect();
            said.push(as_cron(home.path(), &command.join(" "), &given));
        }
    }
    assert_eq!(given.len(), 3);
    let [_, digest, backup, doctor] = said.as_slice() else { panic!("four lines: {said:?}") };
    assert!(digest.contains("for this week") && digest.contains("#1 Willem Dekker"), "{digest}");
    assert!(digest.lines().all(|line| line.chars().count() <= 78), "{digest}");
    assert_eq!([backup, doctor], ["", ""], "what is in order asks for no mail");
    assert_eq!(fs::read_dir(folder.join("backups")).expect("the backups").count(), 1);
}

#[cfg(unix)]
#[test]
fn the_systemd_service_writes_a_page_or_sends_a_mail() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().expect("a folder");
    studio(home.path());
    let mail = home.path().join("bin/mail");
    fs::create_dir_all(home.path().join("bin")).expect("a folder of programs");
    fs::write(&mail, "#!/bin/sh\ncat > \"$HOME/sent\"\n").expect("a program that sends mail");
    fs::set_permissions(&mail, fs::Permissions::from_mode(0o755)).expect("it can be run");
    let service = automation("attent-nudge.service");
    let commands: Vec<&str> = service.iter().filter_map(|line| line.trim_start_matches('#').strip_prefix("ExecStart=")).collect();
    assert_eq!(commands.len(), 2);
    for command in commands {
        as_cron(home.path(), &command.replace("%h", &home.path().display().to_string()), &[]);
    }
    let page = home.path().join("garden/this-week.html");
    assert!(fs::read_to_string(&page).expect("the page").contains("Willem Dekker"));
    assert_eq!(fs::metadata(&page).expect("the page").permissions().mode() & 0o777, 0o600);
    assert!(fs::read_to_string(home.path().join("sent")).expect("the mail").contains("#1 Willem Dekker"));
    assert!(automation("attent-nudge.timer").iter().any(|line| line == "Persistent=true"));
}
