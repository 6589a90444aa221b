//! Dates: what people type, and what machines write.
//!
//! [`parse_stamp`] reads the exact stamps of files; an import calls it for every row.
//! [`parse_moment`] reads those too, and what people say in English and Dutch. What is not said
//! is filled in like this:
//!
//! * a written date (`2026-11-20`, `20-11-2026`, `20 november`) is its **local midnight**, so that
//!   reference figures come out exactly; in numbers the day comes before the month;
//! * a day said by its distance (`yesterday`, `3 dagen geleden`, `vrijdag`) is **noon**, in the
//!   middle of what happened that day; but today is **now**;
//! * hours and minutes ago count from now; a time alone (`14:30`) is today;
//! * a bare weekday is past when logging ([`Lean::Past`]; today's weekday is today) and future when
//!   due ([`Lean::Future`]; today's weekday is a week ahead), and so is a date without a year;
//! * `half tien` and `half past nine` are both 09:30, as each language counts;
//! * `last friday` and `next friday` are the nearest one before and after today; with `last week` or
//!   `next week` the week counts, from Monday;
//! * a local time that the clock skips is read as if it had not (02:30 becomes 03:30), and of a
//!   time that comes twice the first is meant.
//!
//! Years before 1900 and after 2199 are refused: they are slips of the keyboard.

mod day;
mod fault;
mod hour;
mod people;
mod stamp;
mod vocabulary;
mod zone;

#[cfg(test)]
mod tests;

pub use people::{Lean, parse_moment, slip_of, soon_again};
pub use stamp::{Stamps, parse_stamp};
