//! One trial, a line for each of its values.

use console::measure_text_width;

/// The widest name that the others are padded to, where there is no limit.
const WIDEST: usize = 40;

/// Writes `name = value` lines, the names padded to one width; one that takes more than half of `most` columns pads no other.
pub(crate) fn upright<'a>(values: impl Iterator<Item = (&'a str, &'a str)> + Clone, most: Option<usize>) -> String {
    let most = most.map_or(WIDEST, |most| WIDEST.min(most / 2));
    let widths = values.clone().map(|(name, _)| measure_text_width(name));
    let widest = widths.filter(|width| *width <= most).max().unwrap_or_default();
    let line = |(name, value): (&str, &str)| {
        let spaces = " ".repeat(widest.saturating_sub(measure_text_width(name)));
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
        assert_eq!(upright(values.into_iter(), None), "\n  学習率 = 0.1\n  a      = 7");
    }

    #[test]
    fn a_long_name_pads_no_other() {
        let long = "n".repeat(43);
        let values = [(long.as_str(), "0.1"), ("rate", "7"), ("a", "1")];
        for most in [None, Some(40)] {
            assert_eq!(upright(values.into_iter(), most), format!("\n  {long} = 0.1\n  rate = 7\n  a    = 1"));
        }
    }
}
