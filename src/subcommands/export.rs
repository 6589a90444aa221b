//! `attent export`: everything the log knows, as JSON Lines.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::backup::shown;
use super::context::Context;
use super::output;
use super::workspace::{Workspace, progress};
use crate::domain::numbers::counted;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::ledger::{Odd, RowCounts};
use crate::render::format::Format;
use crate::text;

/// The arguments of `export`.
#[derive(Debug, Args)]
#[command(after_help = NEXT)]
pub struct ExportArgs {}

/// How the log gets to another computer.
pub const NEXT: &str = "On another computer: attent init FOLDER --template NAME, then in it attent import FILE.jsonl. An export holds the log; attent.yaml, playbook.yaml and the folder journeys are copied beside it. A backup holds all of these: attent restore FILE -w FOLDER.";

/// Runs the command.
///
/// # Errors
/// When another format is asked for, the log cannot be read, or the file cannot be written.
pub fn run(context: &Context, _: &ExportArgs) -> Result<ExitCode> {
    only_json_lines(context)?;
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let counts = ledger.row_counts()?;
    let bar = progress(context, counts.total(), &text!("exporting", "exporteren"));
    let mut odd = Odd::default();
    output::stream(context, |out| {
        odd = ledger.export(&counts, out, &mut |done| bar.set_position(done))?;
        Ok(())
    })?;
    bar.finish_and_clear();
    // A person sees no answer when it goes to a file; cron wants to hear nothing when all is well.
    if let Some(file) = context.globals.output.as_deref().filter(|_| std::io::stderr().is_terminal()) {
        output::note(context, &exported(&counts, &shown(context, file)));
    }
    if odd.count > 0 {
        output::note(context, &refused(&odd));
    }
    Ok(ExitCode::SUCCESS)
}

/// An export has one form.
fn only_json_lines(context: &Context) -> Result<(), Problem> {
    let by_name = context.globals.output.as_deref().and_then(Format::from_extension);
    match context.globals.format.or(by_name) {
        None | Some(Format::Jsonl) => Ok(()),
        Some(other) => {
            let word = other.word();
            Err(Problem::usage(text!("an export cannot be {word}", "een export kan geen {word} zijn"))
                .why(text!(
                    "everything the log knows does not fit into one table: it is JSON Lines",
                    "alles wat het logboek weet past niet in één tabel: het is JSON Lines"
                ))
                .todo(text!(
                    "`attent export -o FILE.jsonl`, or FILE.jsonl.gz to have it packed",
                    "`attent export -o BESTAND.jsonl`, of BESTAND.jsonl.gz om het in te pakken"
                )))
        }
    }
}

/// That somebody put values into the log with which the file will not come back.
fn refused(odd: &Odd) -> Text {
    let said = odd.said();
    Text::new(
        format!("note: the log holds {}; everything is exported as it is, and `attent import` will refuse the file", said.en),
        format!("let op: het logboek bevat {}; alles is geëxporteerd zoals het is, en `attent import` zal het bestand weigeren", said.nl),
    )
}

fn exported(counts: &RowCounts, file: &str) -> Text {
    let records = counted(counts.total(), ["record", "records"], ["regel", "regels"]);
    let customers = counted(counts.of("customers"), ["customer", "customers"], ["klant", "klanten"]);
    let contacts = counted(counts.of("touchpoints"), ["contact", "contacts"], ["contact", "contacten"]);
    Text::new(
        format!(
            "Exported to {file}: {}, with {} and {}. Everything about all your customers is in it: keep it safe.",
            records.en, customers.en, contacts.en
        ),
        format!(
            "Geëxporteerd naar {file}: {}, met {} en {}. Alles over al je klanten staat erin: bewaar het veilig.",
            records.nl, customers.nl, contacts.nl
        ),
    )
}
