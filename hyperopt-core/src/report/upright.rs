//! One trial, a line for each of its values.

use console::measure_text_width;

/// Writes `name = value` lines, the names padded to one width.
pub(crate) fn upright<'a>(values: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> String {
    let widest = values.clone().map(|(name, _)| measure_text_width(name)).max().unwrap_or_default();
    let line = |(name, value): (&str, &str)| {
        let spaces = " ".repeat(widest - measure_text_width(name));
        format!("\n  {name}{spaces} = {value}")
    };
    values.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_padded_by_their_width() {
        let values = [("学習率", "0.1"), ("a", "7")];
        assert_eq!(upright(values.into_iter()), "\n  学習率 = 0.1\n  a      = 7");
    }
}
