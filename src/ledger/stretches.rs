//! Reading a table a stretch of its numbers at a time, in their order.
//!
//! SQLite hands each row to a function of this program inside the statement, which is much quicker than stepping
//! from row to row and asking for every column.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, Statement};

/// The columns of a table that are read.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'r> {
    /// What SQLite calls the function that it hands them to; one that is read at the same time has another.
    pub function: &'static str,
    /// The table.
    pub table: &'r str,
    /// Its primary key, a number.
    pub key: &'r str,
    /// The columns, with commas between them.
    pub columns: &'r str,
    /// Of how many numbers a stretch is.
    pub stretch: i64,
}

/// What the function fills, and why it could not.
#[derive(Debug, Default)]
struct Taken<L> {
    load: L,
    /// How many rows there were.
    rows: usize,
    why_not: Option<anyhow::Error>,
}

/// The rows of a table from its smallest number to its greatest.
pub struct Stretches<'d, L> {
    db: &'d Connection,
    function: &'static str,
    stretch: i64,
    taken: Arc<Mutex<Taken<L>>>,
    take: Statement<'d>,
    next: Statement<'d>,
    /// The number to go on from; `None` at the end.
    from: Option<i64>,
}

impl<'d, L: Default + Send + 'static> Stretches<'d, L> {
    /// Begins at the smallest number. `take` puts a row into a load.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open(db: &'d Connection, rows: Rows<'_>, take: impl Fn(&mut L, &Context<'_>) -> Result<()> + Send + 'static) -> Result<Self> {
        let Rows { function, table, key, columns, stretch } = rows;
        let taken = Arc::new(Mutex::new(Taken::default()));
        let takes = Arc::clone(&taken);
        db.create_scalar_function(function, -1, FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY, move |row| {
            let mut taken = held(&takes);
            taken.rows += 1;
            take(&mut taken.load, row).map_err(|err| {
                taken.why_not = Some(err);
                rusqlite::Error::UserFunctionError("a row that cannot be read".into())
            })?;
            // There is nothing more to do with the row.
            Ok(false)
        })?;
        let take = db.prepare(&format!("SELECT 1 FROM {table} NOT INDEXED WHERE {key} BETWEEN ?1 AND ?2 AND {function}({columns})"))?;
        let next = db.prepare(&format!("SELECT min({key}) FROM {table} WHERE {key} >= ?1"))?;
        Ok(Self { db, function, stretch, taken, take, next, from: Some(i64::MIN) })
    }

    /// Puts the rows of the next stretch that has any behind what a load holds; false when there are none left.
    ///
    /// # Errors
    /// When the file cannot be read, or `take` fails.
    pub fn next(&mut self, load: &mut L) -> Result<bool> {
        self.swap(load);
        let found = self.find();
        self.swap(load);
        found
    }

    fn find(&mut self) -> Result<bool> {
        while let Some(from) = self.from {
            let to = from.saturating_add(self.stretch - 1);
            held(&self.taken).rows = 0;
            let ended = self.take.exists([from, to]);
            ended.map_err(|err| self.why_not(err))?;
            if held(&self.taken).rows > 0 {
                self.from = to.checked_add(1);
                return Ok(true);
            }
            // Where numbers are missing, there may be very many of them.
            self.from = self.next.query_row([from], |row| row.get(0))?;
        }
        Ok(false)
    }

    fn swap(&self, load: &mut L) {
        std::mem::swap(&mut held(&self.taken).load, load);
    }

    fn why_not(&self, err: rusqlite::Error) -> anyhow::Error {
        held(&self.taken).why_not.take().unwrap_or_else(|| err.into())
    }
}

impl<L> Drop for Stretches<'_, L> {
    fn drop(&mut self) {
        // Nothing asks for it any more; the next one takes its place.
        let _ = self.db.remove_function(self.function, -1);
    }
}

fn held<L>(taken: &Mutex<Taken<L>>) -> MutexGuard<'_, Taken<L>> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}
