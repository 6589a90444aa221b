//! Writing answers and telling problems.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::config::format_of;
use super::context::Context;
use super::files;
use crate::domain::disk;
use crate::domain::problem::Problem;
use crate::domain::text::{Lang, Text};
use crate::ledger;
use crate::render::format::{Answer, Format, write};
use crate::render::locale::Look;
use crate::render::sanitize::visible;
use crate::render::wrap::{clip, fold};
use crate::text;

/// Writes an answer where and how the reader asked for it.
///
/// # Errors
/// When it cannot be written; a closed pipe is told apart by [`is_broken_pipe`].
pub fn answer(context: &Context, currency: &str, answer: &Answer) -> Result<()> {
    let look = context.look(currency);
    let asked = context.globals.format;
    if !is_anything(context, answer)? {
        return Ok(());
    }
    match &context.globals.output {
        None => {
            let mut out = io::BufWriter::new(io::stdout().lock());
            write(answer, asked.unwrap_or_default(), &look, &mut out).and_then(|()| out.flush()).map_err(unwritten)
        }
        Some(path) => {
            let format = asked.or_else(|| Format::from_extension(path)).unwrap_or_default();
            put(path, is_packed(path), |out| Ok(write(answer, format, &look, out)?))
        }
    }
}

/// Whether there is anything to write; when there is nothing for a calendar, that is said.
fn is_anything(context: &Context, answer: &Answer) -> Result<bool, Problem> {
    if format_of(context) != Format::Ics {
        return Ok(true);
    }
    match &answer.calendar {
        None => Err(no_calendar()),
        // A calendar of nothing is no calendar (RFC 5545 §3.6): a file that is there stays as it is.
        Some(calendar) if calendar.items.is_empty() => {
            note(context, &text!("Nothing for a calendar: nothing was written.", "Niets voor een agenda: er is niets geschreven."));
            Ok(false)
        }
        Some(_) => Ok(true),
    }
}

/// An answer on its way to who reads it, who may take their time.
pub struct Writing(mpsc::Receiver<Result<()>>);

/// Begins to write an answer, as [`answer`] does it. What goes to a plain file is written when this returns; what goes to
/// standard output or into a pipe is written meanwhile, for even to open a pipe is to wait for who reads it.
///
/// # Errors
/// As [`answer`].
pub fn begin(context: &Context, currency: &str, said: &Answer) -> Result<Writing> {
    if !is_anything(context, said)? {
        return Ok(Writing::done());
    }
    let mut bytes = Vec::new();
    write(said, format_of(context), &context.look(currency), &mut bytes)?;
    begin_bytes(context, bytes)
}

/// Likewise, for an answer that is there already.
///
/// # Errors
/// As [`answer`].
pub fn begin_bytes(context: &Context, bytes: Vec<u8>) -> Result<Writing> {
    let Some(path) = context.globals.output.clone() else {
        return Ok(Writing::meanwhile(move || {
            let mut out = io::stdout().lock();
            out.write_all(&bytes).and_then(|()| out.flush()).map_err(unwritten)
        }));
    };
    let waits = files::waits_for_a_reader(&path);
    let put = move || put(&path, is_packed(&path), |out| Ok(out.write_all(&bytes)?));
    if waits { Ok(Writing::meanwhile(put)) } else { put().map(|()| Writing::done()) }
}

impl Writing {
    fn done() -> Self {
        let (tell, told) = mpsc::channel();
        let _ = tell.send(Ok(()));
        Self(told)
    }

    fn meanwhile(write: impl FnOnce() -> Result<()> + Send + 'static) -> Self {
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || drop(tell.send(write())));
        Self(told)
    }

    /// Whether all of it was taken within a time.
    ///
    /// # Errors
    /// As [`answer`].
    pub fn is_done_within(&self, patience: Duration) -> Result<bool> {
        self.0.recv_timeout(patience).map_or(Ok(false), |written| written.map(|()| true))
    }

    /// Waits until all of it was taken.
    ///
    /// # Errors
    /// As [`answer`].
    pub fn finish(self) -> Result<()> {
        self.0.recv()?
    }
}

/// A calendar was asked of an answer in which nothing has a day.
pub fn no_calendar() -> Problem {
    Problem::usage(text!("this answer cannot be a calendar", "dit antwoord kan geen agenda zijn"))
        .why(text!("nothing in it has a day on which it is to be done", "er staat niets in dat op een dag moet gebeuren"))
        .todo(text!(
            "`ics` is a format of nudge, nudges, plan and gifts; choose another with -O",
            "`ics` is een formaat van nudge, nudges, plan en gifts; kies een ander met -O"
        ))
}

