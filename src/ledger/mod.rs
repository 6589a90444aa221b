//! The only SQL: opening, migrations, one module a table family, and the accumulators kept in step
//! with the log inside the same transaction.
//!
//! The ledger takes moments and values; it asks neither the clock nor the environment.

mod batch;
mod codec;
mod customers;
mod days;
mod dictionary;
mod entries;
mod fingerprint;
mod incidents;
mod keeper;
mod logged;
mod migrations;
mod open;
mod peek;
mod rebuild;
mod standings;
mod touchpoints;
mod trouble;

pub use batch::{Batch, Outcome};
pub use dictionary::Dictionary;
pub use entries::{Entry, Undone};
pub use open::{Ledger, Opened};
pub use peek::{customer_names, open_failures, segment_names};
pub use standings::CustomerStanding;
pub use touchpoints::{LoggedTouchpoint, Recorded};
pub use trouble::told;
