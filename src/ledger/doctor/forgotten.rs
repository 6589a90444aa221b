//! Whether what was erased is gone: the bytes of it, and who was forgotten.

use anyhow::Result;
use rusqlite::Connection;

use super::super::forget::{back_again, is_marked};
use crate::domain::checkup::Check;
use crate::domain::numbers::counted;
use crate::domain::text::Text;
use crate::text;

/// The check before anything was found.
pub fn named() -> Check {
    Check::fine("erased", text!("what was erased", "wat gewist is"), text!("gone for good", "voorgoed weg"))
}

/// Looks whether an erasure was stopped half-way, and whether somebody is back.
pub fn check(db: &Connection) -> Result<Check> {
    if is_marked(db)? {
        return Ok(named().wrong_but_mendable(text!(
            "bytes of what was erased are still in the file",
            "er staan nog bytes in het bestand van wat gewist is"
        )));
    }
    let back = back_again(db)?.len() as u64;
    if back == 0 {
        return Ok(named());
    }
    let whom = counted(back, ["customer was", "customers were"], ["klant is", "klanten zijn"]);
    Ok(named().note(
        Text::new(format!("{} forgotten, and came back with a copy", whom.en), format!("{} vergeten, en terug door een kopie", whom.nl)),
        text!("`attent forget --again` erases them again", "`attent forget --again` wist ze opnieuw"),
    ))
}
