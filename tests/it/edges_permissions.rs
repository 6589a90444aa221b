//! Who may read what the program makes, what is said of a workspace others can look into, and what a workspace
//! cannot bring about.
#![cfg(unix)]

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::cli::{attent, workspace};

const NOW: &str = "2026-09-20T12:00:00Z";
const JOURNEY: &str = "id: customer\ntitle: Customer\nstages:\n  - id: find\n    title: Find\n  - id: buy\n    title: Buy\n";
const LOG: &str = "customer,at,channel,note\nAnna Bakker,2026-09-01,phone,called\n";

/// Runs a line of a shell under a umask, with the program as `attent`.
fn shell(folder: &Path, umask: &str, line: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_attent");
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("umask {umask}; attent() {{ '{program}' --now {NOW} --no-input \"$@\"; }}; {line}"));
    command.current_dir(folder).env_clear().env("TZ", "UTC").env("HOME", folder).env("LANG", "en_GB.UTF-8").env("PATH", "/usr/bin:/bin");
    command.output().unwrap()
}

fn mode(path: &Path) -> u32 {
    std::fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

fn chmod(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Everything below a folder that has other rights than it should.
fn too_open(folder: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(path) = todo.pop() {
        let right = if path.is_dir() { 0o700 } else { 0o600 };
        if mode(&path) != right {
            wrong.push(format!("{} is {:o}", path.display(), mode(&path)));
        }
        if path.is_dir() {
            todo.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    wrong
}

/// A workspace whose rights are right.
fn closed() -> (tempfile::TempDir, PathBuf) {
    let top = tempfile::tempdir().unwrap();
    let root = top.path().join("work");
    workspace(&root, JOURNEY);
    chmod(&root, 0o700);
    chmod(&root.join("attent.yaml"), 0o600);
    let root = root.canonicalize().unwrap();
    said(&root, &["score"], &[]);
    (top, root)
}

/// What is said on standard error, with the rights taken seriously.
fn said(folder: &Path, args: &[&str], environment: &[(&str, &Path)]) -> String {
    let mut command = attent(folder, args);
    command.env_remove("ATTENT_TRUST").envs(environment.iter().copied());
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "attent {args:?}\n{said}");
    said
}

#[test]
fn whatever_the_umask_files_and_folders_are_their_owners_only() {
    for umask in ["000", "022", "077", "0277", "0777"] {
        let top = tempfile::tempdir().unwrap();
        let work = top.path().join("deep/work");
        let lines = [
            "mkdir -m 755 deep deep/empty && attent init deep/work --template coach --me anna@example.com",
            "attent init deep/empty --template saas --me anna@example.com && attent demo --dir deep/demo/here",
            "attent demo -O json >/dev/null",
            "cd deep/work && attent customers add 'Anna Bakker' && attent log Anna 'called, happy'",
            "cd deep/work && attent import ../../log.csv && attent undo && attent score -o score.html && attent score -o score.html",
            "cd deep/work && attent backup && attent backup ../copy.db && attent restore ../copy.db --yes && rm attent.db && attent restore ../copy.db --yes",
            "cd deep/work && attent plan -o plan.ics; attent nudge -o week.md; attent sync --quiet-if-empty; attent edit 1 --note again",
            "cd deep/work && touch pipe.txt; attent customers list -O csv -o pipe.txt; chmod 700 ../../deep",
        ];
        std::fs::write(top.path().join("log.csv"), LOG).unwrap();
        for line in lines {
            let output = shell(top.path(), umask, line);
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "umask {umask}: {line}\n{told}");
            assert!(!told.contains("warning"), "umask {umask}: {line}\n{told}");
        }
        assert!(work.join("attent.db").is_file() && work.join("score.html").is_file() && work.join("week.md").is_file());
        let wrong = too_open(&top.path().join("deep"));
        assert!(wrong.is_empty(), "umask {umask}:\n{}", wrong.join("\n"));
    }
}

#[test]
fn what_sqlite_puts_beside_the_log_is_its_owners_only_too() {
    for umask in ["000", "0277"] {
        let (_top, root) = closed();
        let log: String =
            std::iter::once(LOG.to_owned()).chain((0..400).map(|n| format!("Client {n},2026-09-01,phone,called\n"))).collect();
        std::fs::write(root.join("log.csv"), log).unwrap();
        let seen = shell(
            &root,
            umask,
            "i=0; (attent import log.csv; attent undo) >/dev/null & while kill -0 $! 2>/dev/null; do stat -c '%a %n' attent.db-* 2>/dev/null; done",
        );
        let seen = String::from_utf8(seen.stdout).unwrap();
        assert!(seen.contains("attent.db-wal") && seen.contains("attent.db-shm"), "umask {umask}: {seen}");
        // For a moment a new file has what the umask leaves of its owner's rights.
        assert!(seen.lines().all(|line| line.starts_with("600 ") || line.starts_with("400 ")), "umask {umask}: {seen}");
    }
}

#[test]
fn a_demo_in_the_temporary_folder_is_closed() {
    for umask in ["000", "0277"] {
        let top = tempfile::tempdir().unwrap();
        let output = shell(top.path(), umask, &format!("export TMPDIR='{}'; attent demo", top.path().display()));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let made: Vec<_> = std::fs::read_dir(top.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!((made.len(), too_open(&made[0])), (1, Vec::new()));
    }
}

#[test]
fn an_answer_written_over_a_file_is_closed_and_a_pipe_and_a_link_stay() {
    let (_top, root) = closed();
    let (file, link) = (root.join("open.csv"), root.join("link.csv"));
    std::fs::write(&file, "").unwrap();
    chmod(&file, 0o666);
    std::os::unix::fs::symlink(&file, &link).unwrap();
    assert!(shell(&root, "000", "attent customers list -o link.csv && attent score -O table -o /dev/null").status.success());
    assert!(link.is_symlink() && mode(&file) == 0o600, "{:o}", mode(&file));
}

#[test]
fn man_pages_are_for_everybody_and_changed_by_nobody_else() {
    for (umask, file, folder) in [("000", 0o644, 0o755), ("022", 0o644, 0o755), ("077", 0o600, 0o700)] {
        let top = tempfile::tempdir().unwrap();
        assert!(shell(top.path(), umask, "attent completions --man share/man1").status.success());
        let man = top.path().join("share/man1");
        assert_eq!((mode(&man.join("attent.1")), mode(&man)), (file, folder), "umask {umask}");
    }
}

#[test]
fn a_workspace_others_can_look_into_is_told_of_once_with_the_command_that_closes_it() {
    for (what, rights, can) in [
        ("", 0o755, "can look into this workspace"),
        ("", 0o710, "can look into this workspace"),
        ("", 0o777, "can read or change this workspace"),
        ("attent.yaml", 0o604, "can look into this workspace"),
        ("attent.yaml", 0o620, "can read or change this workspace"),
        ("attent.db", 0o640, "can look into this workspace"),
        ("attent.db", 0o666, "can read or change this workspace"),
    ] {
        let (_top, root) = closed();
        let path = if what.is_empty() { root.clone() } else { root.join(what) };
        chmod(&path, rights);
        for args in [&["score"][..], &["customers", "list"], &["config"], &["log", "Anna", "called", "--new", "--no-input"]] {
            let told = said(&root, args, &[]);
            let command = told.split("closes it: ").nth(1).unwrap_or_default().trim_end().to_owned();
            assert!(told.starts_with("warning: other users of this computer") && told.contains(can), "{what} {rights:o} {args:?}: {told}");
            assert_eq!((told.lines().count(), command.as_str()), (1, &*format!("chmod go= {}", path.display())), "{told}");
        }
        let dutch = said(&root, &["score", "--lang", "nl"], &[]);
        assert!(dutch.starts_with("let op: andere gebruikers") && dutch.contains("chmod go= "), "{dutch}");
        let command = said(&root, &["score"], &[]).split("closes it: ").nth(1).unwrap().to_owned();
        assert!(Command::new("sh").arg("-c").arg(command).status().unwrap().success());
        assert_eq!(said(&root, &["score"], &[]), "", "{what} {rights:o}: the command mends it");
    }
}

#[test]
fn journeys_and_plays_may_be_read_by_anybody() {
    let (_top, root) = closed();
    std::fs::write(root.join("playbook.yaml"), "plays: []\n").unwrap();
    for path in ["journeys", "journeys/customer.yaml", "playbook.yaml"] {
        chmod(&root.join(path), 0o755);
    }
    assert_eq!(said(&root, &["score"], &[]), "");
}

#[test]
fn the_user_can_say_that_it_is_meant_to_be_so_and_the_workspace_cannot() {
    let (top, root) = closed();
    chmod(&root, 0o777);
    let own = top.path().join("config/attent/config.yaml");
    std::fs::create_dir_all(own.parent().unwrap()).unwrap();
    let config = top.path().join("config");
    let home = [("XDG_CONFIG_HOME", config.as_path()), ("HOME", top.path())];
    for (trust, quiet) in [
        (format!("[{}]", root.display()), true),
        (format!("{}/", top.path().display()), true),
        ("~/work".to_owned(), true),
        ("[\"*\"]".to_owned(), true),
        ("~/other".to_owned(), false),
        (format!("{}/wo", top.path().display()), false),
        ("[]".to_owned(), false),
    ] {
        std::fs::write(&own, format!("trust: {trust}\n")).unwrap();
        assert_eq!(said(&root, &["score"], &home).is_empty(), quiet, "{trust}");
    }
    std::fs::remove_file(&own).unwrap();
    assert_eq!(said(&root, &["score"], &[("ATTENT_TRUST", top.path())]), "");
    assert!(said(&root, &["score"], &[("ATTENT_TRUST", Path::new("/nowhere"))]).starts_with("warning: "));

    std::fs::write(&own, "trust: work\n").unwrap();
    let output = attent(&root, &["score"]).envs(home).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("`work` is not a whole path"));
    std::fs::write(root.join("attent.yaml"), "trust: [\"*\"]\n").unwrap();
    std::fs::remove_file(&own).unwrap();
    for args in [&["score"][..], &["check"]] {
        let output = attent(&root, args).output().unwrap();
        let told = [output.stdout, output.stderr].concat();
        assert!(String::from_utf8_lossy(&told).contains("`trust` does not belong in attent.yaml"), "{args:?}");
        assert_eq!(output.status.code(), Some(3));
    }
}

/// Only an administrator can give files away; elsewhere there is nothing to try.
fn given_away(root: &Path) -> bool {
    ["", "attent.yaml", "attent.db"].iter().all(|name| chown(root.join(name), Some(12345), None).is_ok())
}

#[test]
fn a_workspace_of_somebody_else_is_told_of_and_reads_no_files_unless_it_was_named() {
    let (top, root) = closed();
    std::fs::write(top.path().join("log.csv"), LOG).unwrap();
    std::fs::write(root.join("attent.yaml"), "sources:\n  - path: ../log.csv\n").unwrap();
    if !given_away(&root) {
        return;
    }
    let deep = root.join("journeys");
    let told = said(&deep, &["score"], &[]);
    assert!(told.starts_with(&format!("warning: {} belongs to another user", root.display())) && told.lines().count() == 1, "{told}");
    let mut sync = attent(&deep, &["sync"]);
    let output = sync.env_remove("ATTENT_TRUST").output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("says which of your files are read") && told.contains("attent sync -w "), "{told}");
    let told = said(&deep, &["score"], &[]);
    assert!(told.contains("belongs to another user"), "nothing was read: {told}");
    said(&deep, &["sync", "-w", ".."], &[]);
    said(&deep, &["sync"], &[("ATTENT_WORKSPACE", &root)]);
    assert_eq!(said(&deep, &["sync"], &[("ATTENT_TRUST", &root)]), "");
}

/// Who cannot change the rights is not told to, and who made all of it open is told of one command.
#[test]
fn the_command_that_closes_a_workspace_is_one_that_can() {
    let (_top, root) = closed();
    for path in [root.clone(), root.join("attent.yaml"), root.join("attent.db")] {
        chmod(&path, if path.is_dir() { 0o755 } else { 0o644 });
    }
    let told = said(&root, &["score"], &[]);
    assert!(told.trim_end().ends_with(&format!("closes it: attent doctor --fix -w {}", root.display())), "{told}");
    let shown =
        format!("attent() {{ '{}' --now {NOW} \"$@\"; }}; {}", env!("CARGO_BIN_EXE_attent"), told.split("closes it: ").nth(1).unwrap());
    assert!(Command::new("sh").arg("-c").arg(shown).current_dir("/").output().unwrap().status.success());
    assert_eq!(said(&root, &["score"], &[]), "");
    chmod(&root, 0o755);
    if !given_away(&root) {
        return;
    }
    for owner in [12345, 0] {
        for name in ["", "attent.yaml", "attent.db"] {
            chown(root.join(name), Some(owner), None).unwrap();
            chmod(&root.join(name), 0o755);
        }
        let mut command = attent(&root, &["customers"]);
        let output = command.env_remove("ATTENT_TRUST").uid(65_534).gid(65_534).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("belongs to another user") && !told.contains("chmod"), "{owner}: {told}");
        assert_eq!(told.contains("another user, root,"), owner == 0, "{told}");
    }
}

