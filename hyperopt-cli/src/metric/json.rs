//! JSON as Python writes it, with `NaN` and `Infinity`, and with numbers beyond the range of floats.

use serde_json::Value;

/// Parses the object on a line; `None` for anything else. NaN and the infinities become text, which [`number`] understands.
pub(crate) fn object(line: &[u8]) -> Option<Value> {
    let line = without_mark(line).trim_ascii();
    if !(line.starts_with(b"{") && line.ends_with(b"}")) {
        return None;
    }
    parse(line).ok().filter(Value::is_object)
}

/// Returns `bytes` without a byte-order mark at their start.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Parses `bytes`, including `NaN` and `Infinity`.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(bytes).or_else(|error| {
        let quoted = quote_unusual(bytes);
        if quoted.len() == bytes.len() { Err(error) } else { serde_json::from_slice(&quoted).map_err(|_| error) }
    })
}

/// Returns whether `text` is a number beyond the range of floats, such as `1e400`, which is kept as text.
pub(crate) fn is_beyond(text: &str) -> bool {
    text.trim_start_matches(['-', '+']).starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && text.parse().is_ok_and(f64::is_infinite)
}

/// Returns the number in `value`, or the NaN or infinity that its text names.
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => match text.as_str() {
            "NaN" | "nan" => Some(f64::NAN),
            "Infinity" | "inf" => Some(f64::INFINITY),
            "-Infinity" | "-inf" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        _ => None,
    }
}

/// Returns `bytes` with quotes around the constants outside of strings, and around numbers beyond the range of floats.
fn quote_unusual(bytes: &[u8]) -> Vec<u8> {
    let mut quoted = Vec::with_capacity(bytes.len() + 8);
    let (mut at, mut in_string) = (0, false);
    while at < bytes.len() {
        let rest = &bytes[at..];
        let constant = [&b"-Infinity"[..], b"Infinity", b"NaN"].into_iter().find(|name| rest.starts_with(name));
        let constant = constant.or_else(|| beyond(rest));
        match (in_string, rest[0], constant) {
            (true, b'\\', _) => {
                quoted.extend_from_slice(&rest[..rest.len().min(2)]);
                at += 2;
            }
            (false, _, Some(name)) => {
                quoted.push(b'"');
                quoted.extend_from_slice(name);
                quoted.push(b'"');
                at += name.len();
            }
            (false, b'0'..=b'9', _) => {
                let number = &rest[..number_length(rest)];
                quoted.extend_from_slice(number);
                at += number.len();
            }
            (_, byte, _) => {
                in_string ^= byte == b'"';
                quoted.push(byte);
                at += 1;
            }
        }
    }
    quoted
}

fn number_length(bytes: &[u8]) -> usize {
    let is_part = |byte: &u8| byte.is_ascii_digit() || b".eE+-".contains(byte);
    bytes.iter().position(|byte| !is_part(byte)).unwrap_or(bytes.len())
}

/// Returns the number at the start of `bytes`, if it is beyond the range of floats.
fn beyond(bytes: &[u8]) -> Option<&[u8]> {
    if !matches!(bytes.first()?, b'-' | b'0'..=b'9') {
        return None;
    }
    let number = &bytes[..number_length(bytes)];
    std::str::from_utf8(number).is_ok_and(is_beyond).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pythons_constants_are_numbers() {
        let found = object(br#" {"a": NaN, "b": [-Infinity, Infinity], "NaN \" NaN": "NaN, Infinity"} "#).unwrap();
        assert!(number(&found["a"]).unwrap().is_nan());
        assert_eq!(number(&found["b"][0]), Some(f64::NEG_INFINITY));
        assert_eq!(number(&found["b"][1]), Some(f64::INFINITY));
        assert_eq!(found["NaN \" NaN"], "NaN, Infinity");
    }

    #[test]
    fn what_is_no_object_is_passed_over() {
        for line in
            ["", "0.5", "[1]", "{", "{}}", "{\"a\": }", "{a: 1}", "loss {\"a\": 1}", "\"{}\"", "{\"a\": \"\\", "NaN"]
        {
            assert!(object(line.as_bytes()).is_none(), "{line}");
        }
        assert!(object(&[b'{', 0xff, b'}']).is_none());
        assert!(object("[".repeat(100_000).as_bytes()).is_none());
        assert!(object(format!("{{\"a\": {}", "[".repeat(100_000)).as_bytes()).is_none());
    }

    #[test]
    fn numbers_beyond_the_range_of_floats_are_text() {
        let found = object(br#"{"a": 1e400, "b": [-2.5E+999, 12], "c": 1e-400, "1e400": "1e400 NaN"}"#).unwrap();
        assert_eq!(found, serde_json::json!({"a": "1e400", "b": ["-2.5E+999", 12], "c": 0.0, "1e400": "1e400 NaN"}));
        assert!(is_beyond("1e400") && is_beyond("-2.5E+999"));
        assert!(!(is_beyond("inf") || is_beyond("-Infinity") || is_beyond("1e300") || is_beyond("1e400x")));
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(object(b"\xef\xbb\xbf{\"a\": 1}"), object(b"{\"a\": 1}"));
    }

    #[test]
    fn only_numbers_are_numbers() {
        for text in ["\"0.5\"", "true", "null", "[1]", "{}", "\"\""] {
            assert_eq!(number(&serde_json::from_str(text).unwrap()), None, "{text}");
        }
        assert_eq!(number(&serde_json::json!(3)), Some(3.0));
    }
}
