//! Draws of a seeded generator (`SplitMix64`): the same seed gives the same calls on any machine.

pub(super) struct Draw {
    state: u64,
    /// What is drawn first.
    bytes: Vec<u8>,
}

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed, bytes: Vec::new() }
    }

    /// Draws of the bytes that a fuzzer chooses, two for each, and of a generator after them.
    #[allow(dead_code)]
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { state: 0, bytes: bytes.iter().rev().copied().collect() }
    }

    fn next(&mut self) -> u64 {
        if let (Some(high), Some(low)) = (self.bytes.pop(), self.bytes.pop()) {
            return u64::from(high) << 8 | u64::from(low);
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not zero.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Whether something of probability `1 / of` happens.
    pub(super) fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub(super) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// A range within `0..len`, often a short one.
    pub(super) fn range(&mut self, len: usize) -> std::ops::Range<usize> {
        let start = self.below(len + 1);
        let longest = if self.one_in(4) { len - start } else { (len - start).min(3) };
        start..start + self.below(longest + 1)
    }
}