/// Shows an answer on standard error, before a question about it.
///
/// # Errors
/// When it cannot be made.
pub fn show(context: &Context, currency: &str, answer: &Answer) -> Result<()> {
    let width = terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| width.0);
    let look = Look { width: context.globals.width.or(width).or(Some(80)), color: context.error_color(), ..context.look(currency) };
    let mut lines = Vec::new();
    write(answer, Format::Table, &look, &mut lines)?;
    aside(&String::from_utf8_lossy(&lines));
    Ok(())
}

/// Writes an answer that is there already, where the reader asked for it.
///
/// # Errors
/// As [`answer`].
pub fn bytes(context: &Context, bytes: &[u8]) -> Result<()> {
    match &context.globals.output {
        Some(path) => put(path, is_packed(path), |out| Ok(out.write_all(bytes)?)),
        None => {
            let mut out = io::stdout().lock();
            out.write_all(bytes).and_then(|()| out.flush()).map_err(unwritten)
        }
    }
}

/// Writes a file whole or not at all, readable by its owner only, as [`files::replace`] does.
///
/// # Errors
/// When the folder cannot be written.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<()> {
    put(path, false, |out| Ok(out.write_all(bytes)?))
}

/// A file that cannot be written.
pub fn unwritable(path: &Path, err: &io::Error) -> Problem {
    if disk::is_gone(err) {
        return disk::gone(path.display());
    }
    let (why, todo) = in_words(err, &text!("there is no such folder", "die map bestaat niet"));
    Problem::failure(text!("cannot write {}", "kan {} niet schrijven", path.display())).why(why).todo(todo)
}

/// Writes something long where the reader asked for it, as it comes: a file whole or not at all, packed by
/// gzip when its name ends in `.gz`.
///
/// # Errors
/// When `write` fails, or what it is given cannot be written.
pub fn stream(context: &Context, write: impl FnOnce(&mut dyn io::Write) -> Result<()>) -> Result<()> {
    let Some(path) = &context.globals.output else {
        let mut out = io::BufWriter::with_capacity(BUFFER, io::stdout().lock());
        return write(&mut out).and_then(|()| Ok(out.flush()?)).map_err(|err| of_writing(err, unwritten));
    };
    put(path, is_packed(path), write)
}

/// So much is gathered before it is written.
const BUFFER: usize = 128 * 1024;

/// Whether a file of this name is packed by gzip.
fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"))
}

fn put(path: &Path, packed: bool, write: impl FnOnce(&mut dyn io::Write) -> Result<()>) -> Result<()> {
    let written = files::replace_with(path, |out| {
        if !packed {
            return write(out);
        }
        let mut gzip = GzEncoder::new(out, Compression::default());
        write(&mut gzip)?;
        gzip.finish()?;
        Ok(())
    });
    written.map_err(|err| of_writing(err, |err| unwritable(path, &err).into()))
}

/// An error of the file or pipe itself in words; any other stays what it is.
fn of_writing(err: anyhow::Error, words: impl FnOnce(io::Error) -> anyhow::Error) -> anyhow::Error {
    match err.downcast::<io::Error>() {
        Ok(err) => words(err),
        Err(err) => err,
    }
}

/// Standard output that takes no more; a closed pipe stays what it is, see [`is_broken_pipe`].
fn unwritten(err: io::Error) -> anyhow::Error {
    if err.kind() == io::ErrorKind::BrokenPipe {
        return err.into();
    }
    let (why, todo) = in_words(&err, &Text::default());
    Problem::failure(text!("the answer could not be written", "het antwoord kon niet worden geschreven")).why(why).todo(todo).into()
}

/// A line on standard error that is no part of the answer.
pub fn note(context: &Context, said: &Text) {
    let said = visible(said.get(context.lang()));
    let _ = writeln!(io::stderr(), "{}", folded(&said, "  "));
}

/// A message as it stands on standard error: broken between words on a terminal, one line elsewhere.
fn folded(said: &str, indent: &str) -> String {
    let width = if io::stderr().is_terminal() { terminal_size::terminal_size_of(io::stderr()) } else { None };
    width.map_or_else(|| said.to_owned(), |(width, _)| fold(said, usize::from(width.0), indent))
}

/// A page on standard output that is no answer, such as help.
pub fn page(text: &str) {
    let _ = io::stdout().write_all(text.as_bytes());
}

