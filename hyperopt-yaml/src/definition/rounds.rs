//! The size of Hyperband's rounds.

/// Returns the number of rounds of Hyperband that start `configurations`; at least 1.
pub(crate) fn rounds(configurations: u64, min: f64, max: f64, eta: f64) -> u64 {
    configurations.div_ceil(a_round(min, max, eta).max(1)).max(1)
}

/// Returns the number of configurations that one round of Hyperband starts, in all brackets.
pub(crate) fn a_round(min: f64, max: f64, eta: f64) -> u64 {
    let mut s_max = 0;
    let mut power = eta;
    while power <= max / min * (1.0 + 1e-12) && s_max < 64 {
        power *= eta;
        s_max += 1;
    }
    let all = f64::from(s_max + 1);
    (0..=s_max).map(|s| (all / f64::from(s + 1) * eta.powi(s) - 1e-9).ceil() as u64).fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_starts_what_the_paper_says() {
        assert_eq!(a_round(1.0, 81.0, 3.0), 81 + 34 + 15 + 8 + 5);
        assert_eq!((rounds(10, 1.0, 81.0, 3.0), rounds(144, 1.0, 81.0, 3.0)), (1, 2));
    }
}
