//! `attent log -`, or `log` without words behind a pipe: a sentence a line, each an entry of its own.

use std::io::{self, BufRead, IsTerminal as _, Read as _};
use std::process::ExitCode;

use anyhow::Result;

use super::sentence::listen;
use super::{LogArgs, entry, line, record, remarks, settle, touchpoint};
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::TouchpointId;
use crate::ledger::Ledger;
use crate::render::pages::logged::{Assumed, Remarks, logged};
use crate::subcommands::context::Context;
use crate::subcommands::lines::as_table;
use crate::subcommands::output;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// More than this is no list of sentences somebody typed; there is `import` for that.
const MOST_BYTES: u64 = 1 << 20;

/// A sentence with the number of its line, from 1.
type Numbered = (usize, String);

/// The sentences on standard input, when that is where they come from.
///
/// # Errors
/// When it cannot be read, is no text, or is too long (exit 3).
pub fn sentences(args: &LogArgs) -> Result<Option<Vec<Numbered>>> {
    let asked = args.words == ["-"];
    if !asked && (!args.words.is_empty() || io::stdin().is_terminal()) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(refused(text!(
            "it is longer than 1 MB; `attent import` reads files",
            "het is langer dan 1 MB; `attent import` leest bestanden"
        )));
    }
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let read = text.lines().enumerate().map(|(n, line)| line.map(|line| (n + 1, line.trim().to_owned())));
    let read = read.collect::<io::Result<Vec<_>>>().map_err(|_| refused(text!("it is not text in UTF-8", "het is geen tekst in UTF-8")))?;
    let said: Vec<_> = read.into_iter().filter(|(_, line)| !line.is_empty()).collect();
    // Nothing piped is nothing said, which is refused as such; after `-` it is an empty list.
    Ok(Some(said).filter(|said| asked || !said.is_empty()))
}

/// Logs every sentence, or none when one of them cannot be understood.
///
/// # Errors
/// When somebody is unknown (exit 1) or unclear (exit 2) in one of them, or the log cannot be written.
pub fn run(context: &Context, args: &LogArgs, sentences: &[Numbered]) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    for (number, sentence) in sentences {
        understand(context, &workspace, &mut ledger, args, sentence, false).map_err(|err| at_line(*number, sentences.len(), err))?;
    }
    let mut ids = Vec::new();
    let mut remarks: Vec<Remarks> = Vec::new();
    for (_, sentence) in sentences {
        let (stored, said) = understand(context, &workspace, &mut ledger, args, sentence, true)?;
        ids.extend(stored);
        remarks.push(said);
    }
    let remarks = together(remarks);
    let lines = ids.into_iter().filter_map(|id| line(context, &ledger, id).transpose()).collect::<Result<Vec<_>>>()?;
    let answer = logged(&lines, &remarks, as_table(context));
    output::answer(context, &workspace.settings.currency, &answer)?;
    Ok(ExitCode::SUCCESS)
}

/// What there is to say of several sentences: of one everything, of more whom they made customers.
fn together(mut all: Vec<Remarks>) -> Remarks {
    if all.len() == 1 {
        return all.remove(0);
    }
    let newcomers = all.iter().flat_map(|remarks| remarks.newcomers.iter().cloned()).collect();
    let ahead = all.into_iter().find_map(|remarks| remarks.ahead);
    Remarks { assumed: Assumed::Nothing, ahead, last_year: None, newcomers, felt: None, nudges: Vec::new() }
}

/// What came of a sentence: the contacts stored, and what there is to say of it.
type Understood = (Vec<TouchpointId>, Remarks);

/// Reads one sentence, and stores it when that is wanted.
fn understand(
    context: &Context,
    workspace: &Workspace,
    ledger: &mut Ledger,
    args: &LogArgs,
    sentence: &str,
    store: bool,
) -> Result<Understood> {
    let (guests, mut heard) = listen(context, ledger, &workspace.settings.imports.words, sentence, args.new)?;
    settle(context, args, &mut heard)?;
    let (touchpoint, assumed) = touchpoint(args, &heard)?;
    let entries = guests.into_iter().map(|guest| entry(ledger, guest, args, &touchpoint)).collect::<Result<Vec<_>>>()?;
    let remarks = remarks(context, args, &entries, assumed, heard);
    let ids = if store { ledger.batch(context.now(), "log", |batch| record(batch, &entries))? } else { Vec::new() };
    Ok((ids, remarks))
}

/// Says in which line it is, when there are several.
fn at_line(number: usize, all: usize, err: anyhow::Error) -> anyhow::Error {
    match err.downcast::<Problem>() {
        Ok(problem) if all > 1 => {
            let Text { en, nl } = &problem.what;
            let what = text!("line {number}: {en}", "regel {number}: {nl}");
            let todo = join(
                &problem.todo,
                &text!("nothing was stored, of the other lines either", "er is niets opgeslagen, ook niet van de andere regels"),
            );
            Problem { what, todo, ..problem }.into()
        }
        Ok(problem) => problem.into(),
        Err(other) => other,
    }
}

fn join(todo: &Text, more: &Text) -> Text {
    if todo.is_empty() {
        return more.clone();
    }
    Text::new(format!("{}; {}", todo.en, more.en), format!("{}; {}", todo.nl, more.nl))
}

fn refused(why: Text) -> anyhow::Error {
    Problem::input(text!("standard input cannot be read as sentences", "standaardinvoer is niet te lezen als zinnen")).why(why).into()
}
