//! JSON with the numbers that Python adds to it: `NaN`, `Infinity` and `-Infinity`.

use std::borrow::Cow;
use std::fmt::Write;

use serde_json::Value as Json;

use crate::rows::text_json;

const NUMBERS: [&str; 3] = ["-Infinity", "Infinity", "NaN"];

/// Returns the text that replaces a number of [`NUMBERS`] in JSON; no other text begins with a zero.
fn stand_in(number: &str) -> String {
    format!("\"\\u0000{number}\"")
}

/// Returns `line` with text in place of the numbers that JSON cannot represent.
pub(super) fn without_numbers(line: &str) -> Cow<'_, str> {
    if !line.contains("NaN") && !line.contains("Infinity") {
        return line.into();
    }
    let mut found = String::with_capacity(line.len() + 32);
    let (mut rest, mut in_text) = (line, false);
    while let Some(first) = rest.chars().next() {
        let number = NUMBERS.into_iter().find(|number| !in_text && rest.starts_with(number));
        let length = match (number, first) {
            (Some(number), _) => {
                found.push_str(&stand_in(number));
                number.len()
            }
            (None, '\\') => rest.chars().take(2).map(char::len_utf8).sum(),
            _ => first.len_utf8(),
        };
        in_text ^= first == '"';
        let (done, left) = rest.split_at(length);
        if number.is_none() {
            found.push_str(done);
        }
        rest = left;
    }
    found.into()
}

/// Returns the JSON of `value`, with the numbers back in place of the text.
pub(super) fn with_numbers(value: &Json) -> String {
    let text = value.to_string();
    if !text.contains("\\u0000") {
        return text;
    }
    NUMBERS.into_iter().fold(text, |text, number| text.replace(&stand_in(number), number))
}

/// Returns a number, including those that JSON cannot represent.
pub(super) fn number(value: &Json) -> Option<f64> {
    match value {
        Json::String(text) => match text.strip_prefix('\0')? {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        _ => value.as_f64(),
    }
}

/// Returns an object of keys and the JSON of their values.
pub(super) fn object<K: AsRef<str>, V: AsRef<str>>(entries: impl IntoIterator<Item = (K, V)>) -> String {
    let mut text = String::from("{");
    for (key, json) in entries {
        let comma = if text.len() > 1 { "," } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(text, "{comma}{}:{}", text_json(key.as_ref()), json.as_ref());
    }
    text + "}"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_json_does_not_have_come_back() {
        let line = r#"{"a":[NaN,Infinity,-Infinity,-1.5],"b":"NaN \" Infinity","c \\":NaN}"#;
        let value: Json = serde_json::from_str(&without_numbers(line)).unwrap();
        assert_eq!(with_numbers(&value), line);
        let numbers: Vec<_> = value["a"].as_array().unwrap().iter().map(|value| number(value).unwrap()).collect();
        assert!(numbers[0].is_nan());
        assert_eq!(numbers[1..], [f64::INFINITY, f64::NEG_INFINITY, -1.5]);
        assert_eq!(value["b"], "NaN \" Infinity");
        assert_eq!(number(&value["b"]), None);
        assert!(number(&value["c \\"]).is_some_and(f64::is_nan));
    }
}
