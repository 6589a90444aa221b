//! What the log says, read with plain SQL and without the program.

use rusqlite::{Connection, OptionalExtension as _};

/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;

/// A moment as the program reads it.
pub fn stamp(at: i64) -> String {
    chrono::DateTime::from_timestamp_millis(at).unwrap().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The Monday at midnight before a moment: 5 January 1970 was one.
pub fn monday(at: i64) -> i64 {
    (at - 4 * DAY).div_euclid(7 * DAY) * 7 * DAY + 4 * DAY
}

/// A contact.
#[derive(Debug, Clone)]
pub struct Touch {
    pub at: i64,
    pub gift: bool,
    /// 0 in, 1 out, 2 both.
    pub direction: i64,
    pub automated: bool,
    /// A promotion or a survey.
    pub promotes: bool,
    pub sentiment: Option<f64>,
    pub amount: Option<i64>,
    pub noted: bool,
    pub tags: Vec<String>,
}

/// A failure.
#[derive(Debug, Clone)]
pub struct Failure {
    pub id: i64,
    pub severity: i64,
    pub opened: i64,
    pub acknowledged: Option<i64>,
    pub resolved: Option<i64>,
    pub loss: i64,
}

impl Failure {
    pub fn open_at(&self, now: i64) -> bool {
        self.opened <= now && self.resolved.is_none_or(|resolved| resolved > now)
    }

    /// Made good at most so many days ago.
    pub fn made_good_within(&self, now: i64, days: i64) -> bool {
        self.resolved.is_some_and(|resolved| resolved <= now && now - resolved < days * DAY)
    }
}

/// Everything that is known of one customer.
#[derive(Debug, Clone)]
pub struct Customer {
    pub id: i64,
    pub no_contact: bool,
    /// `None` when they accept none or nothing is known.
    pub cap: Option<i64>,
    pub a_year: Option<i64>,
    pub approval: bool,
    pub noted: bool,
    pub since: Option<i64>,
    pub touches: Vec<Touch>,
    pub failures: Vec<Failure>,
    /// Planned gifts: their day, what they are worth, and whether somebody approved.
    pub planned: Vec<(i64, i64, bool)>,
    /// Birthdays, as a month and a day.
    pub birthdays: Vec<(u32, u32)>,
}

/// Reads one customer. Amounts of a segment hold where nothing was said of the customer.
pub fn customer(db: &Connection, id: i64) -> Customer {
    let sql = "SELECT no_contact, gifts, gift_cap, gift_cap_year, gift_approval, notes, since, segment FROM customers WHERE id = ?1";
    let mut found = db
        .query_row(sql, [id], |row| {
            let council = row.get::<_, String>(7)? == "council";
            let said: String = row.get(1)?;
            let cap: Option<i64> = if said == "unknown" && council { Some(1_500) } else { row.get(2)? };
            Ok(Customer {
                id,
                no_contact: row.get(0)?,
                cap: cap.filter(|_| said != "none"),
                a_year: row.get::<_, Option<i64>>(3)?.or(council.then_some(2_000)),
                approval: row.get::<_, bool>(4)? || council,
                noted: !row.get::<_, String>(5)?.is_empty(),
                since: row.get(6)?,
                touches: Vec::new(),
                failures: Vec::new(),
                planned: Vec::new(),
                birthdays: Vec::new(),
            })
        })
        .unwrap();
    found.touches = touches(db, id);
    found.failures = failures(db, id);
    let sql = "SELECT day, coalesce(value, 0), approved <> '' FROM gifts WHERE customer = ?1 AND state = 'planned' AND day IS NOT NULL";
    found.planned = rows(db, sql, id, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let born: Vec<String> = rows(db, "SELECT value FROM particulars WHERE customer = ?1 AND what = 'birthday'", id, |row| row.get(0));
    found.birthdays =
        born.iter().map(|born| (born[born.len() - 5..][..2].parse().unwrap(), born[born.len() - 2..].parse().unwrap())).collect();
    found
}

fn rows<T>(db: &Connection, sql: &str, id: i64, read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
    db.prepare_cached(sql).unwrap().query_map([id], read).unwrap().collect::<Result<_, _>>().unwrap()
}

fn touches(db: &Connection, id: i64) -> Vec<Touch> {
    let sql =
        "SELECT at, channel, direction, sender, kind, sentiment, amount, note, tags FROM touchpoints WHERE customer = ?1 ORDER BY at, id";
    rows(db, sql, id, |row| {
        let (channel, kind): (i64, i64) = (row.get(1)?, row.get(4)?);
        let tags: Option<String> = row.get(8)?;
        Ok(Touch {
            at: row.get(0)?,
            gift: channel == 5,
            direction: row.get(2)?,
            automated: row.get::<_, i64>(3)? == 2,
            promotes: kind == 2 || channel == 14,
            sentiment: row.get(5)?,
            amount: row.get(6)?,
            noted: row.get::<_, Option<String>>(7)?.is_some_and(|note| !note.is_empty()),
            tags: tags.unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        })
    })
}

fn failures(db: &Connection, id: i64) -> Vec<Failure> {
    let sql = "SELECT id, severity, opened, acknowledged, resolved, coalesce(loss, 0) FROM incidents WHERE customer = ?1";
    rows(db, sql, id, |row| {
        Ok(Failure {
            id: row.get(0)?,
            severity: row.get(1)?,
            opened: row.get(2)?,
            acknowledged: row.get(3)?,
            resolved: row.get(4)?,
            loss: row.get(5)?,
        })
    })
}

/// One number, where there is one.
pub fn number(db: &Connection, sql: &str) -> Option<i64> {
    db.query_row(sql, [], |row| row.get(0)).optional().unwrap().flatten()
}
