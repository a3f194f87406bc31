//! Times in ISO 8601.

const DAY: i64 = 86_400;

/// Returns the time `micros` microseconds after 1970 in ISO 8601, in UTC.
pub(super) fn iso(micros: i64) -> String {
    let (seconds, fraction) = (micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000));
    let (days, clock) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    // Years from March on, so that leap days come last; 400 of them are an era, which begins in March of the year 0.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, year) = (day - (153 * month + 2) / 5 + 1, year + era * 400 + i64::from(month >= 10));
    let month = if month < 10 { month + 3 } else { month - 9 };
    let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:06}+00:00")
}

/// Returns the seconds from 1970 to a time in ISO 8601, which is in UTC unless it has an offset; none if it is no time of the
/// years 0 to 9999.
pub(super) fn seconds(iso: &str) -> Option<f64> {
    let (date, clock) = iso.split_once(['T', ' '])?;
    let mut date = date.split('-').map(str::parse::<i64>);
    let (year, month, day) = (date.next()?.ok()?, date.next()?.ok()?, date.next()?.ok()?);
    // What a calendar of four digits has; others would overflow.
    if !(0..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (clock, offset) = match clock.rfind(['+', '-', 'Z']) {
        Some(at) => clock.split_at(at),
        None => (clock, "Z"),
    };
    let parts = |text: &str| text.split(':').map(str::parse::<f64>).collect::<Result<Vec<_>, _>>().ok();
    let sum = |parts: Vec<f64>| parts.iter().zip([3600.0, 60.0, 1.0]).map(|(part, unit)| part * unit).sum::<f64>();
    let offset = match offset.split_at_checked(1)? {
        ("+", offset) => sum(parts(offset)?),
        ("-", offset) => -sum(parts(offset)?),
        _ => 0.0,
    };
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let days = of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1;
    let seconds = ((era * 146_097 + days - 719_468) * DAY) as f64 + sum(parts(clock)?) - offset;
    seconds.is_finite().then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed by Python's `datetime`.
    #[test]
    fn moments_are_those_of_the_calendar() {
        let moments = [
            (0, "1970-01-01T00:00:00.000000+00:00"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000+00:00"),
            (1_709_251_199_999_999, "2024-02-29T23:59:59.999999+00:00"),
            (1_709_251_200_000_000, "2024-03-01T00:00:00.000000+00:00"),
            (4_107_542_399_500_000, "2100-02-28T23:59:59.500000+00:00"),
            (4_107_542_400_000_000, "2100-03-01T00:00:00.000000+00:00"),
            (-1_000_000, "1969-12-31T23:59:59.000000+00:00"),
        ];
        for (micros, text) in moments {
            assert_eq!(iso(micros), text);
            assert_eq!(seconds(text).map(|seconds| (seconds * 1e6).round() as i64), Some(micros), "{text}");
        }
        for text in
            ["2024-03-01 00:00:00", "2024-03-01T02:30:00+02:30", "2024-02-29T22:00:00.0-02:00", "2024-03-01T00:00:00Z"]
        {
            assert_eq!(seconds(text), Some(1_709_251_200.0), "{text}");
        }
        let wrong = ["9223372036854775807-03-01T00:00", "2024-13-01T00:00", "2024-03-99T00:00", "2024-03-01Tinf:00"];
        for text in ["", "2024-03-01", "2024-03T00:00", "noon", "2024-03-01Tnoon"].into_iter().chain(wrong) {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
