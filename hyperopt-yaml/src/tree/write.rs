//! A tree as YAML that means the same to readers of YAML 1.1 and 1.2: what either could take for something else is quoted, and
//! floats have a point and a signed exponent.

use std::fmt::Write as _;

use crate::tree::{Entry, Key, Kind, Node, scalar};

/// Lists of scalars that are no longer than this stand on one line.
const WIDTH: usize = 100;
/// Longer keys are none of the simple ones that a parser looks ahead for.
const SIMPLE_KEY: usize = 120;

impl Node {
    /// The document, ending in a newline.
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

/// A float as YAML 1.1 and 1.2 both read it.
pub(crate) fn float(float: f64) -> String {
    if float.is_nan() {
        return ".nan".into();
    }
    if float.is_infinite() {
        return if float > 0.0 { ".inf".into() } else { "-.inf".into() };
    }
    let text = format!("{float:?}");
    match text.split_once('e') {
        Some((mantissa, exponent)) => {
            let point = if mantissa.contains('.') { "" } else { ".0" };
            let sign = if exponent.starts_with('-') { "" } else { "+" };
            format!("{mantissa}{point}e{sign}{exponent}")
        }
        None => text,
    }
}

/// A node on the rest of a line, if it is one that fits there.
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
            let text = nodes.iter().filter_map(inline).collect::<Vec<_>>().join(", ");
            (text.len() <= WIDTH).then(|| format!("[{text}]"))
        }
        Kind::Map(entries) => entries.is_empty().then(|| "{}".into()),
    }
}

/// A node on lines of its own, the first of which begins where the output stands.
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

/// Text, in quotes where it could be taken for anything else.
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
            // Line breaks to YAML 1.1, a byte order mark, and what is no character at all.
            '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                _ = write!(out, "\\u{:04X}", char as u32);
            }
            char if char.is_control() => _ = write!(out, "\\x{:02X}", char as u32),
            char => out.push(char),
        }
    }
    out.push('"');
    out
}

/// Whether text can stand without quotes: in YAML 1.1 numbers, times and the like begin with a digit, a sign or a point.
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
    use crate::tree::parse;

    /// Strings that readers of YAML stumble over, among others.
    fn text() -> impl Strategy<Value = String> {
        let odd =
            ["", "yes", "1e-4", "- a", "a: b", "a #b", "~", "2020-01-01", "a\nb", " a", "\u{85}", "'", "\"", "[", "<<"];
        prop_oneof![prop::sample::select(odd.to_vec()).prop_map(String::from), any::<String>()]
    }

    fn value() -> impl Strategy<Value = Value> {
        let number = any::<f64>().prop_filter("JSON has no such number", |float| float.is_finite());
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

    #[test]
    fn floats_are_floats_to_every_reader() {
        let cases = [(1e-4, "0.0001"), (1e-7, "1.0e-7"), (2.5e-9, "2.5e-9"), (1e20, "1.0e+20"), (3.0, "3.0")];
        for (value, expected) in cases {
            assert_eq!(float(value), expected);
        }
        assert_eq!((float(f64::INFINITY), float(-0.0)), (".inf".into(), "-0.0".into()));
    }
}