/// Lines on standard error as they are. Nobody who listens there is no reason to stop.
pub fn aside(lines: &str) {
    let _ = io::stderr().write_all(lines.as_bytes());
}

/// Whether the reader of the answer has gone, as with `attent | head`.
pub fn is_broken_pipe(err: &anyhow::Error) -> bool {
    err.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe))
}

/// What went wrong, in words. Of a disk that was lost it is also said what became of what was asked.
fn in_three_voices(err: &anyhow::Error) -> Problem {
    let told = err.chain().find_map(|cause| cause.downcast_ref::<Problem>()).cloned().or_else(|| ledger::told(err));
    match told.unwrap_or_else(|| unforeseen(err)) {
        lost if lost.todo == disk::todo() => lost.todo(ledger::after_loss()),
        other => other,
    }
}

/// Tells what went wrong, in three voices, and gives the exit code.
pub fn tell(err: &anyhow::Error, lang: Lang, color: bool) -> ExitCode {
    let problem = in_three_voices(err);
    let mut lines = problem.lines(lang).into_iter();
    let (style, quiet) = if color { (AnsiColor::Red.on_default().bold(), Style::new().dimmed()) } else { (Style::new(), Style::new()) };
    let mut out = io::stderr().lock();
    let what = lines.next().unwrap_or_default();
    let label = lang.pick("error", "fout");
    let said = shown(&format!("{label}: {what}"), "  ");
    let _ = writeln!(out, "{style}{label}:{style:#}{}", said.strip_prefix(label).unwrap_or(&said).trim_start_matches(':'));
    for line in lines {
        let _ = writeln!(out, "  {quiet}{}{quiet:#}", shown(&format!("  {line}"), "    ").trim_start());
    }
    ExitCode::from(problem.exit.code())
}

/// More columns than this of one line, such as of an argument that was a whole file, say no more.
const LONGEST_LINE: usize = 1_000;

/// Lists keep their lines; everything else a line could smuggle in becomes visible.
fn shown(said: &str, indent: &str) -> String {
    said.split('\n').map(|line| folded(&clip(&visible(line), LONGEST_LINE, "…"), indent)).collect::<Vec<_>>().join("\n  ")
}

fn unforeseen(err: &anyhow::Error) -> Problem {
    let mut causes = err.chain().map(ToString::to_string);
    let what = causes.next().unwrap_or_default();
    Problem::failure(Text::same(what)).why(Text::same(causes.collect::<Vec<_>>().join(": ")))
}

/// A file of the user's that cannot be read.
pub fn unreadable(path: &Path, err: &io::Error) -> Problem {
    let shown = path.display();
    if disk::is_gone(err) {
        return disk::gone(shown);
    }
    let what = text!("cannot read {shown}", "kan {shown} niet lezen");
    let (why, todo) = in_words(err, &text!("there is no such file", "dat bestand bestaat niet"));
    Problem::input(what).why(why).todo(todo)
}

/// Why the system refused, and what to do; `gone` says what is not there.
fn in_words(err: &io::Error, gone: &Text) -> (Text, Text) {
    match err.kind() {
        io::ErrorKind::NotFound => {
            (gone.clone(), text!("check its name, and the folder you are in", "kijk of de naam klopt en of je in de goede map staat"))
        }
        io::ErrorKind::PermissionDenied => (
            text!("the permissions do not allow it", "de rechten staan het niet toe"),
            text!("check its permissions", "kijk naar de rechten"),
        ),
        io::ErrorKind::IsADirectory => (text!("it is a folder", "het is een map"), text!("name a file in it", "noem een bestand daarin")),
        io::ErrorKind::ResourceBusy => (
            text!("it is in use, as the log is now", "het is in gebruik, zoals nu het logboek"),
            text!("name another file", "noem een ander bestand"),
        ),
        io::ErrorKind::NotADirectory => (text!("a part of the path is a file", "een deel van het pad is een bestand"), Text::default()),
        io::ErrorKind::StorageFull => {
            (text!("the disk is full", "de schijf is vol"), text!("make room and try again", "maak ruimte en probeer het opnieuw"))
        }
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => (
            text!("it is damaged or not complete", "het is beschadigd of niet compleet"),
            text!("fetch or save it again", "haal het opnieuw op of sla het opnieuw op"),
        ),
        io::ErrorKind::ReadOnlyFilesystem => (
            text!("the disk can only be read", "de schijf kan alleen worden gelezen"),
            text!("choose another place", "kies een andere plek"),
        ),
        _ => (Text::same(err.to_string()), Text::default()),
    }
}
