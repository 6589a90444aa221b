//! The nouns and their invariants. No input or output, no clock, no SQL, no printing.

pub mod calendar;
pub mod complaint;
pub mod finding;
pub mod journey;
pub mod money;
pub mod play;
pub mod problem;
pub mod text;
pub mod touchpoint;
pub mod words;
