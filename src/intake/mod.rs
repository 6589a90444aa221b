//! Outside text → domain values and located complaints. Takes text or readers, never paths; no
//! database, no clock, no environment.
