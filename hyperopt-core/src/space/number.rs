//! How numbers are shown.

/// Formats `value` as a table shows it: with six significant digits, without trailing zeros, and in scientific notation if it
/// is very large or very small.
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
    with_digits(value, DIGITS)
}

/// The significant digits of a number in a table.
const DIGITS: usize = 6;
/// The significant digits that identify every number.
const EXACT: usize = 17;

/// Writes each of `values` like [`number`], or with as many more digits as tell it apart from those that differ from it.
pub(crate) fn distinct_numbers(values: &[f64]) -> Vec<String> {
    let mut texts: Vec<_> = values.iter().map(|value| number(*value)).collect();
    for digits in DIGITS + 1..=EXACT {
        let with_digits = |value: f64| if digits == EXACT { shortest(value) } else { with_digits(value, digits) };
        let is_alike = |index: usize| {
            let others = values.iter().zip(&texts);
            others.into_iter().any(|(other, text)| *text == texts[index] && *other != values[index])
        };
        let alike: Vec<_> = (0..values.len()).filter(|&index| !values[index].is_nan() && is_alike(index)).collect();
        if alike.is_empty() {
            break;
        }
        for index in alike {
            texts[index] = with_digits(values[index]);
        }
    }
    texts
}

/// Writes `value` with the fewest digits that identify it.
fn shortest(value: f64) -> String {
    if (1e-4..1e17).contains(&value.abs()) { value.to_string() } else { format!("{value:e}") }
}

fn with_digits(value: f64, digits: usize) -> String {
    if !value.is_finite() || value == 0.0 {
        return value.to_string();
    }
    let after = digits - 1;
    let scientific = format!("{value:.after$e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..=digits as i32).contains(&exponent) {
        let decimals = usize::try_from(after as i32 - exponent).unwrap_or(0);
        trimmed(&format!("{value:.decimals$}")).to_owned()
    } else {
        format!("{}e{exponent}", trimmed(mantissa))
    }
}

/// `digits` without the zeros that end a fraction.
fn trimmed(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_differ_do_not_look_alike() {
        assert_eq!(distinct_numbers(&[1.0, 1.000_000_1, 2.5]), ["1", "1.0000001", "2.5"]);
        assert_eq!(distinct_numbers(&[1.0 / 3.0, 0.333_333, 1.0 / 3.0]), ["0.3333333", "0.333333", "0.3333333"]);
        assert_eq!(distinct_numbers(&[0.3, 0.1 + 0.2]), ["0.3", "0.30000000000000004"]);
        assert_eq!(distinct_numbers(&[12_345_678.0, 12_345_679.0]), ["12345678", "12345679"]);
        let same = [0.0, -0.0, f64::NAN, f64::NAN, f64::INFINITY, 7.0, 7.0];
        assert_eq!(distinct_numbers(&same), same.map(number));
    }

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
