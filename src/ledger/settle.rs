//! What doing a nudge settles beside the log: the failure it was about, the referral it thanks for.

use anyhow::Result;
use rusqlite::params;

use super::batch::Batch;
use crate::domain::calendar::Moment;
use crate::domain::money::Cents;

impl Batch<'_> {
    /// A person has answered a failure; an earlier answer stays, and one that was made good needs none.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn acknowledge_incident(&mut self, id: i64, at: Moment) -> Result<()> {
        self.db().execute(
            "UPDATE incidents SET acknowledged = coalesce(acknowledged, max(opened, ?2)) WHERE id = ?1 AND resolved IS NULL",
            params![id, at.0],
        )?;
        Ok(())
    }

    /// A failure was made good, by a person known by name or not.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn make_good(&mut self, id: i64, at: Moment, personal: bool) -> Result<()> {
        self.db().execute(
            "UPDATE incidents SET acknowledged = coalesce(acknowledged, max(opened, ?2)),
             resolved = max(opened, coalesce(acknowledged, opened), ?2), personal = ?3
             WHERE id = ?1 AND resolved IS NULL",
            params![id, at.0, personal],
        )?;
        Ok(())
    }

    /// Something of this value was given on top of making a failure good (R5), which is generous; when more was
    /// said to be given before, that stays.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn give_extra(&mut self, id: i64, value: Cents) -> Result<()> {
        let generous = f64::from(u8::from(value.0 > 0));
        self.db().execute(
            "UPDATE incidents SET extra = max(coalesce(extra, 0), ?2), generous = max(generous, ?3) WHERE id = ?1",
            params![id, value.0, generous],
        )?;
        Ok(())
    }

    /// Somebody asked how it is after a recovery; `satisfied` from −1 to 1, when they said so.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn check_back(&mut self, id: i64, at: Moment, satisfied: Option<f64>) -> Result<()> {
        self.db().execute(
            "UPDATE incidents SET checked = coalesce(checked, ?2), satisfied = coalesce(?3, satisfied) WHERE id = ?1",
            params![id, at.0, satisfied],
        )?;
        Ok(())
    }

    /// What will be done otherwise after a failure.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn learn_from(&mut self, id: i64, lesson: &str) -> Result<()> {
        self.db().execute("UPDATE incidents SET lesson = ?2 WHERE id = ?1", params![id, lesson])?;
        Ok(())
    }
}
