//! The Dutch of the help of what keeps files and people safe.

use super::words::Pairs;

/// What the commands do, their arguments and what stands for a value.
pub const SAFETY: Pairs = &[(
    "Pseudonyms instead of names, and nothing anybody typed: for an answer that others will read",
    "Pseudoniemen in plaats van namen, en niets wat iemand typte: voor een antwoord dat anderen lezen",
)];
