//! Whether a table is read as the person means it; what a column means is changed until it is.

use anyhow::Result;

use super::map::{ask, mapped, show, stopped};
use super::sampled::{Seen, has_somebody};
use crate::domain::text::Text;
use crate::intake::near::shorten;
use crate::intake::tables::{Profile, Proposal, Target, remap};
use crate::subcommands::context::Context;
use crate::subcommands::output;
use crate::subcommands::prompts::Asker;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// Shows how the table will be read, and changes that until it is right.
///
/// # Errors
/// When the person stops, or the terminal or the file cannot be read.
pub fn confirm(context: &Context, asker: &Asker<'_>, workspace: &Workspace, seen: &Seen, proposal: &mut Proposal) -> Result<()> {
    let choices = [text!("yes", "ja"), text!("no, a column is something else", "nee, een kolom is iets anders"), text!("stop", "stoppen")];
    loop {
        show(context, workspace, &mapped(context, seen, &proposal.profile)?)?;
        match asker.choose(&text!("Is this right?", "Klopt dit?"), &choices, 0)? {
            Some(0) => return Ok(()),
            Some(1) => change(context, asker, seen, proposal)?,
            _ => return Err(stopped().into()),
        }
    }
}

/// Asks which column, and what it is. What cannot be is told, and changes nothing.
fn change(context: &Context, asker: &Asker<'_>, seen: &Seen, proposal: &mut Proposal) -> Result<()> {
    let columns: Vec<usize> = (0..seen.head.header.len()).filter(|place| !seen.head.header[*place].trim().is_empty()).collect();
    let named: Vec<Text> = columns.iter().map(|place| column(seen, &proposal.profile, *place)).collect();
    let Some(chosen) = asker.choose(&text!("Which column?", "Welke kolom?"), &named, 0)? else { return Ok(()) };
    let place = columns[chosen];
    let nothing = text!("nothing attent needs", "niets wat attent nodig heeft");
    let meanings: Vec<Text> = std::iter::once(nothing).chain(Target::ALL.into_iter().map(Target::label)).collect();
    let name = shorten(&seen.head.header[place]);
    let usual = Target::ALL.into_iter().position(|target| is(&proposal.profile, target, &seen.head.header[place])).map_or(0, |at| at + 1);
    let question = text!("What does `{name}` say?", "Wat staat er in `{name}`?");
    let Some(chosen) = asker.choose(&question, &meanings, usual)? else { return Ok(()) };
    let meaning = chosen.checked_sub(1).map(|at| Target::ALL[at]);
    let mut changed = remap(&seen.head, &proposal.profile, place, meaning);
    if has_somebody(seen, &changed.profile).is_err() {
        output::note(context, &text!("then no column says who the customer is", "dan zegt geen kolom wie de klant is"));
        return Ok(());
    }
    ask(asker, &mut changed)?;
    *proposal = changed;
    Ok(())
}

/// A column by its name, what it is now, and a value.
fn column(seen: &Seen, profile: &Profile, place: usize) -> Text {
    let name = shorten(&seen.head.header[place]);
    let meaning = Target::ALL.into_iter().find(|target| is(profile, *target, &seen.head.header[place]));
    let value = seen.head.rows.iter().filter_map(|row| row.get(place)).find(|value| !value.is_empty()).map(|value| shorten(value));
    let said = match meaning {
        Some(target) => {
            let Text { en, nl } = target.label();
            Text::new(format!("{name}: {en}"), format!("{name}: {nl}"))
        }
        None => Text::same(name),
    };
    match value {
        Some(value) => Text::new(format!("{}, such as {value}", said.en), format!("{}, zoals {value}", said.nl)),
        None => said,
    }
}

fn is(profile: &Profile, target: Target, name: &str) -> bool {
    profile.source(target).is_some_and(|source| source.columns().any(|column| column == name))
}
