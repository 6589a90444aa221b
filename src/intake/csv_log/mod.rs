//! The log as CSV: one touchpoint a row.
//!
//! The header names the columns in any order and any case; only `at`, `customer` and `channel` must
//! be there. The separator (`,` `;` or tab) is read off the header line. What a row leaves out gets
//! the default of its channel. A row that is wrong is told with its line, and the next one is read;
//! only a wrong header or a broken source ends the reading.
//!
//! Rows are recognised by their meaning: the key of a row is a hash of its values, so that a file
//! imported twice adds nothing, however its columns are ordered or its defaults written out. The
//! ledger tells equal rows of one file apart.
//!
//! A million rows go through here at a time. The caller lends one [`LogRow`] that is filled again
//! and again, so that a plain row costs no allocation.

mod header;
mod key;
mod reader;
mod records;
mod row;

#[cfg(test)]
mod tests;

pub use header::COLUMNS;
pub use key::row_key;
pub use reader::Reader;
pub use row::LogRow;
