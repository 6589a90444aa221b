//! Running whole processes: how long they take, and the most memory they hold.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What several runs of one command came to.
#[derive(Clone, Copy)]
pub struct Figures {
    /// The median wall time, start to end of the process.
    pub median: Duration,
    /// The fastest run.
    pub fastest: Duration,
    /// The most memory, in MiB; `None` where the system does not tell.
    pub memory: Option<f64>,
}

/// Times a command; `before` prepares every run and is not timed. `None` when the command fails.
pub fn time(runs: usize, mut command: impl FnMut() -> Command, mut before: impl FnMut()) -> Option<Figures> {
    let mut times = Vec::new();
    for _ in 0..runs {
        before();
        let mut ready = command();
        quiet(&mut ready);
        let start = Instant::now();
        let ended = ready.status().ok()?;
        times.push(start.elapsed());
        if !ended.success() {
            eprintln!("{ready:?} ended with {ended}");
            return None;
        }
    }
    times.sort();
    before();
    Some(Figures { median: *times.get(times.len() / 2)?, fastest: *times.first()?, memory: memory(&command()) })
}

/// The answer goes to a file: grep stops at its first find when nobody can read more.
fn quiet(command: &mut Command) {
    let answer = tempfile::tempfile().map_or_else(|_| Stdio::null(), Stdio::from);
    command.stdin(Stdio::null()).stdout(answer).stderr(Stdio::null());
}

/// One more run, for its memory: by GNU time where it is installed, else by asking the system
/// while it runs.
fn memory(command: &Command) -> Option<f64> {
    if Path::new("/usr/bin/time").exists() { by_time(command) } else { by_asking(command) }
}

fn copy_of(command: &Command, program: &str) -> Command {
    let mut copy = Command::new(program);
    if let Some(folder) = command.get_current_dir() {
        copy.current_dir(folder);
    }
    copy.env_clear().envs(command.get_envs().filter_map(|(key, value)| Some((key, value?))));
    copy
}

fn by_time(command: &Command) -> Option<f64> {
    let told = tempfile::NamedTempFile::new().ok()?;
    let mut timed = copy_of(command, "/usr/bin/time");
    timed.args(["-f", "%M", "-o"]).arg(told.path()).arg(command.get_program()).args(command.get_args());
    quiet(&mut timed);
    timed.status().ok().filter(|status| status.success())?;
    let kib: f64 = fs::read_to_string(told.path()).ok()?.trim().parse().ok()?;
    Some(kib / 1024.0)
}

fn by_asking(command: &Command) -> Option<f64> {
    let mut asked = copy_of(command, command.get_program().to_str()?);
    asked.args(command.get_args());
    quiet(&mut asked);
    let mut child = asked.spawn().ok()?;
    let status = format!("/proc/{}/status", child.id());
    let mut most: Option<f64> = None;
    while child.try_wait().ok()?.is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        most = kib.map(|kib| kib / 1024.0).or(most);
        sleep(Duration::from_micros(500));
    }
    most
}
