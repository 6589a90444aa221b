//! Writing answers and telling problems.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use anyhow::{Context as _, Result};

use super::context::Context;
use crate::domain::problem::Problem;
use crate::domain::text::{Lang, Text};
use crate::render::format::{Answer, Format, write};
use crate::render::sanitize::visible;
use crate::text;

/// Writes an answer where and how the reader asked for it.
///
/// # Errors
/// When it cannot be written; a closed pipe is told apart by [`is_broken_pipe`].
pub fn answer(context: &Context, currency: &str, answer: &Answer) -> Result<()> {
    let look = context.look(currency);
    let asked = context.globals.format;
    match &context.globals.output {
        None => {
            let mut out = io::BufWriter::new(io::stdout().lock());
            write(answer, asked.unwrap_or_default(), &look, &mut out)?;
            Ok(out.flush()?)
        }
        Some(path) => {
            let format = asked.or_else(|| Format::from_extension(path)).unwrap_or_default();
            let mut bytes = Vec::new();
            write(answer, format, &look, &mut bytes)?;
            replace_file(path, &bytes)
        }
    }
}

/// Writes a file whole or not at all, readable by its owner only.
///
/// # Errors
/// When the folder cannot be written.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let named = || format!("cannot write {}", path.display());
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(named)?;
    file.write_all(bytes).with_context(named)?;
    file.persist(path).with_context(named)?;
    Ok(())
}

/// A line on standard error that is no part of the answer.
pub fn note(context: &Context, said: &Text) {
    let _ = writeln!(io::stderr(), "{}", visible(said.get(context.lang())));
}

/// Whether the reader of the answer has gone, as with `attent | head`.
pub fn is_broken_pipe(err: &anyhow::Error) -> bool {
    err.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe))
}

/// Tells what went wrong, in three voices, and gives the exit code.
pub fn tell(err: &anyhow::Error, lang: Lang, color: bool) -> ExitCode {
    let problem = err.chain().find_map(|cause| cause.downcast_ref::<Problem>()).cloned().unwrap_or_else(|| unforeseen(err));
    let mut lines = problem.lines(lang).into_iter();
    let (style, quiet) = if color { (AnsiColor::Red.on_default().bold(), Style::new().dimmed()) } else { (Style::new(), Style::new()) };
    let mut out = io::stderr().lock();
    let what = lines.next().unwrap_or_default();
    let label = lang.pick("error", "fout");
    let _ = writeln!(out, "{style}{label}:{style:#} {}", shown(what));
    for line in lines {
        let _ = writeln!(out, "  {quiet}{}{quiet:#}", shown(line));
    }
    ExitCode::from(problem.exit.code())
}

/// Lists keep their lines; everything else a line could smuggle in becomes visible.
fn shown(said: &str) -> String {
    said.split('\n').map(visible).collect::<Vec<_>>().join("\n  ")
}

fn unforeseen(err: &anyhow::Error) -> Problem {
    let mut causes = err.chain().map(ToString::to_string);
    let what = causes.next().unwrap_or_default();
    Problem::failure(Text::same(what)).why(Text::same(causes.collect::<Vec<_>>().join(": ")))
}

/// A file of the user's that cannot be read.
pub fn unreadable(path: &Path, err: &io::Error) -> Problem {
    let shown = path.display();
    let what = text!("cannot read {shown}", "kan {shown} niet lezen");
    let (why, todo) = match err.kind() {
        io::ErrorKind::NotFound => (
            text!("there is no such file", "dat bestand bestaat niet"),
            text!("check its name, and the folder you are in", "kijk of de naam klopt en of je in de goede map staat"),
        ),
        io::ErrorKind::PermissionDenied => {
            (text!("you may not read it", "je mag het niet lezen"), text!("check its permissions", "kijk naar de rechten"))
        }
        io::ErrorKind::IsADirectory => (text!("it is a folder", "het is een map"), text!("name a file in it", "noem een bestand daarin")),
        _ => (Text::same(err.to_string()), Text::default()),
    };
    Problem::input(what).why(why).todo(todo)
}