/// Words by which a workspace might have something run, and the tags by which YAML might make something.
const TRIES: &[(&str, &str)] = &[
    ("attent.yaml", "editor: touch ran\n"),
    ("attent.yaml", "pager: touch ran\n"),
    ("attent.yaml", "hooks: {post-log: touch ran}\n"),
    ("attent.yaml", "language: !!python/object/apply:os.system [touch ran]\n"),
    ("attent.yaml", "language: !<tag:yaml.org,2002:js/function> 'touch ran'\n"),
    ("attent.yaml", "me: !include ../secret\n"),
    ("attent.yaml", "me: $(touch ran)@example.com\n"),
    ("attent.yaml", "currency: \"`touch ran`\"\n"),
    ("attent.yaml", "sources:\n  - path: \"|touch ran\"\n"),
    ("attent.yaml", "sources:\n  - path: \"touch ran|\"\n"),
    ("attent.yaml", "sources:\n  - path: \"$(touch ran)\"\n  - path: \"file:///etc/passwd\"\n  - {path: x, as: csv, command: touch ran}\n"),
    ("journeys/customer.yaml", "id: ../../ran\ntitle: x\nstages: [{id: ../ran, title: x}]\n"),
    ("journeys/customer.yaml", "id: customer\ntitle: \"{{ range(9999999) }}$(touch ran)\"\nstages: [{id: a, title: \"`touch ran`\"}]\n"),
    ("playbook.yaml", "plays:\n  - {id: ../ran, title: \"$(touch ran)\", run: touch ran}\n"),
];

#[test]
fn nothing_in_a_workspace_is_ever_run() {
    for (file, text) in TRIES {
        let (_top, root) = closed();
        std::fs::write(root.join(file), text).unwrap();
        let before = names(&root);
        for args in
            [&["score"][..], &["sync"], &["plan"], &["plays"], &["log", "Anna", "called", "--new"], &["check"], &["score", "-O", "html"]]
        {
            let mut command = attent(&root, args);
            for variable in ["EDITOR", "VISUAL", "PAGER", "BROWSER", "SHELL"] {
                command.env(variable, "touch ran");
            }
            let output = command.env("PATH", "/usr/bin:/bin").output().unwrap();
            assert!(matches!(output.status.code(), Some(0..=3)), "{file}: {text}{args:?}");
        }
        assert_eq!(names(&root), before, "{file}: {text}");
    }
}

/// Every file below a folder, but what SQLite puts beside the log.
fn names(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut todo) = (Vec::new(), vec![folder.parent().unwrap().to_owned()]);
    while let Some(folder) = todo.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { todo.push(path) } else { found.push(path) }
        }
    }
    found.retain(|path| !path.to_string_lossy().contains("attent.db-"));
    found.sort();
    found
}
