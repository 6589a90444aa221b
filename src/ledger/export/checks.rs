//! What the rows of an export mean together, beyond what the schema itself holds them to. The program
//! counts on it: a circle of referrals, or an entry that takes itself back, would never come to an end.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _};

use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::text;

/// Refuses rows that cannot be together.
///
/// # Errors
/// When they cannot, or the file cannot be read.
pub fn hold(db: &Connection) -> Result<()> {
    let one = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).optional();
    if let Some(id) = one("SELECT id FROM entries WHERE undoes >= id")? {
        return Err(
            wrong(text!("entry e{id} takes back one that is not earlier", "invoer e{id} neemt er een terug die niet eerder is")).into()
        );
    }
    if let Some(id) = one("SELECT id FROM refused WHERE length(unhex(key)) IS NOT 16")? {
        return Err(
            wrong(text!("row {id} of `refused` has no key of 16 bytes", "rij {id} van `refused` heeft geen sleutel van 16 bytes")).into()
        );
    }
    let mut select = db.prepare("SELECT customer, referrer FROM referrals")?;
    let sent_by = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<HashMap<i64, i64>>>()?;
    match in_circle(&sent_by) {
        Some(id) => Err(wrong(text!("customer {id} came through themselves", "klant {id} kwam via zichzelf")).into()),
        None => Ok(()),
    }
}

/// A customer who, going from each to who sent them, is met again.
fn in_circle(sent_by: &HashMap<i64, i64>) -> Option<i64> {
    // Whose walk came by here first: meeting one's own is a circle, another's has been walked to its end.
    let mut walked: HashMap<i64, i64> = HashMap::new();
    for &start in sent_by.keys() {
        let mut at = start;
        while let Some(&above) = sent_by.get(&at) {
            match walked.insert(at, start) {
                Some(before) if before == start => return Some(at),
                Some(_) => break,
                None => at = above,
            }
        }
    }
    None
}

/// Keeps records of files from being there twice for a customer, which is looked at when all are there.
pub fn same_key_twice(db: &Connection) -> Result<Option<Problem>> {
    let sql = "SELECT min(id), max(id) FROM touchpoints WHERE key IS NOT NULL GROUP BY key, customer HAVING count(*) > 1 LIMIT 1";
    let found = db.query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))).optional()?;
    Ok(found.map(|(one, other)| {
        wrong(text!(
            "contacts {one} and {other} have the same customer and key",
            "contacten {one} en {other} hebben dezelfde klant en sleutel"
        ))
    }))
}

fn wrong(why: Text) -> Problem {
    Problem::input(text!("the export is not right", "de export klopt niet"))
        .why(why)
        .todo(text!("export again; nothing was changed", "exporteer opnieuw; er is niets veranderd"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_found_and_a_forest_has_none() {
        for (pairs, circle) in [
            (&[(1, 2), (2, 3), (3, 1)][..], true),
            (&[(5, 1), (1, 2), (2, 1)], true),
            (&[(1, 1)], true),
            (&[(1, 3), (2, 3), (3, 4), (5, 1)], false),
            (&[], false),
        ] {
            assert_eq!(in_circle(&pairs.iter().copied().collect()).is_some(), circle, "{pairs:?}");
        }
    }
}
