//! The stream of a PNG: differences to the row above, and runs of equal ones (RFC 1950, RFC 1951).

use crate::png_file::huffman::{Bits, Codes, LONGEST};

/// Tokens that share their codes.
const BLOCK: usize = 1 << 16;
/// The filter of a row: the difference to the row above.
const UP: u8 = 2;
/// The modulus of the checksum.
const ADLER: u64 = 65_521;

/// The stream so far.
struct Stream {
    bits: Bits,
    /// Bytes, and 255 plus the pixels of a run.
    tokens: Vec<u16>,
    /// The pixel before, and how often it is to be repeated.
    last: Option<[u8; 3]>,
    run: usize,
    sums: (u64, u64),
}

/// Compresses RGB pixels, row by row.
pub(super) fn compress(pixels: &[u8], width: usize) -> Vec<u8> {
    let mut stream = Stream {
        bits: Bits::starting_with(&[0x78, 0x01]),
        tokens: Vec::with_capacity(BLOCK),
        last: None,
        run: 0,
        sums: (1, 0),
    };
    let paper = vec![0; width * 3];
    let mut above = &paper[..];
    for row in pixels.chunks_exact(width * 3) {
        stream.row(row, above);
        above = row;
    }
    stream.block(true);
    let (bytes, sums) = stream.sums;
    stream.bits.finish(((sums as u32) << 16) | bytes as u32)
}

impl Stream {
    fn row(&mut self, row: &[u8], above: &[u8]) {
        if self.tokens.len() >= BLOCK {
            self.block(false);
        }
        self.tokens.push(UP.into());
        self.sums.0 = (self.sums.0 + u64::from(UP)) % ADLER;
        self.sums.1 = (self.sums.1 + self.sums.0) % ADLER;
        self.last = None;
        let mut at = 0;
        while at < row.len() {
            let same = if self.last == Some([0; 3]) { same(&row[at..], &above[at..]) } else { 0 };
            if same > 0 {
                self.repeat(same / 3);
                at += same;
                continue;
            }
            // Written out, as is all that is done for each pixel: without optimisation, an iterator takes several times as long.
            self.pixel([
                row[at].wrapping_sub(above[at]),
                row[at + 1].wrapping_sub(above[at + 1]),
                row[at + 2].wrapping_sub(above[at + 2]),
            ]);
            at += 3;
        }
        self.end_run();
    }

    fn pixel(&mut self, pixel: [u8; 3]) {
        if self.last == Some(pixel) {
            self.repeat(1);
            return;
        }
        self.end_run();
        self.last = Some(pixel);
        self.tokens.extend_from_slice(&[u16::from(pixel[0]), u16::from(pixel[1]), u16::from(pixel[2])]);
        self.add(pixel, 1);
    }

    fn repeat(&mut self, pixels: usize) {
        self.run += pixels;
        if self.run >= LONGEST {
            self.tokens.push(255 + LONGEST as u16);
            self.add(self.last.unwrap_or_default(), LONGEST as u64);
            self.run -= LONGEST;
        }
    }

    fn end_run(&mut self) {
        if self.run > 0 {
            self.tokens.push(255 + self.run as u16);
            self.add(self.last.unwrap_or_default(), self.run as u64);
            self.run = 0;
        }
    }

    /// Adds `count` equal pixels to the checksum: each byte to the first sum, and that to the second.
    fn add(&mut self, [r, g, b]: [u8; 3], count: u64) {
        let (r, g, b) = (u64::from(r), u64::from(g), u64::from(b));
        let (bytes, sums) = self.sums;
        let steps = 3 * bytes * count + (3 * r + 2 * g + b) * count + 3 * (r + g + b) * (count * (count - 1) / 2);
        self.sums = ((bytes + (r + g + b) * count) % ADLER, (sums + steps) % ADLER);
    }

    fn block(&mut self, is_last: bool) {
        let mut counts = [0_u32; 256 + LONGEST];
        for &token in &self.tokens {
            counts[token as usize] += 1;
        }
        let codes = Codes::new(&counts);
        codes.write_head(is_last, &mut self.bits);
        for &token in &self.tokens {
            codes.write(token as usize, &mut self.bits);
        }
        codes.write_end(&mut self.bits);
        self.tokens.clear();
    }
}

/// Returns how many bytes of whole pixels at the start are those of the row above, or 0 if they are fewer than a few: up to the
/// longest match.
fn same(row: &[u8], above: &[u8]) -> usize {
    for pixels in [LONGEST, LONGEST / 6] {
        let end = row.len().min(pixels * 3);
        if row[..end] == above[..end] {
            return end;
        }
    }
    0
}
