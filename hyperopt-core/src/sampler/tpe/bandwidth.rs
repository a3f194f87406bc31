//! The least bandwidth of the kernels along an axis with an order.

use super::options::Options;

/// The number of trials up to which the option holds as it is: Watanabe 2023 has measured it on sweeps of 200 trials.
const AS_SET: f64 = 100.0;

/// The growth in the number of trials from one least bandwidth to the next. Each step fits most kernels anew, which takes
/// longer than the rest of a suggestion.
const STEP: f64 = 1.25;

/// Returns the least bandwidth for a density of `kernels` in `dimensions` dimensions, after `trials` trials, in units of the axis.
///
/// It is the larger of two. One is `(1 + kernels)` to the power of −(1 + 2 / d), the "magic clipping" of Watanabe 2023, section
/// 3.3. The other is the option, times (100 / n) to the power of 3 / d after more than 100 trials: with a constant one, in one
/// to three dimensions, a sweep stops refining as soon as the better trials lie closer together than that. In more dimensions
/// it shrinks more slowly, as distances do.
pub(super) fn least(options: &Options, trials: usize, kernels: usize, dimensions: usize) -> f64 {
    let d = dimensions as f64;
    let mut counted = AS_SET;
    while counted * STEP <= trials as f64 {
        counted *= STEP;
    }
    let option = options.min_bandwidth * (AS_SET / counted).powf(3.0 / d);
    option.max((1.0 + kernels as f64).powf(-(1.0 + 2.0 / d))).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_shrinks_with_trials_and_less_in_more_dimensions() {
        let least = |trials, dimensions| least(&Options::default(), trials, 26, dimensions);
        assert!([1, 2, 5, 10].iter().all(|&d| least(10, d) == 0.03 && least(124, d) == 0.03));
        assert!((least(125, 3) - 0.03 / 1.25).abs() < 1e-15);
        assert!((least(500, 3) - 0.03 / 1.25_f64.powi(7)).abs() < 1e-15);
        assert!(least(1000, 1) < least(1000, 2) && least(1000, 2) < least(1000, 5));
        // Not below what so few kernels allow.
        assert_eq!(least(1_000_000, 2), 27_f64.powi(-2));
        assert_eq!(least(usize::MAX, 10), 27_f64.powf(-1.2));
    }
}
