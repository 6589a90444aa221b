//! For tests: files as accidents make them.

/// A copy of `seed` with some bytes flipped, put in, taken out, repeated or cut off; the same for the same `n`.
pub(crate) fn mutate(seed: &[u8], n: u64) -> Vec<u8> {
    let mut dice = Dice(n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut bytes = seed.to_vec();
    for _ in 0..1 + dice.below(8) {
        let (from, to) = dice.range(bytes.len());
        match dice.below(7) {
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
            _ => {}
        }
    }
    bytes
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
