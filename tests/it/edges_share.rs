//! A network share, or a stick, that is lost while a command works on it: the command says so in words, nothing is
//! half done, and nobody waits for what will not answer.
//!
//! No network is needed to lose one: `data/lost_share.c`, which is compiled here and loaded before the C library,
//! answers the program's calls as the system does then, from a chosen call on. Each command is run once to count its
//! calls, and then loses its workspace at the first and at others spread over them. `ATTENT_LOSSES` says at how many.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::cli::{attent, ok, workspace};
use super::crash::{Dice, JOURNEY, contacts, state};

const NOW: &str = "2026-11-20T12:00:00Z";

/// What is lost, and how its system tells.
#[derive(Debug, Clone, Copy)]
struct Loss(&'static str, &'static [(&'static str, &'static str)]);

/// ESTALE, and ENOLCK, which SQLite takes for somebody else's lock.
const LOCKLESS: Loss = Loss("a server that forgot its files", &[("LOST_ERRNO", "116"), ("LOST_LOCKS", "37")]);
/// EIO; locks are the system's own, and it still knows which files there were.
const STICK: Loss = Loss("a stick that was pulled out", &[("LOST_ERRNO", "5"), ("LOST_LOCKS", "0"), ("LOST_KNOWN", "1")]);

const LOSSES: [Loss; 4] = [
    LOCKLESS,
    STICK,
    // ENOTCONN
    Loss("a mount of which the program died", &[("LOST_ERRNO", "107")]),
    // EHOSTDOWN, and EIO for locks
    Loss("a computer that was switched off", &[("LOST_ERRNO", "112"), ("LOST_LOCKS", "5")]),
];

/// Longer than a command that loses its share takes. SQLite itself tries for ten seconds to begin to read where locks cannot be
/// had; a command that waits for another one does so for thirty.
const PATIENCE: Duration = Duration::from_secs(25);

/// What memory raises that is mapped from a file which is gone.
const SIGBUS: i32 = 7;

/// So many commands are at work at once, most of the time waiting.
const AT_ONCE: usize = 24;

#[allow(clippy::disallowed_methods, reason = "a test's own switch, not a setting of the program")]
fn losses() -> usize {
    std::env::var("ATTENT_LOSSES").ok().and_then(|said| said.parse().ok()).unwrap_or(6)
}

/// The library that loses shares, and a workspace to copy.
struct Given {
    top: tempfile::TempDir,
}

impl Given {
    fn new() -> Self {
        let given = Self { top: tempfile::tempdir().expect("a folder is made") };
        given.compile();
        given.fill();
        given
    }

    fn library(&self) -> PathBuf {
        self.top.path().join("lost_share.so")
    }

    #[allow(clippy::disallowed_methods, reason = "as whoever builds C here does")]
    fn compile(&self) {
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/lost_share.c");
        let made = Command::new(compiler).args(["-shared", "-fPIC", "-O1", "-o"]).arg(self.library()).arg(source).arg("-ldl").status();
        assert!(made.is_ok_and(|made| made.success()), "a C compiler, as building SQLite needs one");
    }

    /// Customers, contacts, nudges, backups, and something for each command to do.
    fn fill(&self) {
        let top = self.top.path();
        let base = top.join("base");
        for (name, rows, seed) in [("first.csv", 120, 1), ("second.csv", 60, 2), ("new.csv", 60, 3)] {
            fs::write(top.join(name), contacts(rows, seed)).expect("the contacts are written");
        }
        workspace(&base, JOURNEY);
        let settings = format!("retention:\n  contacts: 18m\n  backups: 6m\nsources:\n  - path: {}\n", top.join("new.csv").display());
        fs::write(base.join("attent.yaml"), settings).expect("the settings are written");
        for args in [
            &["import", "../first.csv"][..],
            &["backup", "--now", "2026-02-01T12:00:00Z"],
            &["backup", "--now", "2026-11-01T12:00:00Z"],
            &["log", "customer 01", "called about the roses", "--new"],
            &["nudge"],
            &["score"],
        ] {
            ok(&base, &[args, if args.contains(&"--now") { &[] } else { &["--now", NOW] }].concat());
        }
        let private = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is for its owner only");
        [base.join("attent.yaml"), base.join("journeys/customer.yaml")].iter().for_each(|path| private(path, 0o600));
        [base.join("journeys"), base.clone()].iter().for_each(|path| private(path, 0o700));
    }

