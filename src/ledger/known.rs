//! Which records the log holds, while its index of them is put off: a set of keys that stays small in
//! memory however many there are.
//!
//! Keys gather in memory; when they are many they go to a file without a name as a sorted stretch. Of the
//! stretches a filter (Bloom 1970; in blocks of one cache line: Putze, Sanders & Singler 2007) says which
//! keys they certainly do not hold, so that a record that is new costs no look at the disk but for one in some
//! hundred. A look is one read of 64 keys. What lies on the disk are hashes and row numbers.

use std::path::PathBuf;

use anyhow::Result;
use rustc_hash::FxHashMap;

use super::spill::Scratch;

/// So many keys are held in memory before they become a stretch: what a table of 2¹⁷ places can take.
const HELD: usize = 114_688;
/// The keys of one look at the disk.
const BLOCK: usize = 64;
/// How many bits of a filter each key has; with 12 it is wrong about one key in two hundred that is not there.
const BITS: usize = 12;
/// The stretches of the first filter; each further one has twice as many, up to the most.
const FIRST: usize = 4;
const MOST: usize = 32;

/// A record's key with its customer.
pub type Whole = [u64; 2];

/// Which keys are known, and of which touchpoint.
#[derive(Debug)]
pub struct Known {
    held: FxHashMap<Whole, i64>,
    most: usize,
    folder: Option<PathBuf>,
    scratch: Option<Scratch>,
    groups: Vec<Group>,
    read: Vec<[u64; 3]>,
}

/// Some stretches with one filter.
#[derive(Debug)]
struct Group {
    filter: Vec<[u64; 8]>,
    room: usize,
    runs: Vec<Run>,
}

/// A sorted stretch.
#[derive(Debug)]
struct Run {
    from: u64,
    count: usize,
    /// The first key of each block.
    fences: Vec<u64>,
}

impl Known {
    /// None yet; `folder` is where what is too much for memory goes.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self::holding(HELD, folder)
    }

    fn holding(most: usize, folder: Option<PathBuf>) -> Self {
        Self { held: FxHashMap::default(), most, folder, scratch: None, groups: Vec::new(), read: Vec::new() }
    }

    /// The touchpoint of a key.
    pub fn get(&mut self, key: Whole) -> Result<Option<i64>> {
        if let Some(&id) = self.held.get(&key) {
            return Ok(Some(id));
        }
        let Some(scratch) = &mut self.scratch else { return Ok(None) };
        for group in self.groups.iter().filter(|group| group.may_hold(key)) {
            for run in &group.runs {
                if let Some(id) = run.get(key, scratch, &mut self.read)? {
                    return Ok(Some(id));
                }
            }
        }
        Ok(None)
    }

    /// Adds a key that is not known yet.
    pub fn insert(&mut self, key: Whole, id: i64) -> Result<()> {
        if self.held.len() >= self.most {
            self.spill()?;
        }
        self.held.insert(key, id);
        Ok(())
    }

    fn spill(&mut self) -> Result<()> {
        let mut sorted: Vec<[u64; 3]> = self.held.drain().map(|([high, low], id)| [high, low, id as u64]).collect();
        sorted.sort_unstable();
        let scratch = match &mut self.scratch {
            Some(scratch) => scratch,
            none => none.insert(Scratch::new(self.folder.as_deref())?),
        };
        let from = scratch.write(&sorted)?;
        if self.groups.last().is_none_or(|group| group.room == 0) {
            let room = self.groups.last().map_or(FIRST, |last| (2 * last.runs.len()).min(MOST));
            self.groups.push(Group { filter: vec![[0; 8]; (room * self.most * BITS).div_ceil(512)], room, runs: Vec::new() });
        }
        if let Some(group) = self.groups.last_mut() {
            sorted.iter().for_each(|[high, low, _]| group.note([*high, *low]));
            group.room -= 1;
            group.runs.push(Run { from, count: sorted.len(), fences: sorted.iter().step_by(BLOCK).map(|[high, ..]| *high).collect() });
        }
        Ok(())
    }
}

