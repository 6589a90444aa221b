//! vCard 2.1, 3.0 and 4.0: the particulars of people and firms (RFC 2426, RFC 6350).
//!
//! Address books of Apple, Google, Outlook and Nextcloud are read card by card, in UTF-8, UTF-16 or
//! Windows-1252. Photographs, sounds and keys are passed over before anything is parsed, so that a
//! book of a hundred megabytes needs no more memory than its largest card without them. A card that
//! is wrong is told with its line, and the next one is read.

mod card;
mod content;
mod date;
mod lines;
mod properties;
mod reader;

#[cfg(test)]
mod tests;

pub use content::content;
pub use reader::AddressBook;