    /// Lays the workspace into a folder, as the share that is about to be lost, and beside it what is imported.
    fn lay(&self, top: &Path) {
        copy(&self.top.path().join("base"), &top.join("share"));
        fs::copy(self.top.path().join("second.csv"), top.join("second.csv")).expect("the contacts are copied");
    }
}

/// Copies a folder with what is in it, and nothing else.
fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).expect("a folder is made");
    fs::set_permissions(to, fs::metadata(from).expect("it is there").permissions()).expect("and for its owner only");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let target = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() { copy(&entry, &target) } else { fs::copy(&entry, &target).map(drop).expect("a file is copied") }
    }
}

/// What a workspace holds, apart from what SQLite lays beside its files.
#[derive(Debug, PartialEq, Eq)]
struct Held {
    log: String,
    files: BTreeMap<String, Vec<u8>>,
    backups: Vec<String>,
}

fn held(share: &Path, passed_over: &[&str]) -> Held {
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
        // What a command that was stopped leaves is nothing anybody sees, and goes after a day.
        names.retain(|name| !name.starts_with(".attent-draft-"));
        names.sort();
        names
    };
    let log = state(&share.join("attent.db"), passed_over);
    let backups = names(&share.join("backups"));
    for backup in &backups {
        assert!(backup.ends_with(".db") && state(&share.join("backups").join(backup), &[]).len() > 1_000, "{backup} is whole");
    }
    let files = ["attent.yaml", "journeys/customer.yaml"].map(|name| (name.to_owned(), fs::read(share.join(name)).expect("a file")));
    Held { log, files: files.into(), backups }
}

/// A command in a workspace beside it, with the library that counts and loses; without more it only counts.
fn command(given: &Given, top: &Path, args: &[&str], lang: &str) -> Command {
    let mut command = attent(top, args);
    command.args(["-w", "share", "--now", NOW, "--no-input"]).env("LANG", lang);
    command.env("LD_PRELOAD", given.library()).env("LOST_SHARE", top.join("share")).env("LOST_TELL", top.join("told"));
    command
}

/// A command and what its workspace is before it and after.
struct Victim<'g> {
    given: &'g Given,
    args: &'static [&'static str],
    passed_over: &'static [&'static str],
    before: Held,
    /// What it is after, and what was answered, in English and in Dutch.
    after: [(Held, Vec<u8>); 2],
    calls: usize,
}

