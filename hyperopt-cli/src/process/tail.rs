//! The last lines of a file, for a message.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use itertools::Itertools;

/// The number of bytes at the end that are read.
const BYTES: u64 = 4096;

/// Returns at most `count` last lines of the file at `path`, without blank lines at the end and without control characters;
/// empty if the file is empty or cannot be read.
pub(crate) fn last_lines(path: &Path, count: usize) -> String {
    let Ok(mut file) = File::open(path) else { return String::new() };
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::new();
    let from = length.saturating_sub(BYTES);
    if file.seek(SeekFrom::Start(from)).and_then(|_| file.take(BYTES).read_to_end(&mut bytes)).is_err() {
        return String::new();
    }
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<_> = text.trim_end().lines().collect();
    let last = &lines[lines.len().saturating_sub(count)..];
    last.iter().map(|line| plain(line)).join("\n")
}

/// Removes what a progress bar has overwritten, and control characters.
fn plain(line: &str) -> String {
    let line = line.trim_end_matches('\r');
    let shown = line.rsplit('\r').next().unwrap_or(line);
    shown.chars().filter(|char| *char == '\t' || !char.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_file_is_quoted() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("stderr.log");
        assert_eq!(last_lines(&path, 3), "");
        std::fs::write(&path, "").unwrap();
        assert_eq!(last_lines(&path, 3), "");
        std::fs::write(&path, "one\ntwo\r\n10%\r20%\r\n\x1b[31mred\n\n").unwrap();
        assert_eq!(last_lines(&path, 3), "two\n20%\n[31mred");
        std::fs::write(&path, "é".repeat(10_000)).unwrap();
        assert!(last_lines(&path, 3).len() <= 4096 + 3);
    }
}
