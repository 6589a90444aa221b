//! One sentence as a log entry: `belde gisteren Anna en Bart over de vertraging, 20 minuten`.
//!
//! [`read`] works out who, when, how long, through which channel and who began. The sentence itself
//! stays as it was typed. What is unsure is never decided here: a name that fits several customers,
//! or a person nobody knows, is handed back for the command to ask about or to refuse.
//!
//! The order matters, for words are used once: first whole names of several words (`May Jansen`,
//! `Maandag Mode`), then the time, how long it took, and last single names and
//! parts of names among the words that mean nothing else.
//!
//! * **Names** count wherever they stand; a part of a name in lower case only where a person is
//!   named (`belde anna`, `lunch met anna`; not `over de bakker`). Somebody after `over` or `about`
//!   is talked about, not talked with, when somebody else is there.
//! * **Times** are what has happened: a moment to come (`terugbellen volgende week`) is a plan, and is
//!   handed back as such. A date after `van`, `since` and the like belongs to what was talked about.
//! * **Strangers** are words with a capital where a person is named. The beginning of the sentence,
//!   days, months, feasts, abbreviations and words of channels are none.

mod course;
mod duration;
mod feeling;
mod length;
mod names;
mod people;
mod positions;
mod range;
mod sentence;
mod strangers;
mod time;
mod vocabulary;
mod whole;

#[cfg(test)]
mod fresh_tests;
#[cfg(test)]
mod tests;

pub use length::minutes;
pub use names::Names;
pub use whole::{Line, Person, read};