impl Group {
    /// Where in the filter a key is: a block of eight words, and of each word one bit.
    fn place(&self, [high, low]: Whole) -> (usize, [u64; 8]) {
        // The sorted stretches use the high half; these two are as independent of it as the halves of a hash.
        let block = (u128::from(low) * self.filter.len() as u128) >> 64;
        let mixed = low.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ high;
        (block as usize, std::array::from_fn(|word| 1 << (mixed >> (6 * word + 8) & 63)))
    }

    fn note(&mut self, key: Whole) {
        let (block, bits) = self.place(key);
        self.filter[block].iter_mut().zip(bits).for_each(|(word, bit)| *word |= bit);
    }

    fn may_hold(&self, key: Whole) -> bool {
        let (block, bits) = self.place(key);
        self.filter[block].iter().zip(bits).all(|(word, bit)| word & bit != 0)
    }
}

impl Run {
    fn get(&self, [high, low]: Whole, scratch: &mut Scratch, read: &mut Vec<[u64; 3]>) -> Result<Option<i64>> {
        // Keys that begin alike may begin in the block before, and go on in the next.
        let mut block = self.fences.partition_point(|fence| *fence < high).saturating_sub(1);
        while self.fences.get(block).is_some_and(|fence| *fence <= high) {
            let begin = block * BLOCK;
            scratch.read(self.from + (begin * 24) as u64, BLOCK.min(self.count - begin), read)?;
            if let Ok(at) = read.binary_search_by(|[first, second, _]| [*first, *second].cmp(&[high, low])) {
                return Ok(Some(read[at][2] as i64));
            }
            block += 1;
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scattered over all keys, as hashes are.
    fn key(n: u64) -> Whole {
        let mix = |n: u64| {
            let n = (n ^ n >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            (n ^ n >> 27).wrapping_mul(0x94d0_49bb_1331_11eb)
        };
        [mix(2 * n + 1), mix(mix(2 * n + 2))]
    }

    #[test]
    fn every_key_that_was_added_is_known_and_no_other() {
        for (most, count) in [(HELD, 2_000), (1_000, 10), (1_000, 20_000), (64, 3_000), (1, 70)] {
            let mut known = Known::holding(most, None);
            for n in 0..count {
                assert_eq!(known.get(key(n)).unwrap(), None, "{n} of {count}");
                known.insert(key(n), n as i64).unwrap();
                assert_eq!(known.get(key(n / 2)).unwrap(), Some((n / 2) as i64), "{n} of {count}");
            }
            for n in 0..count {
                assert_eq!(known.get(key(n)).unwrap(), Some(n as i64));
                assert_eq!(known.get(key(n + count)).unwrap(), None);
            }
        }
    }

    #[test]
    fn keys_that_begin_alike_are_told_apart() {
        let mut known = Known::holding(300, None);
        for n in 0..900 {
            known.insert([7, n], n as i64).unwrap();
        }
        for n in 0..900 {
            assert_eq!(known.get([7, n]).unwrap(), Some(n as i64));
            assert_eq!((known.get([7, n + 900]).unwrap(), known.get([6, n]).unwrap(), known.get([8, n]).unwrap()), (None, None, None));
        }
    }

    #[test]
    fn a_new_key_hardly_ever_costs_a_look_at_the_disk() {
        let mut known = Known::holding(1_000, None);
        (0..93_000).for_each(|n| known.insert(key(n), 0).unwrap());
        assert_eq!(known.groups.len(), 5, "4 + 8 + 16 + 32 + 32 stretches have room for 92");
        let looks = |n| known.groups.iter().filter(|group| group.may_hold(key(n))).count();
        let wrong: usize = (100_000..200_000).map(looks).sum();
        assert!(wrong < 3_500, "{wrong} of 500,000 answers of the filters are wrong");
    }
}
