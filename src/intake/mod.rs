//! Outside text → domain values and located complaints. Takes text or readers, never paths; no
//! database, no clock, no environment.

pub mod journey;
pub mod journey_rules;
pub mod near;
pub mod playbook;
pub mod raw;
pub mod recovery;
pub mod schema;
mod schema_terms;
pub mod shape;
mod shape_check;
pub mod tree;
pub mod workspace;
pub mod yaml;
mod yaml_words;

pub mod address_book;
pub mod calendar;
pub mod contact_words;
pub mod csv_log;
pub mod dates;
pub mod kinds;
pub mod mail;
#[cfg(test)]
mod mutate;
pub mod one_line;
pub mod records;
pub mod sources;
pub mod tables;
#[cfg(test)]
mod told;
pub mod xes;
