//! Who may be the same customer.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::Result;

use super::list::stands;
use crate::domain::customer::Customer;
use crate::domain::directory::Directory;
use crate::domain::names::slug;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::render::pages::merge::{Double, doubles};
use crate::subcommands::context::Context;
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;

/// Lists the customers who may be one, or those who may be the one named; of each pair the one with
/// the most contacts first.
///
/// # Errors
/// When the customer is not found, or the log cannot be read.
pub fn list(context: &Context, workspace: &Workspace, only: Option<&str>) -> Result<ExitCode> {
    let ledger = workspace.reader(context)?;
    let only = only.map(|typed| who::customer(context, &ledger, typed)).transpose()?;
    let customers: BTreeMap<CustomerId, Customer> = ledger.people()?.into_iter().map(|customer| (customer.id, customer)).collect();
    let mut directory = Directory::new(context.country());
    for customer in customers.values() {
        directory.add(customer.id, &customer.name, customer.keys.iter().map(String::as_str));
    }
    let stands = stands(context, &ledger)?;
    let contacts = |id: CustomerId| stands.get(&id).map_or(0, |stand| stand.count);
    let mut lines = Vec::new();
    for (one, other, why) in directory.doubles() {
        if only.is_some_and(|only| only != one && only != other) {
            continue;
        }
        let (stays, part) = if contacts(other) > contacts(one) { (other, one) } else { (one, other) };
        let (Some(stays), Some(part)) = (customers.get(&stays), customers.get(&part)) else { continue };
        let command = format!("attent customers merge {} {}", word(&ledger, stays)?, word(&ledger, part)?);
        lines.push(Double { customer: stays.name.clone(), other: part.name.clone(), why, command });
    }
    let only = only.and_then(|id| customers.get(&id)).map(|customer| customer.name.as_str());
    output::answer(context, &workspace.settings.currency, &doubles(&lines, only))?;
    Ok(ExitCode::SUCCESS)
}

/// A word that finds exactly this customer and needs no quotes in a shell; else the name in quotes.
fn word(ledger: &Ledger, customer: &Customer) -> Result<String> {
    let slug = slug(&customer.name);
    if !slug.is_empty() && ledger.exactly(&slug)? == Some(customer.id) {
        return Ok(slug);
    }
    Ok(format!("'{}'", customer.name.replace('\'', "'\\''")))
}
