//! Lines that resemble an object of JSON, and what keeps them from being one.

use std::fmt;

use serde_json::Value;

use super::json::{parse, without_mark};
use super::path::shortened;

/// The maximum length of a line that is examined, in bytes.
const LONGEST: usize = 1 << 14;

/// A line that resembles an object of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NearMiss {
    line: String,
    fault: String,
}

impl fmt::Display for NearMiss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the line `{}` on standard output {}", self.line, self.fault)
    }
}

/// Returns what keeps a line from being an object of JSON; `None` if it does not resemble one.
pub(super) fn near_miss(line: &[u8]) -> Option<NearMiss> {
    let line = without_mark(line).trim_ascii();
    let start = line.iter().take(LONGEST).position(|&byte| byte == b'{')?;
    if line.len() > LONGEST {
        return None;
    }
    let line = std::str::from_utf8(line).ok()?;
    let fault = fault(line, start)?;
    Some(NearMiss { line: shortened(line), fault })
}

fn fault(line: &str, start: usize) -> Option<String> {
    if line.starts_with('[') {
        let is_list = parse(line.as_bytes()).is_ok_and(|value| value.is_array());
        return is_list.then(|| "is a list; print its object alone, without `[` and `]`".into());
    }
    let mut values = serde_json::Deserializer::from_str(&line[start..]).into_iter::<Value>();
    let first = values.next()?;
    let after = start + values.byte_offset();
    match first {
        Ok(Value::Object(parts)) if !parts.is_empty() => Some(if start > 0 {
            "has text before its object; print the object on a line of its own".into()
        } else if after < line.len() {
            "has text after its object; print the object on a line of its own".into()
        } else {
            "is no object".into()
        }),
        Err(_) if start == 0 && line.starts_with("{'") => {
            Some("is Python and no JSON; write `print(json.dumps(…))` of the same".into())
        }
        Err(error) if start == 0 && line.starts_with("{\"") => Some(format!("is no JSON: {error}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_line_from_being_an_object_is_said() {
        let said = |line: &str| near_miss(line.as_bytes()).map(|near| near.to_string()).unwrap_or_default();
        assert_eq!(
            said("[{\"loss\": 0.5}]"),
            "the line `[{\"loss\": 0.5}]` on standard output is a list; print its object alone, without `[` and `]`"
        );
        assert!(said("  {\"loss\": 0.5}  trailing").contains("has text after its object"));
        assert!(said("INFO {\"loss\": 0.5}").contains("has text before its object"));
        assert!(said("{'loss': 0.5}").contains("`print(json.dumps(…))`"));
        assert!(said("{\"loss\": 0.5").contains("is no JSON: EOF while parsing an object"));
        assert!(said("{\"loss\": 0,5}").contains("is no JSON: "));
        for line in ["", "loss=0.5", "[INFO] {x}", "{x} of {y}", "fn main() {}", "[1, 2]", "0.5", "{"] {
            assert_eq!(said(line), "", "{line}");
        }
        assert!(near_miss(&vec![b'{'; LONGEST + 1]).is_none());
        assert!(near_miss(b"{\"\xff\": 1} x").is_none());
    }
}