impl<'g> Victim<'g> {
    fn new(given: &'g Given, args: &'static [&'static str]) -> Self {
        let (_folder, top) = somewhere();
        // A backup gives the log a name of its own, which is drawn at random; and bytes that are still to be erased have a mark.
        let passed_over: &[&str] = if matches!(args[0], "backup" | "restore" | "tidy") { &["settings"] } else { &[] };
        given.lay(&top);
        let before = held(&top.join("share"), passed_over);
        let untroubled = |lang| {
            given.lay(&top);
            let output = command(given, &top, args, lang).output().expect("the program starts");
            assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
            (held(&top.join("share"), passed_over), output.stdout)
        };
        let after = [untroubled("en_GB.UTF-8"), untroubled("nl_NL.UTF-8")];
        let told = fs::read_to_string(top.join("told")).expect("the number of calls");
        let calls = told.split(' ').next().and_then(|calls| calls.parse().ok()).expect("a number");
        assert!(calls > 30, "the calls of the program are seen: {told}");
        Self { given, args, passed_over, before, after, calls }
    }

    /// Loses the share at one moment, and looks at what was said and at what is left. Gives what the command said, when it
    /// did not say that all is well, and whether its work is there.
    fn lose(&self, top: &Path, loss: Loss, call: usize, dutch: bool) -> (Option<Became>, bool) {
        self.given.lay(top);
        let mut command = command(self.given, top, self.args, if dutch { "nl_NL.UTF-8" } else { "en_GB.UTF-8" });
        let begin = Instant::now();
        let output = command.env("LOST_AFTER", call.to_string()).envs(loss.1.iter().copied()).output().expect("the program starts");
        let took = begin.elapsed();
        let told = fs::read_to_string(top.join("told")).unwrap_or_default();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let case = format!("{:?} loses {} at call {call} of {}: {told}{said}", self.args, loss.0, self.calls);
        assert!(took < PATIENCE, "it is not waited for, as it was for {took:?}; {case}");
        let left = held(&top.join("share"), self.passed_over);
        let (after, answer) = &self.after[usize::from(dutch)];
        let was_killed = output.status.signal() == Some(SIGBUS) && loss.1.contains(&("LOST_MAPPED", "1"));
        let said = if was_killed { Some(Became::Unknown) } else { judge(&output, dutch, &case) };
        match said {
            None => {
                assert!(left == *after, "it said that all is well; {case}");
                // A contact that is recorded is told without the remarks that cannot be made any more.
                assert!(output.stdout == *answer || self.args[0] == "log", "the answer is another; {case}");
            }
            // The log that was there is kept before another one is put back.
            Some(Became::Nothing) if self.args[0] == "restore" => assert!(left.log == self.before.log, "it was changed; {case}"),
            Some(Became::Nothing) => assert!(left == self.before, "something was changed; {case}"),
            Some(Became::Recorded) => assert!(left.log == after.log, "it was not recorded; {case}"),
            Some(Became::Unknown) => assert!([&self.before.log, &after.log].contains(&&left.log), "it was done by half; {case}"),
        }
        // What is left to erase is done by whatever command comes next.
        if self.args[0] == "tidy" {
            ok(top, &["score", "-w", "share", "--now", NOW]);
        }
        let doctor = attent(top, &["doctor", "-w", "share", "--now", NOW]).output().expect("the program starts");
        assert!(doctor.status.success(), "{}\n{case}", String::from_utf8_lossy(&doctor.stdout));
        (said, left.log == after.log)
    }
}

/// What a command says that became of what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Became {
    Nothing,
    Recorded,
    Unknown,
}

/// That a command either did its work or said in three voices that its share was lost, in the language of the reader.
#[track_caller]
fn judge(output: &Output, dutch: bool, case: &str) -> Option<Became> {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{case}");
    if output.status.success() {
        return None;
    }
    assert_eq!(output.status.code(), Some(1), "{case}");
    let lines: Vec<&str> = said.lines().filter(|line| !line.starts_with("note: ") && !line.starts_with("let op: ")).collect();
    let &[what, why, todo] = lines.as_slice() else { panic!("what happened, why, and what to do; {case}") };
    let [why_said, todo_said, became] = match dutch {
        false => [
            "the disk or network share it lies on no longer answers",
            "connect it again",
            "nothing was changed|what you asked for was recorded before that|it may have been recorded|not counted twice",
        ],
        true => [
            "de schijf of netwerkmap waar dit op staat antwoordt niet meer",
            "verbind die weer",
            "er is niets veranderd|wat je vroeg, is daarvoor al vastgelegd|misschien is het al vastgelegd|telt niet dubbel",
        ],
    };
    assert!(what.starts_with(if dutch { "fout: " } else { "error: " }), "{case}");
    assert!(["share", "attent.db", "attent.yaml"].iter().any(|file| what.contains(file)), "which file or folder; {case}");
    assert_eq!(why.trim(), why_said, "{case}");
    assert!(todo.trim().starts_with(todo_said), "{case}");
    let all = [Became::Nothing, Became::Recorded, Became::Unknown, Became::Unknown];
    let told = became.split('|').zip(all).find(|(words, _)| todo.contains(words));
    Some(told.unwrap_or_else(|| panic!("what became of it; {case}")).1)
}

