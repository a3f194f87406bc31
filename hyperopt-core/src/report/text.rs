//! Text of others in reports: on one line, cut or wrapped to a width.

use console::{measure_text_width, truncate_str};

use crate::plain::{plain, plain_line};
use crate::space::Value;

/// What a table shows where a trial has no value.
pub(super) const MISSING: &str = "-";

/// Writes `value` fit for a line. Text that would look like no value is in quotation marks.
pub(super) fn shown(value: &Value) -> String {
    let text = plain_line(&value.to_string()).into_owned();
    let is_like_none = matches!(value, Value::Text(_)) && (text.trim().is_empty() || text == MISSING);
    if is_like_none { format!("\"{text}\"") } else { text }
}

/// Puts `text` on one line, cut with an ellipsis after `width` columns.
pub(super) fn shortened(text: &str, width: usize) -> String {
    let line = on_one_line(text);
    if measure_text_width(&line) > width { truncate_str(&line, width + 1, "…").into_owned() } else { line }
}

/// Puts a message on one line of at most about `width` characters. Of several lines the last one is kept in full, for it names
/// the error that the lines before lead to, and then as much as fits of the first.
pub(crate) fn summarized(text: &str, width: usize) -> String {
    // Rust's hint after a panic says nothing about the error.
    let is_said = |line: &String| !(line.is_empty() || line.starts_with("note: run with `RUST_BACKTRACE"));
    let mut lines = text.lines().map(on_one_line).filter(is_said);
    let whole = on_one_line(text);
    match (lines.next(), lines.next_back()) {
        (Some(first), Some(last)) if measure_text_width(&whole) > width => {
            let last = shortened(&last, width * 3 / 4);
            let rest = width.saturating_sub(measure_text_width(&last));
            let ellipsis = if measure_text_width(&first) > rest { "" } else { " …" };
            format!("{}{ellipsis} {last}", shortened(&first, rest))
        }
        _ => shortened(&whole, width),
    }
}

fn on_one_line(text: &str) -> String {
    plain(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// Breaks the lines of `text` between words, so that each is at most `width` columns wide; the lines that continue one are
/// indented by `indent` columns. A longer word stays whole, so that a path can be copied.
pub(super) fn wrapped(text: &str, width: Option<usize>, indent: usize) -> String {
    let Some(width) = width else { return text.to_owned() };
    let line = |line: &str| {
        let words = line.trim_start_matches(' ');
        let mut column = line.len() - words.len();
        let mut broken = " ".repeat(column);
        for (index, word) in words.split(' ').enumerate() {
            let needs = measure_text_width(word);
            if index > 0 && column > indent && column + 1 + needs > width {
                broken.push('\n');
                broken.extend(std::iter::repeat_n(' ', indent));
                column = indent;
            } else if index > 0 {
                broken.push(' ');
                column += 1;
            }
            broken.push_str(word);
            column += needs;
        }
        broken
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_has_the_first_and_the_last_line() {
        let trace =
            "exited with code 1; the last lines of standard error:\nTraceback (most recent call last):\n".to_owned();
        let (call, error) = ("  File \"train.py\", line 3, in <module>\n".repeat(4), "ValueError: no such layer");
        assert_eq!(
            summarized(&format!("{trace}{call}{error}\n\n"), 160),
            format!("exited with code 1; the last lines of standard error: … {error}")
        );
        assert_eq!(summarized("one\n  two", 160), "one two");
        let hint = "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace";
        assert!(summarized(&format!("{trace}{call}boom\n{hint}"), 160).ends_with("… boom"));
        for text in [format!("{}\n{}", "a".repeat(500), "b".repeat(500)), "a".repeat(500)] {
            let summary = summarized(&text, 160);
            assert!((150..=165).contains(&summary.chars().count()), "{summary}");
            assert!(summary.starts_with("aaa"), "{summary}");
        }
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(shortened("学習率の対数", 12), "学習率の対数");
        assert_eq!(shortened("学習率の対数", 7), "学習率…");
        assert_eq!(wrapped("学習率 学習率", Some(7), 2), "学習率\n  学習率");
    }

    #[test]
    fn lines_are_broken_between_words() {
        let text = "note: the sampler repeats points\nseed 7";
        assert_eq!(wrapped(text, Some(18), 2), "note: the sampler\n  repeats points\nseed 7");
        assert_eq!(wrapped(text, None, 2), text);
        assert_eq!(wrapped("  a = a long label", Some(12), 6), "  a = a long\n      label");
        let path = format!("see {}", "a/".repeat(20));
        assert_eq!(wrapped(&path, Some(20), 2), format!("see\n  {}", "a/".repeat(20)));
    }
}
