//! Writes a tree as YAML that means the same to readers of YAML 1.1 and 1.2: text that either could take for something else is
//! quoted.

use std::fmt::Write as _;

use hyperopt_core::plain::is_command;
use itertools::Itertools;

use crate::tree::float::float;
use crate::tree::node::{Entry, Key, Kind, Node};
use crate::tree::scalar;

/// The maximum width of a list of scalars on one line.
const WIDTH: usize = 100;
/// The maximum length of a simple key, for which a parser looks ahead.
const SIMPLE_KEY: usize = 120;

impl Node {
    /// Writes the document, with a newline at its end.
    pub(crate) fn to_yaml(&self) -> String {
        let mut out = String::new();
        match inline(self) {
            Some(text) => out.push_str(&text),
            None => block(self, 0, &mut out),
        }
        if !out.ends_with('\n') {
            out.push('\n');
        }
        out
    }
}

/// Formats a node that fits on the rest of a line; `None` for any other.
fn inline(node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Null => Some("null".into()),
        Kind::Bool(bool) => Some(bool.to_string()),
        Kind::Int(int) => Some(int.to_string()),
        Kind::Float(value) => Some(float(*value)),
        Kind::Text(text) => Some(quoted(text)),
        Kind::List(nodes) => {
            let is_short = |node: &Node| !matches!(node.kind, Kind::List(_) | Kind::Map(_));
            if !nodes.iter().all(is_short) {
                return None;
            }
            let text = nodes.iter().filter_map(inline).join(", ");
            (text.len() <= WIDTH).then(|| format!("[{text}]"))
        }
        Kind::Map(entries) => entries.is_empty().then(|| "{}".into()),
    }
}

/// Writes a node on lines of its own, the first of which continues the current line.
fn block(node: &Node, indent: usize, out: &mut String) {
    let begin = |index: usize, out: &mut String| {
        if index > 0 {
            out.push_str(&" ".repeat(indent));
        }
    };
    match &node.kind {
        Kind::List(nodes) => {
            for (index, node) in nodes.iter().enumerate() {
                begin(index, out);
                out.push_str("- ");
                match inline(node) {
                    Some(text) => _ = writeln!(out, "{text}"),
                    None => block(node, indent + 2, out),
                }
            }
        }
        Kind::Map(entries) => {
            for (index, Entry { key, value }) in entries.iter().enumerate() {
                begin(index, out);
                let key = key_text(key);
                if key.len() > SIMPLE_KEY {
                    _ = write!(out, "? {key}\n{}:", " ".repeat(indent));
                } else {
                    _ = write!(out, "{key}:");
                }
                if let Some(text) = inline(value) {
                    _ = writeln!(out, " {text}");
                } else {
                    _ = write!(out, "\n{}", " ".repeat(indent + 2));
                    block(value, indent + 2, out);
                }
            }
        }
        _ => {}
    }
}

fn key_text(key: &Key) -> String {
    if key.is_plain { key.text.clone() } else { quoted(&key.text) }
}

/// Formats text, in quotes if it could be taken for something else.
fn quoted(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // Line breaks of YAML 1.1, the byte order mark, and code points that are not characters.
            '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                _ = write!(out, "\\u{:04X}", char as u32);
            }
            char if char.is_control() => _ = write!(out, "\\x{:02X}", char as u32),
            // Marks that reorder the text around them.
            char if is_command(char) => _ = write!(out, "\\u{:04X}", char as u32),
            char => out.push(char),
        }
    }
    out.push('"');
    out
}

/// Returns whether text needs no quotes. In YAML 1.1 numbers, times and the like begin with a digit, a sign or a point.
fn is_plain(text: &str) -> bool {
    let is_word = |char: char| char.is_ascii_alphanumeric() || "_-./ +@".contains(char);
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_' || first == '/')
        && !text.ends_with(' ')
        && text.chars().all(is_word)
        && !matches!(text, "y" | "Y" | "n" | "N")
        && matches!(scalar::plain(text), Kind::Text(_))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::tree::parse::parse;

    /// Strings, among them those that readers of YAML stumble over.
    fn text() -> impl Strategy<Value = String> {
        let odd =
            ["", "yes", "1e-4", "- a", "a: b", "a #b", "~", "2020-01-01", "a\nb", " a", "\u{85}", "'", "\"", "[", "<<"];
        prop_oneof![prop::sample::select(odd.to_vec()).prop_map(String::from), any::<String>()]
    }

    fn value() -> impl Strategy<Value = Value> {
        let number = any::<f64>().prop_filter("JSON cannot represent it", |float| float.is_finite());
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            number.prop_map(Value::from),
            text().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            let map = prop::collection::vec((text(), inner.clone()), 0..5);
            prop_oneof![
                prop::collection::vec(inner, 0..5).prop_map(Value::from),
                map.prop_map(|pairs| Value::Object(pairs.into_iter().filter(|(key, _)| key != "<<").collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_is_read_again(value in value()) {
            let text = Node::of(&value).to_yaml();
            let read = parse(&text).map_err(|faults| TestCaseError::fail(format!("{faults:?} in\n{text}")))?;
            prop_assert_eq!(read.to_value(), value, "{}", text);
        }
    }
}
