//! This week: whom to make feel seen, how, and why, within the minutes and the money there are.
//!
//! Every customer has *reasons*: what is found about their own cell in the stage they are in, a failure
//! that is open or wants following up, an occasion, a referral to thank for. A reason with a play that
//! answers it and that no rule stops is a *candidate*. Of all candidates the exact optimum is taken
//! (METHOD §7): at most two actions a customer, the second for half its value.
//!
//! What is owed (a recovery, asking back, a thank-you) goes before what is a good idea, whatever it
//! gains: its value is raised above everything else together, so that the optimum takes as much of it
//! as fits. What does not fit is told.

pub mod candidates;
pub mod choose;
pub mod reasons;
pub mod review;
pub mod subject;
pub mod value;

pub use candidates::{Candidate, Considered, consider};
pub use choose::{Planned, WeekPlan, plan};
pub use reasons::{Ask, Reason, Tier, reasons};
pub use review::{Closed, Closing, Register, review};
pub use subject::{Subject, Week};

#[cfg(test)]
mod tests;
