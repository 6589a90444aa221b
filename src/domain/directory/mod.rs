//! Whom a record is about: the customers there are, by address, telephone number and name.
//!
//! A directory is filled once from the ledger and kept up to date while an import adds customers.
//! It says `certain` only where a mistake would be a surprise: a contact with the wrong customer is
//! worse than one left out. Everything is looked up; names are compared only with the names that
//! share a word with them, never with all.
//!
//! Names are compared word by word, folded (see `names.rs`), in any order, so that `Meer, José van
//! der` is `José van der Meer`. What differs only in legal form, title, initials or a typing error
//! is alike, and alike is never certain.

mod doubles;
mod few;
mod kept;
mod mentions;
mod name;
mod named;
mod similar;
mod who;
mod word_lists;

#[cfg(test)]
mod tests;

pub use kept::Directory;
pub use mentions::{Found, Mentions};
pub use named::{Named, NamedOne, NamedUnsure};
pub use who::Who;
pub use word_lists::is_free_mail;
