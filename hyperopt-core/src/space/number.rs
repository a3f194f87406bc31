//! How numbers are shown.

/// Writes `value` as a table shows it: six significant digits, without trailing zeros; powers of ten where it is very large or
/// very small.
///
/// ```
/// use hyperopt_core::number;
///
/// assert_eq!(number(0.25), "0.25");
/// assert_eq!(number(1.0 / 3.0), "0.333333");
/// assert_eq!(number(2.5e-7), "2.5e-7");
/// assert_eq!(number(f64::NAN), "NaN");
/// ```
#[must_use]
pub fn number(value: f64) -> String {
    if !value.is_finite() || value == 0.0 {
        return value.to_string();
    }
    let scientific = format!("{value:.5e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..7).contains(&exponent) {
        let decimals = usize::try_from(5 - exponent).unwrap_or(0);
        trimmed(&format!("{value:.decimals$}")).to_owned()
    } else {
        format!("{}e{exponent}", trimmed(digits))
    }
}

/// `digits` without the zeros that end a fraction.
fn trimmed(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn six_digits_and_no_more() {
        let cases = [
            (0.0, "0"),
            (-1.5, "-1.5"),
            (3.0, "3"),
            (100.0, "100"),
            (123_456.7, "123457"),
            (1_234_567.0, "1234567"),
            (12_345_678.0, "1.23457e7"),
            (0.000_123_456_78, "0.000123457"),
            (0.000_012, "1.2e-5"),
            (0.999_999_9, "1"),
            (-2e300, "-2e300"),
            (f64::INFINITY, "inf"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }
}
