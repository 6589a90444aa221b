//! The rules: what stops a play for a customer, and what is owed or watched elsewhere. One rule a
//! file, each with its id, its name, its reason in a sentence and what it rests on (METHOD §2.2, §3.2).
//! Each can be switched off but one: an opt-out outranks everything.

mod asked_enough;
mod by_voice;
mod cap;
mod case;
mod check_back;
mod checklist;
mod clocks;
mod crowded;
mod equal_reward;
mod first_contact;
mod frequency;
mod good_moment;
mod half_a_year;
mod moment;
mod never_less;
mod no_cash;
mod no_contact;
mod not_after_failure;
mod not_while_hurt;
mod occasion;
mod one_message;
mod policy;
mod recovery_first;
mod register;
mod registry;
mod satisfaction;
mod second_failure;
mod separation;
mod severe;
mod small_extra;
mod something_to_cite;
mod tell_the_outcome;
mod thanked_by_a_person;
mod undecided;
mod warm_enough;

pub use cap::ladder;
pub use case::{AHEAD_DAYS, Case, Present};
pub use checklist::{GIFT_CHECKLIST, checklist};
pub use frequency::APART_DAYS as GIFTS_APART_DAYS;
pub use recovery_first::REST_DAYS;
pub use registry::{Kept, RULES, Rule, rule, veto, vetoes};
pub use thanked_by_a_person::THANKS_HOURS;
pub use undecided::UNDECIDED_DAYS;
pub use warm_enough::WARM;

#[cfg(test)]
mod tests;
