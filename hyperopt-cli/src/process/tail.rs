//! The last lines of a file, for a message.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use hyperopt_core::plain::is_command;
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

/// Removes what a progress bar has overwritten, colours, and everything else that a terminal would obey.
fn plain(line: &str) -> String {
    let line = line.trim_end_matches('\r');
    let mut rest = line.rsplit('\r').next().unwrap_or(line);
    let mut shown = String::with_capacity(rest.len());
    while let Some(char) = rest.chars().next() {
        rest = &rest[char.len_utf8()..];
        match char {
            '\u{1b}' if rest.starts_with('[') => rest = after_sequence(&rest[1..]),
            '\u{9b}' => rest = after_sequence(rest),
            '\t' => shown.push(char),
            char if is_command(char) => {}
            char => shown.push(char),
        }
    }
    shown
}

/// Returns what follows a control sequence (ECMA-48, 5.4): parameters, intermediate bytes and a final byte.
fn after_sequence(text: &str) -> &str {
    let end = text.trim_start_matches(|char| matches!(char, ' '..='?'));
    match end.chars().next() {
        Some('@'..='~') => &end[1..],
        _ => end,
    }
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
        std::fs::write(&path, "one\ntwo\r\n10%\r20%\r\n\x1b[1;31mred\x1b[0m \u{9b}4m\u{202e}x\x07\n\n").unwrap();
        assert_eq!(last_lines(&path, 3), "two\n20%\nred x");
        std::fs::write(&path, "é".repeat(10_000)).unwrap();
        assert!(last_lines(&path, 3).len() <= 4096 + 3);
    }
}
