//! JSON as Python writes it, with `NaN` and `Infinity`.

use serde_json::Value;

/// Parses the object on a line; `None` for anything else. NaN and the infinities become text, which [`number`] understands.
pub(crate) fn object(line: &[u8]) -> Option<Value> {
    let line = line.trim_ascii();
    if !(line.starts_with(b"{") && line.ends_with(b"}")) {
        return None;
    }
    parse(line).ok().filter(Value::is_object)
}

/// Parses `bytes`, including `NaN` and `Infinity`.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(bytes).or_else(|error| {
        let quoted = quote_constants(bytes);
        if quoted.len() == bytes.len() { Err(error) } else { serde_json::from_slice(&quoted).map_err(|_| error) }
    })
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

/// Returns `bytes` with quotes around the constants outside of strings.
fn quote_constants(bytes: &[u8]) -> Vec<u8> {
    let mut quoted = Vec::with_capacity(bytes.len() + 8);
    let (mut at, mut in_string) = (0, false);
    while at < bytes.len() {
        let rest = &bytes[at..];
        let constant = [&b"-Infinity"[..], b"Infinity", b"NaN"].into_iter().find(|name| rest.starts_with(name));
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
            (_, byte, _) => {
                in_string ^= byte == b'"';
                quoted.push(byte);
                at += 1;
            }
        }
    }
    quoted
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
    fn only_numbers_are_numbers() {
        for text in ["\"0.5\"", "true", "null", "[1]", "{}", "\"\""] {
            assert_eq!(number(&serde_json::from_str(text).unwrap()), None, "{text}");
        }
        assert_eq!(number(&serde_json::json!(3)), Some(3.0));
    }
}
