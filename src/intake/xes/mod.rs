//! XES event logs (IEEE 1849): what happened in which case, and when.
//!
//! A case is a customer and an event a contact. The attributes of an event are columns with the names
//! pm4py gives them — `concept:name`, `time:timestamp`, and `case:concept:name` for what its trace
//! says — so that one profile reads a log as XES and as CSV. Events are told in the order of the file.
//!
//! The file is read as a stream; nothing but the attributes a profile asks for is kept. Documents that
//! define entities of their own are refused.

mod counted;
mod events;
mod log;

#[cfg(test)]
mod tests;

pub use log::Xes;
