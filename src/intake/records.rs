//! What importers give: contacts and people's particulars, told one at a time.
//!
//! An importer knows its format and nothing of the log. It says whom a record names, and leaves it
//! to `domain/directory.rs` to know which customer that is.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::domain::calendar::Moment;
use crate::domain::directory::is_free_mail;
use crate::domain::party::{Card, Party};
use crate::domain::text::Text;
use crate::domain::touchpoint::Touchpoint;

/// What is wrong with one record, or with the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordError {
    /// The line of the file the record begins on, from 1.
    pub line: u64,
    /// What is wrong.
    pub reason: Text,
    /// True when nothing more can be read.
    pub fatal: bool,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.reason)
    }
}

impl std::error::Error for RecordError {}

/// By what a record is recognised when it is met again: 128 bits of a SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// It has a name of its own, such as a Message-ID: a second one is the same record.
    Own([u8; 16]),
    /// Only its content: the second identical record of a file is another contact.
    Content([u8; 16]),
}

/// A hash over parts, none of which can run over into the next.
pub fn digest(parts: &[&[u8]]) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut half = [0; 16];
    half.copy_from_slice(&hash.finalize()[..16]);
    half
}

/// A contact, and with whom it may have been.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// Those on the other side, never myself; customers are looked for among them.
    pub parties: Vec<Party>,
    /// Words in which customers may be named, such as the summary of an appointment; or empty.
    pub named_in: String,
    /// Whether somebody who is no customer yet may become one by this contact, when the person
    /// importing wants that: only a person writing to a person, never a machine or a crowd.
    pub may_be_new: bool,
    /// What happened.
    pub touchpoint: Touchpoint,
    /// Why it was read as it was, for a dry run: each a short sentence without a full stop.
    pub reasons: Vec<Text>,
}

/// Something a file tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// A contact.
    Contact(Contact),
    /// What is known of a person or a firm.
    Card(Card),
    /// Nothing that counts; why, in a few words that many records share, such as `cancelled`.
    Nothing(Text),
    /// Nothing that counts either, of which more is known.
    Aside(Aside),
}

/// What is known of a record that tells nothing, for a dry run that explains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Why, in a few words that many records share, such as `a newsletter`.
    pub why: Text,
    /// By what it was seen, or empty: `list mail: List-Id (RFC 2919)`.
    pub sign: Text,
    /// When it was.
    pub at: Option<Moment>,
    /// The address it is from, or empty.
    pub from: String,
    /// Whether a machine sent it.
    pub machine: bool,
}

/// One record of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The line it begins on, from 1; the row or the number of it where there are no lines.
    pub line: u64,
    /// By what it is recognised.
    pub identity: Identity,
    /// What it tells.
    pub told: Told,
}

/// A file that is read record by record. After an error that is not fatal the next can be read.
pub trait Records {
    /// The next record; `None` at the end.
    fn next(&mut self) -> Option<Result<Record, RecordError>>;

    /// When the file has something new to tell although it did not change, such as an appointment
    /// that has not been yet; known at the end.
    fn next_due(&self) -> Option<Moment> {
        None
    }
}

/// My own addresses: whole ones, and `@example.nl` for everybody there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Me(Vec<String>);

impl Me {
    /// From addresses as they stand in `attent.yaml`.
    pub fn new(addresses: impl IntoIterator<Item = String>) -> Self {
        let lower = addresses.into_iter().map(|address| address.trim().to_lowercase());
        Self(lower.map(|address| if address.contains('@') { address } else { format!("@{address}") }).filter(|at| at.len() > 1).collect())
    }

    /// Whether this address is mine.
    pub fn is(&self, address: &str) -> bool {
        let address = address.trim().to_lowercase();
        let domain = address.rfind('@').map_or("", |at| &address[at..]);
        self.0.iter().any(|mine| *mine == address || *mine == domain)
    }

    /// Whether this address is at the domain of one of mine, and the domain is not one of those where
    /// anybody has an address.
    pub fn shares_domain(&self, address: &str) -> bool {
        let domain = |address: &str| address.rsplit_once('@').map(|(_, domain)| domain.trim().to_lowercase()).unwrap_or_default();
        let theirs = domain(address);
        !theirs.is_empty() && !is_free_mail(&theirs) && self.0.iter().any(|mine| domain(mine) == theirs)
    }

    /// Whether no address is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn my_addresses_are_known_in_any_case_and_by_domain() {
        let me = Me::new([" Anna@Example.nl ".to_owned(), "@firma.nl".to_owned(), "winkel.nl".to_owned(), String::new()]);
        for mine in ["anna@example.nl", "ANNA@EXAMPLE.NL", "iemand@firma.nl", "x@winkel.nl"] {
            assert!(me.is(mine), "{mine}");
        }
        for other in ["bram@example.nl", "x@sub.firma.nl", "firma.nl", "", "@"] {
            assert!(!me.is(other), "{other}");
        }
        assert!(me.shares_domain("Winkel@example.nl") && !me.shares_domain("x@other.nl") && !me.shares_domain("anna"));
        assert!(!Me::new(["anna@gmail.com".to_owned()]).shares_domain("bram@gmail.com"), "anybody is at gmail.com");
        assert!(!Me::new([]).is("a@b.nl") && Me::new([]).is_empty());
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
        assert_ne!(digest(&[b"ab"]), digest(&[b"ab", b""]));
    }
}
