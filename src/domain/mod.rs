//! The nouns and their invariants. No input or output, no clock, no SQL, no printing.

pub mod accumulators;
pub mod calendar;
pub mod complaint;
pub mod course;
pub mod customer;
pub mod directory;
pub mod finding;
pub mod incident;
pub mod journey;
pub mod limits;
pub mod model;
pub mod money;
pub mod names;
pub mod numbers;
pub mod party;
pub mod phone;
pub mod play;
pub mod problem;
pub mod standing;
pub mod text;
pub mod touchpoint;
pub mod words;
