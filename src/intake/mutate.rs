//! For tests: files as accidents make them.
//!
//! Every test whose name begins with `damaged_` reads [`rounds`] of them: 1,500 in a normal run. More, with what
//! took longest: `ATTENT_MUTATIONS=100000 cargo test --lib damaged_ -- --nocapture`, and with `--release` sooner.

use std::time::{Duration, Instant};

/// How long reading one damaged copy of a small file may take, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many damaged files each test reads.
#[allow(clippy::disallowed_methods, reason = "how thorough a test run is has nothing to do with the program's settings")]
fn rounds() -> u64 {
    std::env::var("ATTENT_MUTATIONS").ok().and_then(|said| said.parse().ok()).unwrap_or(1_500)
}

/// Gives `read` the number and the bytes of damaged copies of the seeds in turn; each must be read in a reasonable
/// time.
pub(crate) fn damaged<S: AsRef<[u8]>>(seeds: &[S], mut read: impl FnMut(u64, &[u8])) {
    let mut slowest = (Duration::ZERO, 0);
    for n in 0..rounds() {
        let bytes = mutate(seeds[n as usize % seeds.len()].as_ref(), n);
        let started = Instant::now();
        read(n, &bytes);
        slowest = slowest.max((started.elapsed(), n));
        assert!(slowest.0 < PATIENCE, "number {n} took {:?}:\n{}", slowest.0, String::from_utf8_lossy(&bytes));
    }
    let name = std::thread::current().name().unwrap_or_default().to_owned();
    println!("{name}: {} files, the slowest {:?} (number {})", rounds(), slowest.0, slowest.1);
}

/// A copy of `seed` with some bytes flipped, put in, taken out, repeated or cut off; the same for the same `n`.
pub(crate) fn mutate(seed: &[u8], n: u64) -> Vec<u8> {
    let mut dice = Dice(n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut bytes = seed.to_vec();
    for _ in 0..1 + dice.below(8) {
        let (from, to) = dice.range(bytes.len());
        match dice.below(8) {
            0 if from < bytes.len() => bytes[from] ^= 1 << dice.below(8),
            1 => bytes.insert(from, dice.byte()),
            2 => drop(bytes.drain(from..to)),
            3 => {
                let again = bytes[from..to].to_vec();
                bytes.splice(from..from, again);
            }
            4 => {
                let moved: Vec<u8> = bytes.drain(from..to).collect();
                let (place, _) = dice.range(bytes.len());
                bytes.splice(place..place, moved);
            }
            5 => {
                let odd = ODD[dice.below(ODD.len())];
                bytes.splice(from..from, odd.iter().copied());
            }
            6 if dice.below(4) == 0 => bytes.truncate(from),
            7 => another_digit(&mut bytes, &mut dice),
            _ => {}
        }
    }
    bytes
}

/// Changes a digit: in dates, counts and intervals a number does more harm than a byte.
fn another_digit(bytes: &mut [u8], dice: &mut Dice) {
    let digits: Vec<usize> = (0..bytes.len()).filter(|&place| bytes[place].is_ascii_digit()).collect();
    if !digits.is_empty() {
        bytes[digits[dice.below(digits.len())]] = b"0123456789"[dice.below(10)];
    }
}

/// What breaks readers more often than a random byte does.
const ODD: &[&[u8]] = &[
    b"\0",
    b"\n",
    b"\r\n",
    b"\r",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\"",
    b"<",
    b">",
    b"=",
    b";",
    b":",
    b",",
    b"'",
    b"&",
    b"{",
    b"}",
    b"[",
    b"\t",
    b"\r\n ",
    b"\\",
    b"(",
    b"-1",
    b"99999999999999999999",
    b"\xe2\x80\xae",
];

/// A small generator of numbers (xorshift64*), the same on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `limit`, which is not 0.
    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or(0) % limit
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[3]
    }

    /// A stretch of at most sixty-four bytes within a length.
    fn range(&mut self, length: usize) -> (usize, usize) {
        let from = self.below(length + 1);
        (from, (from + self.below(65)).min(length))
    }
}

#[test]
fn damage_is_the_same_every_time_and_differs_from_one_to_the_next() {
    let made: std::collections::BTreeSet<_> = (0..500).map(|n| mutate(b"From: a@x.nl\nDate: 1 Jan 2026", n)).collect();
    assert!(made.len() > 400, "{}", made.len());
    assert_eq!(mutate(b"abc", 5), mutate(b"abc", 5));
    assert!((0..500).all(|n| mutate(b"", n).len() < 2_000));
}