const COMMANDS: &[&[&str]] = &[
    &["score"],
    &["log", "customer 02", "called about the new terrace"],
    &["import", "second.csv"],
    &["done", "1", "we had a long talk", "--checked"],
    &["customers", "add", "Mirjam Vos"],
    &["backup"],
    &["restore", "attent-2026-02-01-120000.db", "--yes"],
    &["export"],
    &["doctor"],
    &["sync"],
    &["tidy", "--yes"],
];

/// A folder for one thread, by its real path.
fn somewhere() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder is made");
    let top = folder.path().canonicalize().expect("a folder");
    (folder, top)
}

/// Where the shares are lost: at the first call of each command, and at others spread over all of them.
fn moments<'v, 'g>(victims: &'v [Victim<'g>]) -> Vec<(&'v Victim<'g>, Loss, usize)> {
    let (mut dice, most) = (Dice(7), losses());
    let mut all = Vec::new();
    // Where locks cannot be had SQLite takes its ten seconds: those begin first, and others go on meanwhile.
    for loss in LOSSES {
        for victim in victims {
            all.push((victim, loss, 0));
            all.extend((0..most).map(|nth| (victim, loss, ((nth as f64 + dice.roll()) / most as f64 * victim.calls as f64) as usize)));
        }
    }
    all
}

