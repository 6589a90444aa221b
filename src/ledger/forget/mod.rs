//! Forgetting: taking somebody out of the log for good.
//!
//! Everything else in this folder keeps what was; this takes it away, the journal's memory of it included. What is
//! left is what names nobody: how much contact of what sort there was in a stage on a day (`statistics`), and
//! digests by which an address book does not bring the person back (`guard`), also when a copy of before is put back
//! (`memory`). `texts` says of every column of the
//! schema whether it holds words of people, and a test that none was left out.
//!
//! Who somebody is includes whom they were before: customers who were merged into them, and a customer of the same
//! name who was taken back (`selves`). What the journal keeps of them goes, and so does what would bring it back
//! (`trail`); entries that were about others as well can still be taken back for those. What others' notes say of
//! them is rewritten (`mentions`), here as in the journal.
//!
//! It happens in one transaction, under a mark in `settings`. Deleted bytes stay in a database file until they
//! are written over; so the file is made anew afterwards (`pages`), and only then the mark goes. Whoever opens the log
//! for writing while the mark stands finishes the work.

mod guard;
mod memory;
mod mentions;
mod pages;
mod retain;
mod run;
mod selves;
mod statistics;
mod texts;
mod trail;

pub use guard::Guard;
pub use guard::let_in;
pub use memory::{Memory, back_again, back_by};
pub(in crate::ledger) use mentions::Search;
pub use mentions::{Spot, Spots};
pub use pages::{finish_if_marked, finish_marked, is_marked};
pub use retain::{Cutoffs, Past, Stays, Tidied};
pub(in crate::ledger) use run::mentioned;
pub use run::{Erased, Neutral};
pub use selves::holds;
pub(in crate::ledger) use selves::{Person, person};
pub use statistics::count_in;
pub(in crate::ledger) use texts::{Holds, TEXTS};
