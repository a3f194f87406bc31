//! A stream of bytes as lines, in bounded memory.

/// The maximum length of a line; longer ones are skipped.
const LONGEST: usize = 1 << 20;

/// Splits the output of a program into lines.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    rest: Vec<u8>,
    /// Whether the current line is too long, so that its rest is skipped.
    skips: bool,
    /// The number of lines that were too long.
    skipped: u64,
}

impl Lines {
    /// Appends `bytes`, and calls `take` with each line that ends in them.
    pub(crate) fn push(&mut self, mut bytes: &[u8], mut take: impl FnMut(&[u8])) {
        while let Some(end) = bytes.iter().position(|&byte| byte == b'\n') {
            let (line, after) = (&bytes[..end], &bytes[end + 1..]);
            bytes = after;
            if std::mem::take(&mut self.skips) || self.rest.len() + line.len() > LONGEST {
                self.skipped += 1;
                self.rest.clear();
            } else if self.rest.is_empty() {
                take(line);
            } else {
                self.rest.extend_from_slice(line);
                take(&self.rest);
                self.rest.clear();
            }
        }
        if self.skips || self.rest.len() + bytes.len() > LONGEST {
            self.skips = true;
            self.rest = Vec::new();
        } else {
            self.rest.extend_from_slice(bytes);
        }
    }

    /// Calls `take` with a last line that has no newline. Returns the number of lines that were too long.
    pub(crate) fn finish(self, take: impl FnOnce(&[u8])) -> u64 {
        if !self.rest.is_empty() {
            take(&self.rest);
        }
        self.skipped + u64::from(self.skips)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(pieces: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut found = Vec::new();
        let mut lines = Lines::default();
        for piece in pieces {
            lines.push(piece, |line| found.push(line.to_vec()));
        }
        lines.finish(|line| found.push(line.to_vec()));
        found
    }

    #[test]
    fn lines_are_whole_wherever_the_pieces_end() {
        let text = b"one\n\ntwo\nthree";
        for cut in 0..text.len() {
            let found = lines(&[&text[..cut], &text[cut..]]);
            assert_eq!(found, [&b"one"[..], b"", b"two", b"three"], "cut at {cut}");
        }
    }

    #[test]
    fn a_line_without_an_end_is_not_kept() {
        let long = vec![b'x'; LONGEST];
        let mut stream = Lines::default();
        for _ in 0..5 {
            stream.push(&long, |_| panic!("there is no line"));
            assert!(stream.rest.len() <= LONGEST);
        }
        let mut found = Vec::new();
        stream.push(b"rest\nnext\n", |line| found.push(line.to_vec()));
        assert_eq!(found, [b"next"]);
        stream.push(&long, |_| panic!("there is no line"));
        stream.push(b"x", |_| panic!("there is no line"));
        assert_eq!(stream.finish(|_| panic!("there is no line")), 2);
        assert_eq!(lines(&[&long, b"x\nnext"]), [b"next"]);
    }
}
