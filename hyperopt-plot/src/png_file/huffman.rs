//! Codes of a block of deflate (RFC 1951), of which the frequent ones are short.

use std::{cmp::Reverse, collections::BinaryHeap};

/// Pixels in the longest match of deflate, 258 bytes.
pub(super) const LONGEST: usize = 86;

/// Bits, the first in the lowest place of a byte.
pub(super) struct Bits {
    bytes: Vec<u8>,
    open: u64,
    count: u32,
}

impl Bits {
    /// Returns what has whole bytes at its start.
    pub(super) fn starting_with(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec(), open: 0, count: 0 }
    }

    /// Adds the lowest `count` bits of `bits`, 32 at most, of which the higher ones are 0.
    fn push(&mut self, bits: u32, count: u32) {
        self.open |= u64::from(bits) << self.count;
        self.count += count;
        if self.count >= 32 {
            self.bytes.extend_from_slice(&(self.open as u32).to_le_bytes());
            self.open >>= 32;
            self.count -= 32;
        }
    }

    /// Fills the last byte up, and adds the checksum.
    pub(super) fn finish(mut self, checksum: u32) -> Vec<u8> {
        while self.count > 0 {
            self.bytes.push(self.open as u8);
            self.open >>= 8;
            self.count = self.count.saturating_sub(8);
        }
        self.bytes.extend_from_slice(&checksum.to_be_bytes());
        self.bytes
    }
}

/// The symbol of the end of a block.
const END: usize = 256;
/// The symbols of lengths: the least length of each, and how many bits tell which of its lengths it is.
const LENGTHS: [(usize, u32); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];
/// The order in which the lengths of the codes for lengths of codes are written.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The codes of bytes and of runs.
pub(super) struct Codes {
    /// How long the code of each symbol is: 0 for one that is not in use.
    lengths: Vec<u32>,
    /// The bits of each token, and their number.
    tokens: Vec<(u32, u32)>,
    end: (u32, u32),
}

impl Codes {
    /// Returns the best codes for tokens of these counts: those of the bytes, and of the runs of one pixel and more.
    pub(super) fn new(tokens: &[u32; END + LONGEST]) -> Self {
        let mut counts = vec![0_u32; END + 1 + LENGTHS.len()];
        counts[..END].copy_from_slice(&tokens[..END]);
        counts[END] = 1;
        for (pixels, &count) in tokens[END..].iter().enumerate() {
            counts[symbol(pixels + 1).0] += count;
        }
        let lengths = lengths(&counts, 15);
        let codes = codes(&lengths);
        let run = |pixels: usize| {
            let (symbol, extra, bits) = symbol(pixels);
            let length = lengths[symbol];
            // The only distance, that of a pixel, is a bit 0.
            (codes[symbol] | (extra << length), length + bits + 1)
        };
        let bytes = (0..END).map(|byte| (codes[byte], lengths[byte]));
        let tokens = bytes.chain((1..=LONGEST).map(run)).collect();
        let end = (codes[END], lengths[END]);
        Self { lengths, tokens, end }
    }

    /// Begins a block, and writes the codes.
    pub(super) fn write_head(&self, is_last: bool, bits: &mut Bits) {
        /// The lengths of the codes of distances: there is only that of 3 bytes.
        const DISTANCES: [u32; 3] = [0, 0, 1];
        let written: Vec<usize> = self.lengths.iter().chain(&DISTANCES).map(|&length| length as usize).collect();
        let mut counts = [0; ORDER.len()];
        for &length in &written {
            counts[length] += 1;
        }
        let lengths = lengths(&counts, 7);
        let codes = codes(&lengths);
        bits.push(u32::from(is_last) | 2 << 1, 3);
        bits.push((self.lengths.len() - 257) as u32, 5);
        bits.push(DISTANCES.len() as u32 - 1, 5);
        bits.push(ORDER.len() as u32 - 4, 4);
        for place in ORDER {
            bits.push(lengths[place], 3);
        }
        for length in written {
            bits.push(codes[length], lengths[length]);
        }
    }

    /// Writes a token.
    pub(super) fn write(&self, token: usize, bits: &mut Bits) {
        let (code, length) = self.tokens[token];
        bits.push(code, length);
    }

    /// Ends the block.
    pub(super) fn write_end(&self, bits: &mut Bits) {
        bits.push(self.end.0, self.end.1);
    }
}

/// Returns the symbol of a run of pixels, and the bits that tell which of its lengths it is, with their number.
fn symbol(pixels: usize) -> (usize, u32, u32) {
    let length = 3 * pixels;
    let place = LENGTHS.partition_point(|(least, _)| *least <= length) - 1;
    let (least, bits) = LENGTHS[place];
    (END + 1 + place, (length - least) as u32, bits)
}

/// Returns how long the code of each symbol is by Huffman's algorithm, `most` at most; there are two symbols at least.
fn lengths(counts: &[u32], most: u32) -> Vec<u32> {
    let mut counts = counts.to_vec();
    loop {
        let mut parents: Vec<usize> = vec![0; counts.len()];
        let used = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let mut heap: BinaryHeap<_> = used.map(|(symbol, &count)| Reverse((count, symbol))).collect();
        let mut root = 0;
        while let (Some(Reverse(a)), Some(Reverse(b))) = (heap.pop(), heap.pop()) {
            root = parents.len();
            parents.push(0);
            (parents[a.1], parents[b.1]) = (root, root);
            heap.push(Reverse((a.0 + b.0, root)));
            if heap.len() == 1 {
                break;
            }
        }
        // A parent comes after its children, so from the end each knows how deep its own is.
        let mut depths = vec![0; parents.len()];
        for node in (0..root).rev().filter(|&node| parents[node] > 0) {
            depths[node] = depths[parents[node]] + 1;
        }
        depths.truncate(counts.len());
        if depths.iter().all(|depth| *depth <= most) {
            return depths;
        }
        // Flatter counts make a flatter tree.
        counts.iter_mut().filter(|count| **count > 0).for_each(|count| *count = *count / 2 + 1);
    }
}

/// Returns the code of each symbol by the lengths of all, the first bit in the lowest place.
fn codes(lengths: &[u32]) -> Vec<u32> {
    let mut codes = vec![0; lengths.len()];
    let mut next = 0_u32;
    for length in 1..=15 {
        for (code, _) in codes.iter_mut().zip(lengths).filter(|(_, of)| **of == length) {
            *code = next.reverse_bits() >> (32 - length);
            next += 1;
        }
        next <<= 1;
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_symbols_have_short_codes_and_none_is_too_long() {
        assert_eq!(lengths(&[5, 0, 1, 1, 9], 15), [2, 0, 3, 3, 1]);
        assert_eq!(lengths(&[0, 3, 1], 15), [0, 1, 1]);
        // The numbers of Fibonacci make the deepest tree.
        let mut counts = vec![1_u32, 1];
        (0..28).for_each(|place| counts.push(counts[place] + counts[place + 1]));
        for most in [7, 15] {
            let lengths = lengths(&counts, most);
            assert!(lengths.iter().all(|length| (1..=most).contains(length)));
            let sum: f64 = lengths.iter().map(|length| 0.5_f64.powi(*length as i32)).sum();
            assert_eq!(sum, 1.0, "a complete code");
        }
    }

    #[test]
    fn runs_have_the_symbols_of_their_lengths() {
        assert_eq!(
            [1, 4, 5, 85, LONGEST].map(symbol),
            [(257, 0, 0), (265, 1, 1), (267, 0, 1), (284, 28, 5), (285, 0, 0)]
        );
    }
}
