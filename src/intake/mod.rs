//! Outside text → domain values and located complaints. Takes text or readers, never paths; no
//! database, no clock, no environment.

pub mod shape;
pub mod tree;
pub mod yaml;
mod yaml_words;
