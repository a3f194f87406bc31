//! Reads JSON as Python writes it, with `NaN` and `Infinity`.

use serde_json::Value;

/// Parses JSON as Python writes it. The words `NaN`, `Infinity` and `-Infinity`, which JSON lacks, become null.
///
/// ```
/// let value = hyperopt_yaml::read_json(r#"{"loss": NaN, "note": "NaN"}"#)?;
/// assert_eq!(value, serde_json::json!({"loss": null, "note": "NaN"}));
/// # Ok::<_, serde_json::Error>(())
/// ```
///
/// # Errors
///
/// Fails if the text is not JSON apart from these words.
pub fn read_json(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(text).or_else(|error| {
        let plain = without_words(text);
        // The positions of the second attempt are those of another text.
        if plain == text { Err(error) } else { serde_json::from_str(&plain).map_err(|_| error) }
    })
}

/// Replaces the words outside of strings by `null`.
fn without_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_string = false;
    while let Some(first) = rest.chars().next() {
        if !is_string && let Some(word) = ["-Infinity", "Infinity", "NaN"].iter().find(|word| rest.starts_with(**word))
        {
            out.push_str("null");
            rest = &rest[word.len()..];
            continue;
        }
        let length = match first {
            '\\' if is_string => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '"' => {
                is_string = !is_string;
                1
            }
            other => other.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_strings_are_left_alone() {
        let text = r#"{"a\"NaN": [-Infinity, Infinity, NaN, 1.5], "b": "\\", "NaN": "é NaN"}"#;
        let expected = serde_json::json!({"a\"NaN": [null, null, null, 1.5], "b": "\\", "NaN": "é NaN"});
        assert_eq!(read_json(text).unwrap(), expected);
        assert!(read_json("{NaN: 1}").is_err() && read_json("\"\\").is_err() && read_json("").is_err());
    }
}
