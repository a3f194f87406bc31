//! Owen's nested uniform scrambling: A. B. Owen, "Randomly Permuted (t,m,s)-Nets and (t,s)-Sequences", 1995.

/// Thirty-two binary digits, scrambled; and a number for what comes after them.
///
/// Whether a digit is flipped depends on all digits above it, by a hash of `key` and of those digits; the hash is that of
/// `SplitMix64`, which passes for independent bits at all nodes of the tree. Digits after the last are independent of one
/// another for any two points that differ, so one more hash stands for all of them.
pub(super) fn scramble(digits: u32, key: u64) -> (u32, u64) {
    let mut flips = 0;
    for depth in 0..32 {
        // A one, then the digits above this one: no two nodes of the tree share the number.
        let node = (1_u64 << depth) | (u64::from(digits) >> (32 - depth));
        flips = (flips << 1) | (hash(key, node) >> 63) as u32;
    }
    (digits ^ flips, hash(key, (1 << 32) | u64::from(digits)))
}

/// Returns the `node`-th number of `SplitMix64` from `key`.
pub(super) fn hash(key: u64, node: u64) -> u64 {
    let mut z = key.wrapping_add(node.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_depend_on_those_above_alone() {
        for key in 0..50 {
            for digits in (0..u32::MAX).step_by(0x0fed_cba9) {
                let (scrambled, _) = scramble(digits, key);
                for length in 0..=32 {
                    let mask = !(u64::from(u32::MAX) >> length) as u32;
                    let other = scramble(digits ^ (0x5555_5555 & !mask), key).0;
                    assert_eq!(scrambled & mask, other & mask);
                }
                // One digit that differs still differs, and no other digit above it does.
                for digit in 0..32 {
                    let other = scramble(digits ^ (1 << digit), key).0;
                    assert_eq!((scrambled ^ other).leading_zeros(), 31 - digit);
                }
            }
        }
    }

    /// Flips at 63 nodes, over 4,096 keys: neither do single ones lean to a side, nor do pairs go together.
    #[test]
    fn flips_are_fair_and_independent() {
        let flips: Vec<Vec<f64>> = (0..4096_u64)
            .map(|key| {
                let key = hash(key, 1);
                (1..64).map(|node| if hash(key, node) >> 63 == 1 { 1.0 } else { -1.0 }).collect()
            })
            .collect();
        for a in 0..63 {
            for b in 0..a {
                let sum: f64 = flips.iter().map(|flips| flips[a] * flips[b]).sum();
                // Of 1,953 pairs, a fair one exceeds five standard errors once in a thousand runs of this test.
                assert!(sum.abs() < 5.0 * 64.0, "nodes {a} and {b}: {sum}");
            }
            assert!(flips.iter().map(|flips| flips[a]).sum::<f64>().abs() < 5.0 * 64.0);
        }
    }
}
