//! Gifts: what somebody may accept, what a present may cost now, what stops it, and what has to be
//! checked elsewhere (METHOD §3). Pure; no answer here says that a gift raises sales.

mod budget;
mod meant;
mod policy;
mod reminders;
mod stops;

pub use budget::{AFTER_DAYS, Fitting, LEAD_DAYS, fitting, with_plans};
pub use meant::{meant_for, plan_for, still_meant};
pub use policy::{Policy, PolicyFrom, is_medical, policy_of};
pub use reminders::{Reminder, Year, reminders};
pub use stops::{Wish, as_play, first_free_day, stops};
