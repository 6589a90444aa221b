//! Is the log sound: every page, every reference, and every sum against the log itself.
//!
//! Looking changes nothing, works in a folder that cannot be written, and goes on after what is broken: each
//! look gives its own verdict, and an error that a look meets is its verdict too. What can be mended without
//! losing anything that a person typed is mended apart, by `mend`, when a copy has been made.

mod forgotten;
mod look;
mod mend;
mod orphans;
mod pages;
mod schema;
mod sums;
mod values;

pub use look::Examination;
pub use mend::{finish_erasing, mend};
pub(super) use schema::of_a_later_version;
