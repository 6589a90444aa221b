//! Which rows have been met, in bounded memory.

use std::collections::HashSet;

/// So many names are remembered, some 2 MB; then it begins anew. A row met after that is still known
/// by its own name when it comes to the log.
const MOST: usize = 100_000;

/// The names of rows.
#[derive(Debug, Default)]
pub(super) struct Seen(HashSet<[u8; 16]>);

impl Seen {
    /// True when the name is new.
    pub(super) fn insert(&mut self, name: [u8; 16]) -> bool {
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(name)
    }
}
