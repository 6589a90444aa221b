//! Tables with any columns, from CSV and Excel files, read by a profile.
//!
//! A [`Profile`] says which column of a file holds what attent wants to know, what the words in it
//! mean, and which rows count. People write theirs under `profiles:` in `attent.yaml`; some for
//! well-known programs are shipped ([`profiles::shipped`]). [`profiles::recognise`] knows a file by
//! its header. A [`Table`] gives the rows as records: contacts, customers, or both.
//!
//! A row that is wrong is told with its line and the name of the column, and the next one is read.
//! A row is known again by its own number when it has one (`id`), and by its content otherwise.

mod amounts;
mod bytes;
mod check;
mod dates;
mod guess;
mod head;
mod kept;
mod layout;
mod legible;
mod lines;
mod package;
mod people;
mod profile;
pub mod profiles;
mod propose;
mod questions;
mod raw;
mod remap;
mod row;
mod seen;
mod sheet;
mod synonyms;
mod table;
mod telling;
mod written;

#[cfg(test)]
pub(in crate::intake) mod tests;

pub(in crate::intake) use bytes::{Decoded, Either, Rationed, encoding_of, peek};
pub(in crate::intake) use check::profiles as checked;
pub use head::{Head, head};
pub use kept::with_profile;
pub(in crate::intake) use layout::Layout;
pub use legible::legible;
pub(in crate::intake) use lines::{fatal, unreadable};
pub use profile::{Always, Profile, Source, Target, Values};
pub use propose::{Proposal, propose};
pub use questions::{About, Question};
pub use raw::{Gives, RawProfile};
pub use remap::remap;
pub(in crate::intake) use row::{LIFECYCLE, RowReader, not_completed};
pub use sheet::head_of_sheet;
pub use table::Table;
