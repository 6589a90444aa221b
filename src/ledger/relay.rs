//! Standings on their way from the file to whoever looks at them: one thread reads rows, another unpacks
//! them and looks. Few of them, as most workspaces have, come without a second thread.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::Result;

use crate::domain::standing::Standing;
use crate::domain::touchpoint::CustomerId;

/// So many bytes of packed standings are handed over at once, and so many such loads go round.
const LOAD: usize = 96 * 1024;
const LOADS: usize = 4;

/// Some standings, in the order they were read in.
#[derive(Debug, Default)]
pub struct Load {
    riders: Vec<Rider>,
    /// The packed standings, one behind the other.
    bytes: Vec<u8>,
}

#[derive(Debug)]
struct Rider {
    customer: CustomerId,
    /// Where in the bytes this one ends.
    end: usize,
    /// What comes in place of the bytes.
    instead: Option<Instead>,
}

/// What comes in place of a standing as it is kept.
#[derive(Debug)]
pub enum Instead {
    /// What was folded anew.
    Anew(Box<Standing>),
    /// Nothing.
    Nothing,
}

/// One standing as it was read.
#[derive(Debug)]
pub enum Read<'l> {
    /// As it was kept.
    Packed(&'l [u8]),
    /// Folded anew.
    Anew(&'l Standing),
}

impl Load {
    /// Takes in a standing as it is kept.
    pub fn take(&mut self, customer: CustomerId, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.riders.push(Rider { customer, end: self.bytes.len(), instead: None });
    }

    /// How many were taken in.
    pub fn count(&self) -> usize {
        self.riders.len()
    }

    /// Has `instead` say of those after the first so many what comes in place of each.
    ///
    /// # Errors
    /// What `instead` fails with.
    pub fn replace(&mut self, after: usize, mut instead: impl FnMut(CustomerId, &[u8]) -> Result<Option<Instead>>) -> Result<()> {
        let mut begin = after.checked_sub(1).map_or(0, |last| self.riders[last].end);
        for rider in &mut self.riders[after..] {
            rider.instead = instead(rider.customer, &self.bytes[begin..rider.end])?;
            begin = rider.end;
        }
        Ok(())
    }

    /// Whether it should go.
    pub fn is_full(&self) -> bool {
        self.bytes.len() >= LOAD || self.riders.len() >= LOAD / 64
    }

    /// All of them, in the order they were taken in.
    ///
    /// # Errors
    /// What `each` fails with.
    pub fn each(&self, mut each: impl FnMut(CustomerId, Read<'_>) -> Result<()>) -> Result<()> {
        let mut begin = 0;
        self.riders.iter().try_for_each(|rider| {
            let bytes = &self.bytes[begin..rider.end];
            begin = rider.end;
            match &rider.instead {
                None => each(rider.customer, Read::Packed(bytes)),
                Some(Instead::Anew(standing)) => each(rider.customer, Read::Anew(standing)),
                Some(Instead::Nothing) => Ok(()),
            }
        })
    }

    fn clear(&mut self) {
        self.riders.clear();
        self.bytes.clear();
    }
}

/// Has `fill` fill load after load, until it says that there are no more, and has `look` look at each in that
/// order. What `look` fails with is told before what `fill` fails with.
///
/// # Errors
/// When either fails.
pub fn relay(mut fill: impl FnMut(&mut Load) -> Result<bool>, mut look: impl FnMut(&Load) -> Result<()> + Send) -> Result<()> {
    let mut first = Load::default();
    if !fill(&mut first)? {
        return look(&first);
    }
    std::thread::scope(|scope| {
        let (full, loads) = sync_channel::<Load>(LOADS);
        let (back, empty) = sync_channel::<Load>(LOADS);
        (1..LOADS).try_for_each(|_| back.send(Load::default()))?;
        let looking = scope.spawn(move || -> Result<()> {
            loads.iter().try_for_each(|load| {
                look(&load)?;
                // Reading may have ended.
                let _ = back.send(load);
                Ok(())
            })
        });
        let read = fill_all(first, fill, &full, &empty);
        drop(full);
        looking.join().map_err(|_| anyhow::anyhow!("the thread that looks at standings panicked"))??;
        read
    })
}

/// Sends the first load and all that are filled after it. Ends early when nobody takes them any more.
fn fill_all(first: Load, mut fill: impl FnMut(&mut Load) -> Result<bool>, full: &SyncSender<Load>, empty: &Receiver<Load>) -> Result<()> {
    let (mut load, mut more) = (first, true);
    while full.send(load).is_ok() && more {
        let Ok(used) = empty.recv() else { break };
        load = used;
        load.clear();
        more = fill(&mut load)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    /// Relays standings whose bytes are their own number, 3 anew and 4 not at all, failing where asked; gives what was seen.
    fn relayed(count: i64, fill_fails: i64, look_fails: i64) -> (Vec<i64>, Result<()>) {
        let (mut next, mut seen) = (0, Vec::new());
        let fill = |load: &mut Load| {
            while next < count && !load.is_full() {
                if next == fill_fails {
                    bail!("fill");
                }
                let before = load.count();
                load.take(CustomerId(next), &next.to_le_bytes().repeat(64));
                load.replace(before, |customer, bytes| {
                    assert_eq!(bytes, customer.0.to_le_bytes().repeat(64));
                    Ok(match customer.0 {
                        3 => Some(Instead::Anew(Box::new(Standing::new(3)))),
                        4 => Some(Instead::Nothing),
                        _ => None,
                    })
                })?;
                next += 1;
            }
            Ok(next < count)
        };
        let done = relay(fill, |load| {
            load.each(|customer, read| {
                if customer.0 == look_fails {
                    bail!("look");
                }
                match read {
                    Read::Packed(bytes) => assert_eq!(bytes, customer.0.to_le_bytes().repeat(64)),
                    Read::Anew(standing) => assert_eq!((customer.0, standing.cells.len()), (3, 3)),
                }
                seen.push(customer.0);
                Ok(())
            })
        });
        (seen, done)
    }

    fn but_four(all: std::ops::Range<i64>) -> Vec<i64> {
        all.filter(|&n| n != 4).collect()
    }

    #[test]
    fn everybody_comes_once_in_order_however_many_they_are() {
        for count in [0, 1, 4, 127, 128, 129, 130, 5_000] {
            let (seen, done) = relayed(count, -1, -1);
            assert!(done.is_ok() && seen == but_four(0..count), "{count}");
        }
    }

    #[test]
    fn a_failure_on_either_side_ends_both() {
        for at in [0, 5, 1_000, 4_999] {
            assert_eq!(relayed(5_000, at, -1).1.map_err(|error| error.to_string()), Err("fill".to_owned()), "{at}");
            let (seen, done) = relayed(5_000, -1, at);
            assert_eq!(done.map_err(|error| error.to_string()), Err("look".to_owned()), "{at}");
            assert_eq!(seen, but_four(0..at));
        }
    }
}
