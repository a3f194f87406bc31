//! The types of plain scalars: the core schema of YAML 1.2, with the booleans of YAML 1.1, for which these files were written.

use crate::tree::node::Kind;

/// Parses `text` that is written without quotes.
pub(super) fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return Kind::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => return Kind::Bool(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Kind::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Kind::Float(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => return Kind::Float(f64::NAN),
        _ => {}
    }
    int(text).or_else(|| float(text)).unwrap_or_else(|| Kind::Text(text.to_owned()))
}

/// Parses a scalar with a tag of the core schema; `None` if the text does not fit the tag.
pub(super) fn tagged(tag: &str, text: &str) -> Option<Kind> {
    match (tag, plain(text)) {
        ("str", _) => Some(Kind::Text(text.to_owned())),
        ("float", Kind::Int(int)) => Some(Kind::Float(int as f64)),
        ("null", kind @ Kind::Null)
        | ("bool", kind @ Kind::Bool(_))
        | ("int", kind @ Kind::Int(_))
        | ("float", kind @ Kind::Float(_)) => Some(kind),
        _ => None,
    }
}

fn int(text: &str) -> Option<Kind> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is = |radix| move |digit: char| digit.is_digit(radix);
    if let Some(hex) = text.strip_prefix("0x") {
        return hex.chars().all(is(16)).then(|| i128::from_str_radix(hex, 16).ok()).flatten().map(Kind::Int);
    }
    if let Some(octal) = text.strip_prefix("0o") {
        return octal.chars().all(is(8)).then(|| i128::from_str_radix(octal, 8).ok()).flatten().map(Kind::Int);
    }
    if digits.is_empty() || !digits.chars().all(is(10)) {
        return None;
    }
    // Digits that are too many for an integer are still a number.
    text.parse().map(Kind::Int).ok().or_else(|| text.parse().map(Kind::Float).ok())
}

fn float(text: &str) -> Option<Kind> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let all_digits = |text: &str| text.chars().all(|digit| digit.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_float = all_digits(whole)
        && all_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| !exponent.is_empty() && all_digits(exponent));
    is_float.then(|| text.parse().ok()).flatten().map(Kind::Float)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        format!("{:?}", plain(text))
    }

    #[test]
    fn scalars_are_what_they_look_like() {
        let cases = [
            ("12", "Int(12)"),
            ("-0x1", "Text(\"-0x1\")"),
            ("0x1F", "Int(31)"),
            ("1e-4", "Float(0.0001)"),
            ("1.", "Float(1.0)"),
            (".5", "Float(0.5)"),
            (".", "Text(\".\")"),
            ("e5", "Text(\"e5\")"),
            ("1_000", "Text(\"1_000\")"),
            ("inf", "Text(\"inf\")"),
            ("-.inf", "Float(-inf)"),
            ("yes", "Bool(true)"),
            ("~", "Null"),
            ("0x", "Text(\"0x\")"),
            ("+", "Text(\"+\")"),
            ("1e", "Text(\"1e\")"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert!(matches!(plain(&"9".repeat(60)), Kind::Float(_)));
    }
}
