//! Whole numbers on the command line.

use std::str::FromStr;

/// The maximum of `--workers`: each worker has a thread, and a process or more.
pub(crate) const MAX_WORKERS: usize = 1000;

/// Parses a number of trials.
pub(super) fn samples(text: &str) -> Result<u64, String> {
    whole(text, |count| *count >= 1, || "write a whole number, 1 or more".into())
}

/// Parses the total budget of `--spend`.
pub(super) fn spend(text: &str) -> Result<f64, String> {
    let is_fit = |spend: &f64| spend.is_finite() && *spend > 0.0;
    text.parse().ok().filter(is_fit).ok_or_else(|| "write a number above 0".into())
}

/// Parses a number of workers.
pub(super) fn workers(text: &str) -> Result<u16, String> {
    let advice = || format!("write a whole number from 1 to {MAX_WORKERS}");
    whole(text, |count| (1..=MAX_WORKERS).contains(&usize::from(*count)), advice)
}

/// Parses a seed.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    whole(text, |_| true, || format!("write a whole number from 0 to {}", u64::MAX))
}

/// Parses the number of a trial.
pub(super) fn trial(text: &str) -> Result<usize, String> {
    whole(text, |_| true, || "write the number of a trial, 0 or more".into())
}

fn whole<T: FromStr>(text: &str, is_fit: impl Fn(&T) -> bool, advice: impl Fn() -> String) -> Result<T, String> {
    text.parse().ok().filter(is_fit).ok_or_else(advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_does_not_fit_is_told_what_to_write() {
        assert_eq!((samples("7"), workers("1000"), seed("0"), trial("0")), (Ok(7), Ok(1000), Ok(0), Ok(0)));
        for wrong in ["0", "-1", "1.5", "many", "", "99999999999999999999"] {
            assert_eq!(samples(wrong), Err("write a whole number, 1 or more".into()), "{wrong}");
            assert_eq!(workers(wrong), Err("write a whole number from 1 to 1000".into()), "{wrong}");
        }
        assert!(workers("1001").is_err() && workers("70000").is_err());
        assert_eq!(seed("-1"), Err("write a whole number from 0 to 18446744073709551615".into()));
        assert_eq!(trial("last"), Err("write the number of a trial, 0 or more".into()));
    }
}
