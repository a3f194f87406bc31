//! Numbers of things, as a sentence has them.

/// `1 goal`, `2 goals`, `0 probabilities`
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_singular() {
        let written = [counted(1, "label"), counted(2, "label"), counted(0, "trial"), counted(3, "probability")];
        assert_eq!(written, ["1 label", "2 labels", "0 trials", "3 probabilities"]);
    }
}
