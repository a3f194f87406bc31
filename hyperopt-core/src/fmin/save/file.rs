//! A JSON file that grows by a row at a time and is complete after each: the new rows take the place of the brackets at its
//! end, in one write.

use std::fs::{self, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::staged;

/// The end of the file, after the last row.
const END: &str = "\n  ]\n}\n";
/// The end of a row.
const ROW_END: &str = "\n    }";

/// The file, and what this process has written to it.
#[derive(Debug)]
pub(super) struct TrialsFile {
    path: PathBuf,
    head: String,
    rows: usize,
    bytes: u64,
}

impl TrialsFile {
    /// A file that is still to be written.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, head: String::new(), rows: 0, bytes: 0 }
    }

    /// Writes those of the first `count` rows that the file does not have yet. The file is replaced as a whole at first, if
    /// `head` has changed, and if another program has changed its length. `head` ends with the empty array of the rows.
    ///
    /// # Errors
    ///
    /// Returns the errors of the file system.
    pub(super) fn extend(&mut self, head: &Json, count: usize, row: impl Fn(usize) -> Json) -> io::Result<()> {
        let head = serde_json::to_string_pretty(head)?;
        let head = head.trim_end_matches("]\n}");
        let is_ours =
            head == self.head && self.rows > 0 && fs::metadata(&self.path).is_ok_and(|it| it.len() == self.bytes);
        let kept = if is_ours { self.rows } else { 0 };
        let mut text = if is_ours { String::new() } else { head.to_owned() };
        for index in kept..count {
            text.push_str(if index == 0 { "\n" } else { ",\n" });
            // A line feed within a text is written `\n`.
            let row = serde_json::to_string_pretty(&row(index))?;
            text.push_str("    ");
            text.push_str(&row.replace('\n', "\n    "));
        }
        text.push_str(END);
        let begin = self.bytes.saturating_sub(END.len() as u64);
        if is_ours {
            let mut file = OpenOptions::new().write(true).open(&self.path)?;
            file.seek(SeekFrom::Start(begin))?;
            file.write_all(text.as_bytes())?;
            self.bytes = begin + text.len() as u64;
        } else {
            replace(&self.path, text.as_bytes())?;
            self.bytes = text.len() as u64;
            head.clone_into(&mut self.head);
        }
        self.rows = count;
        Ok(())
    }
}

/// Replaces the file, or the one that a symbolic link leads to, at once.
pub(super) fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    let path = target(path);
    let unfinished = staged::beside(&path, contents)?;
    let replaced = fs::rename(&unfinished, &path);
    if replaced.is_err() {
        fs::remove_file(&unfinished).ok();
    }
    replaced
}

/// Returns the file that a chain of symbolic links leads to, which need not exist.
fn target(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    // As many links as Linux follows.
    for _ in 0..40 {
        let Ok(next) = fs::read_link(&path) else { break };
        path = path.parent().map_or_else(|| next.clone(), |directory| directory.join(&next));
    }
    path
}

/// Returns the file without the row in which a process was stopped.
pub(super) fn without_torn_row(text: &str) -> String {
    text.rfind(ROW_END).map(|end| text[..end].to_owned() + ROW_END + END).unwrap_or_default()
}
