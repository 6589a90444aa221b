//! What keeps a file from bringing somebody back: digests of what they were known by.
//!
//! A digest is HMAC-SHA-256 (RFC 2104) under a secret that was drawn for this file. Two files have nothing in common by
//! which a person could be followed, and nothing can be read from a digest. Whoever has the file has the secret
//! too, and can try whether a name or number they think of is among the forgotten; more cannot be had while a
//! file must not bring somebody back.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest, Sha256};

use crate::domain::calendar::Moment;
use crate::domain::names::identity;
use crate::ledger::batch::Batch;

/// Where `settings` keeps the secret, in hexadecimal; several after one another (`memory`).
pub(super) const SECRET: &str = "forgotten_secret";
/// The bytes of a block of SHA-256.
const BLOCK: usize = 64;
/// How long a secret is, in bytes.
const LONG: usize = 32;

/// Who was forgotten, as far as that can be asked.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    secrets: Vec<Vec<u8>>,
    /// Until when each stays forgotten; `None` for always.
    digests: HashMap<[u8; 32], Option<Moment>>,
}

impl Guard {
    /// Reads who was forgotten.
    pub(in crate::ledger) fn read(db: &Connection) -> Result<Self> {
        let secrets = secrets(db)?;
        if secrets.is_empty() {
            return Ok(Self::default());
        }
        let mut select = db.prepare_cached("SELECT digest, until FROM forgotten")?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.map(Moment))))?;
        Ok(Self { secrets, digests: rows.collect::<rusqlite::Result<_>>()? })
    }

    /// Whether nobody was.
    pub fn is_empty(&self) -> bool {
        self.digests.is_empty()
    }

    /// Whether somebody was forgotten who went by this name, address or number (as E.164). `at` is when what names
    /// them was, when it may bring back who was only kept for as long as was asked.
    pub fn holds(&self, key: &str, at: Option<Moment>) -> bool {
        if self.digests.is_empty() || key.trim().is_empty() {
            return false;
        }
        let identity = identity(key);
        let host = identity.rfind('@').filter(|&from| from > 0).map(|from| identity[from..].to_owned());
        [Some(identity), host].into_iter().flatten().any(|key| self.stays(&key, at))
    }

    /// Whether the card of somebody who was forgotten had this key.
    pub fn holds_card(&self, key: [u8; 16]) -> bool {
        !self.digests.is_empty() && self.stays(&card(&hexadecimal(&key)), None)
    }

    /// Until when somebody stays forgotten who goes by these; `None` for always, and for who is not forgotten.
    pub(super) fn until(&self, identities: impl Iterator<Item = String>) -> Option<Moment> {
        let of = |key: String| self.secrets.iter().find_map(|secret| self.digests.get(&hmac(secret, key.as_bytes())).copied());
        let all: Option<Vec<Moment>> = identities.filter_map(of).collect();
        all.and_then(|all| all.into_iter().max())
    }

    fn stays(&self, key: &str, at: Option<Moment>) -> bool {
        let holds = |until: &Option<Moment>| until.is_none_or(|until| at.is_none_or(|at| at <= until));
        self.secrets.iter().any(|secret| self.digests.get(&hmac(secret, key.as_bytes())).is_some_and(holds))
    }
}

impl Batch<'_> {
    /// Who was forgotten, so that what is read does not bring them back.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn forgotten(&self) -> Result<Guard> {
        Guard::read(self.db())
    }
}

/// What stands for a card among what somebody was known by.
pub(super) fn card(key: &str) -> String {
    format!("card:{}", key.to_lowercase())
}

/// Remembers that somebody was forgotten who went by these.
pub(super) fn keep_out(db: &Connection, keys: impl IntoIterator<Item = String>, until: Option<Moment>) -> Result<()> {
    db.execute("INSERT OR IGNORE INTO settings (key, value) VALUES (?1, lower(hex(randomblob(32))))", [SECRET])?;
    let secret = secrets(db)?.into_iter().next().unwrap_or_default();
    let person: i64 = db.query_row("SELECT coalesce(max(person), 0) + 1 FROM forgotten", [], |row| row.get(0))?;
    let mut insert = db.prepare_cached("INSERT OR REPLACE INTO forgotten (digest, person, until) VALUES (?1, ?2, ?3)")?;
    for key in keys {
        insert.execute(params![hmac(&secret, key.as_bytes()), person, until.map(|until| until.0)])?;
    }
    Ok(())
}

/// Somebody of these names and keys is a customer by somebody's own hand: whom that was, is forgotten no more.
pub fn let_in<'a>(db: &Connection, keys: impl IntoIterator<Item = &'a str>) -> Result<()> {
    let any: bool = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM forgotten)")?.query_row([], |row| row.get(0))?;
    let secrets = if any { secrets(db)? } else { Vec::new() };
    for key in keys {
        for secret in &secrets {
            let digest = hmac(secret, identity(key).as_bytes());
            db.execute("DELETE FROM forgotten WHERE person IN (SELECT person FROM forgotten WHERE digest = ?1)", [digest])?;
        }
    }
    Ok(())
}

/// The secrets, that of this log first.
fn secrets(db: &Connection) -> Result<Vec<Vec<u8>>> {
    let sql = "SELECT unhex(value) FROM settings WHERE key = ?1";
    let all: Option<Option<Vec<u8>>> = db.prepare_cached(sql)?.query_row([SECRET], |row| row.get(0)).optional()?;
    Ok(all.flatten().unwrap_or_default().chunks(LONG).map(<[u8]>::to_vec).collect())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// HMAC with SHA-256; the secret is no longer than a block.
fn hmac(secret: &[u8], message: &[u8]) -> [u8; 32] {
    let padded = |pad: u8| {
        let mut block = [pad; BLOCK];
        block.iter_mut().zip(secret).for_each(|(byte, secret)| *byte ^= secret);
        block
    };
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_the_standard() {
        // RFC 4231, test cases 1 and 2.
        let first = hmac(&[0x0b; 20], b"Hi There");
        assert_eq!(hexadecimal(&first), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        let second = hmac(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(hexadecimal(&second), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn who_was_kept_for_a_time_comes_back_with_what_is_later() {
        let digest = |key: &str| hmac(b"s", identity(key).as_bytes());
        let digests = [(digest("Anna Jansen"), None), (digest("bram@x.nl"), Some(Moment(5))), (digest("@firm.nl"), None)].into();
        let guard = Guard { secrets: vec![b"other".to_vec(), b"s".to_vec()], digests };
        for (key, at, held) in [
            ("ANNA jánsen", None, true),
            ("Anna Jansen", Some(9), true),
            ("Anna", None, false),
            ("Bram@X.nl", None, true),
            ("bram@x.nl", Some(5), true),
            ("bram@x.nl", Some(6), false),
            ("piet@firm.nl", None, true),
            ("@firm.nl", None, true),
            ("", None, false),
        ] {
            assert_eq!(guard.holds(key, at.map(Moment)), held, "{key} {at:?}");
        }
    }
}