#[test]
fn a_share_that_is_lost_at_any_moment_is_said_and_nothing_is_half_done() {
    let given = Given::new();
    let victims: Vec<Victim<'_>> = COMMANDS.iter().map(|args| Victim::new(&given, args)).collect();
    let moments = moments(&victims);
    let (next, failed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let (_folder, top) = somewhere();
        loop {
            let mine = next.fetch_add(1, Ordering::Relaxed);
            let Some(&(victim, loss, call)) = moments.get(mine) else { break };
            let stopped = victim.lose(&top, loss, call, mine % 2 == 1).0.is_some();
            assert!(stopped || call > 0, "{:?} can do nothing without its workspace", victim.args);
            failed.fetch_add(usize::from(stopped), Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
        let wrong = threads.into_iter().filter_map(|thread| thread.join().err()).count();
        assert_eq!(wrong, 0, "commands did not bear it; which, and how, is said above");
    });
    let (failed, all) = (failed.into_inner(), moments.len());
    assert!(failed > all * 2 / 3 && failed < all, "{failed} of {all} were stopped");
}

/// What was given to the disk before it was asked to keep it, a write-ahead file brings back: so a command whose commit
/// failed there must not say that nothing was changed.
#[test]
fn what_may_have_been_taken_in_before_the_loss_is_not_denied() {
    let given = Given::new();
    let victim = Victim::new(&given, &["log", "customer 02", "called about the new terrace"]);
    let (_folder, top) = somewhere();
    let calls = victim.calls * 7 / 10..victim.calls * 9 / 10;
    let ends: Vec<_> = calls.map(|call| victim.lose(&top, STICK, call, false)).collect();
    assert!(ends.contains(&(Some(Became::Nothing), false)) && ends.contains(&(None, true)), "before it and after it");
    assert!(ends.contains(&(Some(Became::Unknown), true)), "it was there, though it could not be committed: {ends:?}");
}

/// Memory that a system cannot give back ends the program at once, as a kill does; and as after one all is whole.
#[test]
fn a_share_that_takes_mapped_memory_with_it_leaves_the_log_whole() {
    let given = Given::new();
    let loss = Loss("a stick and what was mapped from it", &[("LOST_ERRNO", "5"), ("LOST_LOCKS", "0"), ("LOST_MAPPED", "1")]);
    let victim = Victim::new(&given, &["log", "customer 02", "called about the new terrace"]);
    let (_folder, top) = somewhere();
    for nth in 0..24 {
        victim.lose(&top, loss, victim.calls * nth / 24, false);
    }
}

/// A command run in a folder that is lost already, with the library and another workspace among the user's data.
fn lost_at_once(given: &Given, top: &Path, here: &Path, args: &[&str], loss: Loss) -> Output {
    let mut command = attent(here, args);
    command.args(["--now", NOW, "--no-input"]).env("XDG_DATA_HOME", top.join("data")).env("LOST_AFTER", "0");
    command.env("LD_PRELOAD", given.library()).env("LOST_SHARE", top.join("share")).envs(loss.1.iter().copied());
    command.output().expect("the program starts")
}

/// The user's own workspace counts where no other is found: not where one cannot be asked after.
#[test]
fn a_workspace_that_is_lost_is_not_taken_for_none() {
    let given = Given::new();
    let (_folder, top) = somewhere();
    given.lay(&top);
    fs::create_dir(top.join("data")).expect("a folder is made");
    copy(&given.top.path().join("base"), &top.join("data/attent"));
    let own = || state(&top.join("data/attent/attent.db"), &[]);
    let before = own();
    for loss in LOSSES {
        for args in
            [&["log", "customer 02", "called"][..], &["init", "--template", "coach"], &["customers", "list"], &["check"], &["config"]]
        {
            let output = lost_at_once(&given, &top, &top.join("share"), args, loss);
            let case = format!("{args:?} {}: {}", loss.0, String::from_utf8_lossy(&output.stderr));
            assert_eq!(judge(&output, false, &case), Some(Became::Nothing), "{case}");
        }
    }
    assert_eq!(own(), before, "nothing was recorded elsewhere");
}

/// What is read and written beside the workspace may lie on a share as well.
#[test]
fn files_on_a_lost_share_are_told_of_too() {
    let given = Given::new();
    let (_folder, top) = somewhere();
    given.lay(&top);
    let here = top.join("here");
    copy(&given.top.path().join("base"), &here);
    fs::copy(top.join("second.csv"), top.join("share/second.csv")).expect("the contacts are copied");
    // A backup gives the log a name of its own first.
    let before = held(&here, &["settings"]);
    for loss in LOSSES {
        for args in [
            &["import", "../share/second.csv"][..],
            &["export", "-o", "../share/all.jsonl"],
            &["score", "-o", "../share/score.json"],
            &["backup", "../share"],
            &["backup", "../share/backup.db"],
            &["restore", "../share/backups/attent-2026-02-01-120000.db", "--yes"],
        ] {
            let args: Vec<String> = args.iter().map(|arg| arg.replace("..", &top.display().to_string())).collect();
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let output = lost_at_once(&given, &top, &here, &args, loss);
            let case = format!("{args:?} {}: {}", loss.0, String::from_utf8_lossy(&output.stderr));
            assert_eq!(judge(&output, false, &case), Some(Became::Nothing), "{case}");
            assert!(held(&here, &["settings"]) == before, "{case}");
        }
    }
}

/// A refused lock is all that SQLite sees of some shares that were lost, and it waits for locks: here at the first that a
/// command asks for, and here behind another command that has one.
#[test]
fn a_lost_share_is_not_taken_for_somebody_at_work() {
    let given = Given::new();
    let (_folder, top) = somewhere();
    let lose = |args: &[&str], loss: Loss, call: usize| {
        let mut command = command(&given, &top, args, "en_GB.UTF-8");
        let begin = Instant::now();
        let output = command.env("LOST_AFTER", call.to_string()).envs(loss.1.iter().copied()).output().expect("the program starts");
        let told = fs::read_to_string(top.join("told")).unwrap_or_default();
        let case = format!("{args:?} loses {} at call {call}: {told}{}", loss.0, String::from_utf8_lossy(&output.stderr));
        judge(&output, false, &case).unwrap_or_else(|| panic!("{case}"));
        assert!(begin.elapsed() < PATIENCE, "{:?}; {case}", begin.elapsed());
        told
    };
    given.lay(&top);
    let is_lock = |call| lose(&["score"], LOCKLESS, call).contains(" fcntl ");
    assert!((0..100).any(is_lock), "a lock is asked for");
    for args in [&["log", "customer 02", "called"][..], &["customers", "add", "Mirjam Vos"], &["sync"]] {
        given.lay(&top);
        let other = rusqlite::Connection::open(top.join("share/attent.db")).expect("the log opens");
        other.execute_batch("BEGIN IMMEDIATE").expect("and is locked");
        lose(args, LOCKLESS, 400);
    }
}
