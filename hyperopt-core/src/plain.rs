//! Makes untrusted text safe for a terminal: names, labels and messages come from databases, files and programs.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// Shown in place of a character that is not.
const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// Returns whether a terminal might interpret `char` instead of showing it: a control character (C0, DEL, C1), a separator of
/// lines or paragraphs, or a mark that reorders the text around it.
#[must_use]
pub fn is_command(char: char) -> bool {
    let reorders =
        matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    char.is_control() || reorders || matches!(char, '\u{2028}' | '\u{2029}')
}

/// Returns `text` with U+FFFD in place of each character that a terminal might interpret, except for line feeds and tabs.
///
/// ```
/// use hyperopt_core::plain::plain;
///
/// assert_eq!(plain("lr = 1e-3\n"), "lr = 1e-3\n");
/// assert_eq!(plain("\u{1b}]0;owned\u{7}lr"), "\u{fffd}]0;owned\u{fffd}lr");
/// ```
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    replaced(text, |char| is_command(char) && !matches!(char, '\n' | '\t'))
}

/// Returns `text` as [`plain`] does, on one line: a name or a label, which could otherwise pass for a line of its own.
#[must_use]
pub fn plain_line(text: &str) -> Cow<'_, str> {
    replaced(text, is_command)
}

fn replaced(text: &str, is_bad: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.contains(&is_bad) {
        text.chars().map(|char| if is_bad(char) { REPLACEMENT } else { char }).collect()
    } else {
        text.into()
    }
}

/// Returns `json` with escapes (`\u009b`) in place of each character that a terminal might interpret. The document stays the
/// same, since such characters occur within strings only; those below U+0020 are escaped, or are between the values.
#[must_use]
pub fn plain_json(json: &str) -> Cow<'_, str> {
    let is_bad = |char: char| char >= '\u{20}' && is_command(char);
    if !json.contains(is_bad) {
        return json.into();
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for char in json.chars() {
        if is_bad(char) {
            _ = write!(escaped, "\\u{:04x}", u32::from(char));
        } else {
            escaped.push(char);
        }
    }
    escaped.into()
}

/// A writer of text that passes everything through [`plain`].
#[derive(Debug)]
pub(crate) struct Plain<W>(pub(crate) W);

impl<W: fmt::Write> fmt::Write for Plain<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write_str(&plain(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_replaced() {
        for text in ["\u{1b}[31m", "\u{9b}31m", "\r", "\u{7}", "\u{8}", "\u{7f}", "\0", "\u{85}"] {
            let name = format!("a{text}b");
            assert!(!plain(&name).contains(is_command), "{name:?}");
            assert_eq!(plain(&name).chars().count(), name.chars().count());
        }
        for mark in ['\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{200e}', '\u{200f}', '\u{61c}', '\u{2028}'] {
            assert_eq!(plain(&format!("a{mark}b")), "a\u{fffd}b");
        }
        assert_eq!(plain("a\n\tb"), "a\n\tb");
        assert_eq!(plain_line("a\n\tb"), "a\u{fffd}\u{fffd}b");
        assert!(matches!(plain("größe, 学習率, κ ≤ 0, 👩‍🔬"), Cow::Borrowed(_)));
        let mut out = String::new();
        write!(Plain(&mut out), "\u{1b}: {}", 7).unwrap();
        assert_eq!(out, "\u{fffd}: 7");
    }

    #[test]
    fn json_stays_the_same_document() {
        let json = "{\n  \"a\u{9b}\": \"\u{202e}b\\u001b\\n\"\n}";
        let escaped = plain_json(json);
        assert_eq!(escaped, "{\n  \"a\\u009b\": \"\\u202eb\\u001b\\n\"\n}");
        assert!(matches!(plain_json("{\n\"a\": 1}"), Cow::Borrowed(_)));
    }
}
