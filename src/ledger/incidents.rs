//! Failures and how they were made good.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::batch::Batch;
use super::open::Ledger;
use crate::domain::calendar::Moment;
use crate::domain::incident::Incident;
use crate::domain::money::Cents;
use crate::domain::problem::Problem;
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::Severity;
use crate::text;

const COLUMNS: &str = "id, customer, stage, severity, kind, what, owner, opened, acknowledged, resolved, personal, generous, quality, \
     loss, extra, lesson, checked, satisfied";

fn incident(row: &Row<'_>) -> rusqlite::Result<Incident> {
    let moment = |column| row.get::<_, Option<i64>>(column).map(|at| at.map(Moment));
    Ok(Incident {
        id: row.get(0)?,
        customer: CustomerId(row.get(1)?),
        stage: row.get(2)?,
        severity: Severity::from_code(row.get(3)?).unwrap_or(Severity::Moderate),
        kind: row.get(4)?,
        what: row.get(5)?,
        owner: row.get(6)?,
        opened: Moment(row.get(7)?),
        acknowledged: moment(8)?,
        resolved: moment(9)?,
        personal: row.get(10)?,
        generous: row.get(11)?,
        stated_quality: row.get(12)?,
        loss: row.get::<_, Option<i64>>(13)?.map(Cents),
        extra: row.get::<_, Option<i64>>(14)?.map(Cents),
        lesson: row.get(15)?,
        checked: moment(16)?,
        satisfied: row.get(17)?,
    })
}

impl Ledger {
    /// Every failure, by customer, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn incidents(&self) -> Result<HashMap<CustomerId, Vec<Incident>>> {
        let mut select = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM incidents ORDER BY customer, opened, id"))?;
        let mut found: HashMap<CustomerId, Vec<Incident>> = HashMap::new();
        for row in select.query_map([], incident)? {
            let row = row?;
            found.entry(row.customer).or_default().push(row);
        }
        Ok(found)
    }

    /// One failure; `None` when the number is not known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn incident(&self, id: i64) -> Result<Option<Incident>> {
        get(&self.db, id)
    }

    /// Records a failure, as an entry that can be undone; gives its number.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn open_incident(&mut self, now: Moment, new: &Incident) -> Result<i64> {
        self.batch(now, "incident open", |batch| {
            batch.db().execute(
                "INSERT INTO incidents (customer, stage, severity, kind, what, owner, opened, loss, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    new.customer.0,
                    new.stage,
                    new.severity.code(),
                    new.kind,
                    new.what,
                    new.owner,
                    new.opened.0,
                    new.loss.map(|loss| loss.0),
                    batch.entry()
                ],
            )?;
            let id = batch.db().last_insert_rowid();
            Ok((id, id.to_string()))
        })
    }

    /// The failures of one customer, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn incidents_of(&self, customer: CustomerId) -> Result<Vec<Incident>> {
        let mut select = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM incidents WHERE customer = ?1 ORDER BY opened, id"))?;
        let rows = select.query_map([customer.0], incident)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Changes how a failure was acknowledged, made good and asked after, as an entry of this verb that can
    /// be undone. `change` is given the failure as it is once nobody else can write, and may refuse: what
    /// others did meanwhile is neither lost nor done twice. Gives the failure as it is now.
    ///
    /// # Errors
    /// When there is none of this number, `change` refuses, or the file cannot be written.
    pub fn change_incident(
        &mut self,
        now: Moment,
        verb: &str,
        id: i64,
        change: impl FnOnce(Incident) -> Result<Incident>,
    ) -> Result<Incident> {
        self.batch(now, verb, |batch| {
            let changed = change(batch.incident(id)?.ok_or_else(|| gone(id))?)?;
            write(batch.db(), &changed)?;
            Ok((changed, id.to_string()))
        })
    }
}

impl Batch<'_> {
    /// One failure as it is in this transaction; `None` when the number is not known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn incident(&self, id: i64) -> Result<Option<Incident>> {
        get(self.db(), id)
    }
}

fn get(db: &Connection, id: i64) -> Result<Option<Incident>> {
    let mut select = db.prepare_cached(&format!("SELECT {COLUMNS} FROM incidents WHERE id = ?1"))?;
    Ok(select.query_row([id], incident).optional()?)
}

fn write(db: &Connection, changed: &Incident) -> Result<()> {
    let moment = |at: Option<Moment>| at.map(|at| at.0);
    db.execute(
        "UPDATE incidents SET owner = ?2, acknowledged = ?3, resolved = ?4, personal = ?5, generous = ?6, quality = ?7,
         loss = ?8, extra = ?9, lesson = ?10, checked = ?11, satisfied = ?12 WHERE id = ?1",
        params![
            changed.id,
            changed.owner,
            moment(changed.acknowledged),
            moment(changed.resolved),
            changed.personal,
            changed.generous,
            changed.stated_quality,
            changed.loss.map(|loss| loss.0),
            changed.extra.map(|extra| extra.0),
            changed.lesson,
            moment(changed.checked),
            changed.satisfied
        ],
    )?;
    Ok(())
}

fn gone(id: i64) -> Problem {
    Problem::failure(text!("there is no failure #{id} any more", "er is geen misser #{id} meer"))
        .todo(text!("`attent incident list` shows them all", "`attent incident list` toont ze allemaal"))
}
