//! Everything the log knows as JSON Lines, and back: for another machine, another program, or twenty years
//! from now.
//!
//! The first line is a header: `attent.export/1`, which version of the log it comes from, how many rows of
//! each table follow, and the highest number that was ever given out in a table (so that none is given
//! twice). Then comes a line for each row, `{"table":"customers","id":1,…}`: the tables in the order of
//! `tables.rs`, their rows by key. The last line has the number of lines before it and their SHA-256, so
//! that a file that was cut off or changed is noticed.
//!
//! Rows keep their numbers, because the journal by which things are undone refers to them. The fields of
//! a line are the columns of the table; what is NULL is left out. Moments, words and stages are written so
//! that a person can read them (`form.rs`); amounts are in cents. What can be made anew (standings and day
//! sums) is not written, and is made anew when the file was read. The journal's images of rows are written
//! as rows are.
//!
//! A file can only be read into an empty log, and comes in whole or not at all: rows keep their numbers,
//! which in a log with rows of its own are taken. Contacts of two logs come together as CSV, where customers
//! go by name and records by their own identity.
//!
//! **For ever:** what `attent.export/1` says is never changed. A column or table that a later version of the
//! log has and a file does not is given its default, as a migration would; what only a later version knows
//! is refused as such. A step of the schema that means more than new columns and tables has to say here how
//! older files come to mean the same.

mod checks;
mod form;
mod lines;
mod odd;
mod read;
mod row;
mod tables;
mod write;

pub(in crate::ledger) use form::Form;
pub use odd::Odd;
pub(in crate::ledger) use odd::find_odd;
pub use read::{Imported, Step};
pub(in crate::ledger) use tables::Table;
pub use write::RowCounts;

/// The name of the format and its version.
pub const SCHEMA: &str = "attent.export/1";

/// How often progress is told, in rows.
const TELL_EVERY: u64 = 10_000;
