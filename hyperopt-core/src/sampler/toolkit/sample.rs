//! A random sample of trials that depends on which trials there are, and not on the order of their coming.

use std::collections::BinaryHeap;

/// The trials whose numbers have the smallest hashes, up to a limit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample {
    /// The largest hash on top.
    kept: BinaryHeap<(u64, usize)>,
}

impl Sample {
    /// Adds `trial`, unless there are `most` with a smaller hash.
    pub(crate) fn offer(&mut self, trial: usize, most: usize) {
        let new = (hash(trial as u64), trial);
        if self.kept.len() < most {
            self.kept.push(new);
        } else if let Some(mut largest) = self.kept.peek_mut()
            && new < *largest
        {
            *largest = new;
        }
    }

    /// Returns the trials in the sample, in no order.
    pub(crate) fn trials(&self) -> impl Iterator<Item = usize> {
        self.kept.iter().map(|&(_, trial)| trial)
    }
}

/// A bijection that leaves no pattern of the numbers in its values (Stafford's thirteenth mix of `SplitMix64`).
pub(crate) fn hash(number: u64) -> u64 {
    let z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
