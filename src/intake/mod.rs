//! Outside text → domain values and located complaints. Takes text or readers, never paths; no
//! database, no clock, no environment.

pub mod contact_words;
pub mod csv_log;
pub mod dates;
pub mod names;
