//! The Dutch of the help of what keeps files and people safe.

use super::words::Pairs;

/// What the commands do, their arguments and what stands for a value.
pub const SAFETY: Pairs = &[
    (
        "Pseudonyms instead of names, and nothing anybody typed: for an answer that others will read",
        "Pseudoniemen in plaats van namen, en niets wat iemand typte: voor een antwoord dat anderen lezen",
    ),
    (
        "Encrypt the log with a passphrase, change it, or decrypt; in a build with encryption",
        "Versleutel het logboek met een wachtwoordzin, verander die, of ontsleutel; in een attent met versleuteling",
    ),
    ("Encrypt the log with a passphrase", "Versleutel het logboek met een wachtwoordzin"),
    ("Give an encrypted log another passphrase", "Geef een versleuteld logboek een andere wachtwoordzin"),
    ("Decrypt the log, so that no passphrase is needed any more", "Ontsleutel het logboek, zodat er geen wachtwoordzin meer nodig is"),
    (
        "Read the passphrase of an encrypted log from this open file descriptor",
        "Lees de wachtwoordzin van een versleuteld logboek uit deze open bestandsdescriptor",
    ),
    (
        "Read the new passphrase from this open file descriptor instead of asking",
        "Lees de nieuwe wachtwoordzin uit deze open bestandsdescriptor in plaats van hem te vragen",
    ),
];
