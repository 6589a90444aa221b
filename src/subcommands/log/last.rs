//! `attent log --last`: what was logged last, with the numbers that `edit` takes.

use std::collections::HashMap;
use std::process::ExitCode;

use anyhow::Result;

use crate::render::pages::logged::last;
use crate::subcommands::context::Context;
use crate::subcommands::lines::{as_table, touchpoint_line};
use crate::subcommands::output;
use crate::subcommands::workspace::Workspace;

/// Shows the contacts of so many entries, the latest first.
///
/// # Errors
/// When the log cannot be read.
pub fn run(context: &Context, count: u32) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let mut customers = HashMap::new();
    let mut lines = Vec::new();
    for logged in ledger.logged_last(count)? {
        let customer = match customers.entry(logged.customer) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => new.insert(ledger.customer(logged.customer)?),
        };
        let Some(customer) = customer else { continue };
        let course = &ledger.courses()[ledger.course_of(customer.journey.as_deref())];
        lines.push(touchpoint_line(context, course, &customer.name, logged));
    }
    output::answer(context, &workspace.settings.currency, &last(&lines, as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}
