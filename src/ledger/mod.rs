//! The only SQL: opening, migrations, one module a table family, and the accumulators kept in step
//! with the log inside the same transaction.
//!
//! The ledger takes moments and values; it asks neither the clock nor the environment.

mod amend;
pub mod backup;
mod batch;
mod cards;
mod change;
mod cipher;
mod codec;
mod connected;
mod customers;
mod days;
mod dictionary;
pub mod doctor;
mod dossier;
mod entries;
mod export;
mod fingerprint;
mod fold;
mod forget;
mod gifts;
mod incidents;
mod journal;
mod keeper;
mod known;
mod logged;
mod migrations;
mod nudges;
mod occasions;
mod open;
mod peek;
mod put_off;
mod rebuild;
mod referrals;
mod relay;
mod replay;
mod revenue;
mod settle;
mod sources;
mod spill;
mod standings;
mod touchpoints;
mod trouble;
mod undo;
mod veil;
mod whole_log;

pub use batch::{Batch, Key, Outcome};
pub use cards::{Enriched, KnownCard, PREFERS, Particular};
pub use cipher::{Passphrase, can_encrypt, encrypt_anew, is_encrypted, unlock_with};
pub use connected::{BESIDE, beside, is_connected};
pub use dictionary::Dictionary;
pub use entries::{Entry, Touched};
pub use export::{Imported, RowCounts, Step};
pub use forget::{Cutoffs, Erased, Guard, Neutral, Past, Spot, Spots, Stays, Tidied, holds};
pub use gifts::given_already;
pub use nudges::{NudgeEnd, Raised, Shown};
pub use open::{Ledger, Opened};
pub use peek::{customer_names, failures_to_ask_after, open_failures, open_nudges, segment_names, unfinished_failures};
pub use referrals::Sent;
pub use revenue::OFFERS;
pub use sources::SourceState;
pub use standings::CustomerStanding;
pub use touchpoints::{LoggedTouchpoint, Recorded};
pub use trouble::told;
pub use undo::Undone;
