//! Whether every value is such as this program writes: one that was put in with another program may mean nothing to it, and
//! an import refuses it.

use anyhow::Result;
use rusqlite::Connection;

use super::super::export::find_odd;
use crate::domain::checkup::Check;
use crate::text;

/// The check before anything was found.
pub fn named() -> Check {
    Check::fine("values", text!("values", "waarden"), text!("all such as attent writes", "allemaal zoals attent ze schrijft"))
}

/// Looks at every value that an export would hold.
pub fn check(db: &Connection) -> Result<Check> {
    let odd = find_odd(db)?;
    if odd.count == 0 {
        return Ok(named());
    }
    Ok(named().wrong(
        odd.said(),
        text!(
            "put right what was changed with another program, or `attent restore` puts a backup back",
            "zet recht wat met een ander programma is veranderd, of zet met `attent restore` een reservekopie terug"
        ),
    ))
}
