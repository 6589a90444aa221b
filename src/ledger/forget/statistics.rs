//! What is kept of contacts that go: how many of what sort there were in a stage on a day, of nobody.

use anyhow::Result;
use rusqlite::Connection;

use crate::domain::accumulators::terms;
use crate::domain::calendar::{DAY_MS, Moment};
use crate::domain::model::Model;
use crate::ledger::days::DayChanges;
use crate::ledger::touchpoints::facts;

/// Adds the counted contacts that fit `which` (a condition on `touchpoints`) to the anonymous ones, because they are
/// about to go. The day sums stay as they are.
pub(super) fn keep(db: &Connection, which: &str) -> Result<()> {
    db.execute(
        &format!(
            "INSERT INTO anonymous_contacts (stage, day, channel, direction, sender, personal, kind, sentiment, contacts)
             SELECT stage, (at - ((at % {DAY_MS}) + {DAY_MS}) % {DAY_MS}) / {DAY_MS} AS day, channel, direction, sender, personal, kind, sentiment, count(*)
             FROM touchpoints WHERE stage IS NOT NULL AND {which}
             GROUP BY stage, day, channel, direction, sender, personal, kind, sentiment
             ON CONFLICT (stage, day, channel, direction, sender, personal, kind, coalesce(sentiment, 2))
             DO UPDATE SET contacts = contacts + excluded.contacts"
        ),
        [],
    )?;
    Ok(())
}

/// Counts the anonymous contacts into day sums that are made anew. They stay in the stage they were in: the rules of
/// a journey have nothing more to go by.
pub fn count_in(db: &Connection, model: &Model, days: &mut DayChanges) -> Result<()> {
    let mut select = db.prepare(&format!(
        "SELECT stage, contacts, day * {DAY_MS}, channel, direction, sender, personal, kind, sentiment FROM anonymous_contacts"
    ))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let facts = facts(row, 2)?;
        days.add_many(row.get(0)?, Moment(facts.at.0).day(), terms(&facts, model), row.get(1)?);
    }
    Ok(())
}
