//! Durations on the command line: `90s`, `15m`, `2h`, `1d`.

use std::time::Duration;

/// The maximum: ten years.
const LONGEST: Duration = Duration::from_hours(10 * 365 * 24);

/// Parses `90s`, `15m`, `2h`, `1d`, `250ms`, or seconds without a unit. Zero, negative and longer durations are errors.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let advice = || format!("`{text}` is not a duration above 0 and up to ten years; write 90s, 15m, 2h or 1d");
    let digits = text.find(|char: char| char.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let seconds = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        "d" => 86_400.0,
        _ => return Err(advice()),
    };
    let number: f64 = number.trim().parse().map_err(|_| advice())?;
    let length = Duration::try_from_secs_f64(number * seconds).map_err(|_| advice())?;
    if length.is_zero() || length > LONGEST { Err(advice()) } else { Ok(length) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_have_units() {
        assert_eq!(duration("90"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("1.5h"), Ok(Duration::from_mins(90)));
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        for wrong in ["", "s", "0", "-1s", "5 years", "1e400s", "inf", "nan", "1y", "4000d"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
