//! Chance that comes out the same for the same seed on every machine (xorshift64*; Vigna 2016).

/// A source of numbers.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The source of a seed.
    pub fn new(seed: u64) -> Self {
        // Seeds that lie close together begin far apart, and none begins at nought, where it would stay.
        Self((seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number from `from` up to and without `until`.
    pub fn within(&mut self, from: i64, until: i64) -> i64 {
        from + i64::try_from((self.next() >> 11) % u64::try_from(until - from).unwrap()).unwrap()
    }

    /// Whether something that happens so many times in a hundred happens.
    pub fn percent(&mut self, of: i64) -> bool {
        self.within(0, 100) < of
    }

    /// One of several.
    pub fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.within(0, i64::try_from(all.len()).unwrap())).unwrap()].clone()
    }
}
