//! How durations are shown.

use std::time::Duration;

/// Formats a duration with at most two units, and with a fraction below a minute only.
///
/// ```
/// use std::time::Duration;
///
/// use hyperopt_core::duration;
///
/// assert_eq!(duration(Duration::from_micros(12)), "12.0 µs");
/// assert_eq!(duration(Duration::from_millis(1250)), "1.25 s");
/// assert_eq!(duration(Duration::from_secs(10_800)), "3 h 0 min");
/// ```
#[must_use]
pub fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    // Each bound is where the rounded number would need the next unit.
    match seconds {
        0.0..0.999_95e-3 => format!("{:.1} µs", seconds * 1e6),
        0.999_95e-3..0.999_95 => format!("{:.1} ms", seconds * 1e3),
        0.999_95..59.995 => format!("{seconds:.2} s"),
        _ => whole(seconds.round() as u64),
    }
}

fn whole(seconds: u64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match (days, hours) {
        (0, 0) => format!("{minutes} min {} s", seconds % 60),
        (0, _) => format!("{hours} h {} min", minutes % 60),
        _ => format!("{days} d {} h", hours % 24),
    }
}

/// Writes a duration for a clock that ticks: `12 s`, `1:15`, `3:02:15`, `2 d 3 h`.
pub(crate) fn clock(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes}:{seconds:02}"),
        (hours @ ..24, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
        _ => whole(seconds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_write_them() {
        let cases = [
            (0.0, "0.0 µs"),
            (12e-6, "12.0 µs"),
            (999.97e-6, "1.0 ms"),
            (0.25, "250.0 ms"),
            (0.999_96, "1.00 s"),
            (1.2, "1.20 s"),
            (59.994, "59.99 s"),
            (59.996, "1 min 0 s"),
            (61.6, "1 min 2 s"),
            (3599.6, "1 h 0 min"),
            (10_800.0, "3 h 0 min"),
            (90_061.0, "1 d 1 h"),
            (1e15, "11574074074 d 1 h"),
        ];
        for (seconds, text) in cases {
            assert_eq!(duration(Duration::from_secs_f64(seconds)), text);
        }
        let clocks = [(59_999, "59 s"), (75_000, "1:15"), (3_600_000, "1:00:00"), (90_061_000, "1 d 1 h")];
        for (milliseconds, text) in clocks {
            assert_eq!(clock(Duration::from_millis(milliseconds)), text);
        }
    }
}
