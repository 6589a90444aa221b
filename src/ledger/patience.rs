//! Waiting for another command that is at work in the file, as long as there is a file to wait for: a share that was lost
//! answers for its locks as if somebody had them.

use std::time::Duration;

use rusqlite::Connection;

use super::connected::is_any_gone;

/// How long a command waits for another one that is writing.
pub const BUSY: Duration = Duration::from_secs(30);
/// How long each of the first waits takes, in milliseconds, as SQLite itself does it; the others take the last of these.
const WAITS: [u64; 12] = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100];

/// Has a connection wait for others, up to [`BUSY`].
pub fn wait_for_others(db: &mut Connection) -> rusqlite::Result<()> {
    db.busy_handler(Some(wait))
}

/// Waits once more, unless that was enough or nothing answers any more. `tries` is how often it waited.
fn wait(tries: i32) -> bool {
    let tries = usize::try_from(tries).unwrap_or_default();
    let longest = WAITS[WAITS.len() - 1];
    let nth = |n: usize| WAITS.get(n).copied().unwrap_or(longest);
    let waited: u64 = WAITS.iter().take(tries).sum::<u64>() + longest * tries.saturating_sub(WAITS.len()) as u64;
    if Duration::from_millis(waited) >= BUSY || is_any_gone() {
        return false;
    }
    std::thread::sleep(Duration::from_millis(nth(tries)));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_after_half_a_minute() {
        let last = WAITS.len() as i32 + 297;
        assert!(wait(0) && wait(last - 1), "and 29.9 seconds are not enough");
        assert!(!wait(last) && !wait(i32::MAX));
    }
}
