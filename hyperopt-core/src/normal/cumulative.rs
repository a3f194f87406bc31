//! The density of the standard normal distribution and its integral Φ, accurate far into the tails.

use std::f64::consts::FRAC_1_SQRT_2;
#[cfg(feature = "models")]
use std::f64::consts::TAU;

use libm::erfc;

/// φ(z), the density at `z`.
#[cfg(feature = "models")]
pub(crate) fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / TAU.sqrt()
}

/// Φ(z), the probability that a standard normal deviate is at most `z`; NaN for NaN.
///
/// It underflows to 0 beyond 38 deviations below the mean, and rounds to 1 from 8.3 above it.
pub(crate) fn probability(z: f64) -> f64 {
    0.5 * erfc(-z * FRAC_1_SQRT_2)
}

/// Returns the probability of the interval from `a` to `b`, where a ≤ b.
pub(crate) fn mass(a: f64, b: f64) -> f64 {
    // Two numbers near 1 would cancel each other: the upper tail is the lower one, mirrored.
    let (a, b) = if a > 0.0 { (-b, -a) } else { (a, b) };
    if b <= 0.0 { probability(b) - probability(a) } else { 1.0 - probability(a) - probability(-b) }
}

/// Returns the logarithm of [`mass`], at least −708.
pub(crate) fn log_mass(a: f64, b: f64) -> f64 {
    mass(a, b).ln().max(-708.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By `scipy.stats.norm.cdf`, `SciPy` 1.17.1, and tables.
    #[test]
    fn probabilities_are_those_of_the_normal_distribution() {
        let lower = [
            (0.0, 0.5),
            (-0.5, 0.308_537_538_725_986_9),
            (-2.0, 0.022_750_131_948_179_195),
            (-3.0, 0.001_349_898_031_630_094_5),
            (-3.9, 4.809_634_401_760_261_4e-5),
            (-4.1, 2.065_750_691_254_671_7e-5),
            (-9.0, 1.128_588_405_953_832_4e-19),
            (-30.0, 4.906_713_927_147_908e-198),
        ];
        for (z, expected) in lower {
            let found = probability(z);
            assert!((found / expected - 1.0).abs() < 1e-12, "{found:e} for {expected:e} at {z}");
        }
        for (z, expected) in [(1.0, 0.841_344_746_068_542_9), (1.5, 0.933_192_798_731_141_9), (9.0, 1.0)] {
            assert!((probability(z) - expected).abs() < 1e-15, "{}", probability(z));
        }
    }

    #[test]
    fn probabilities_add_up_to_one_and_grow() {
        let mut last = 0.0;
        for step in -800..=800 {
            let z = f64::from(step) / 100.0;
            let below = probability(z);
            assert!((below + probability(-z) - 1.0).abs() < 1e-15, "{z}");
            assert!(below > last || z > 7.0, "{z}");
            last = below;
        }
    }

    #[test]
    fn ends_are_ends() {
        let ends = [f64::NEG_INFINITY, -60.0, 9.0, f64::INFINITY];
        assert_eq!(ends.map(probability), [0.0, 0.0, 1.0, 1.0]);
        assert!(probability(f64::NAN).is_nan());
    }

    #[test]
    fn masses_add_up() {
        for (a, b, c) in [(-3.0, -0.5, 2.0), (0.1, 0.2, 8.0), (-40.0, 0.0, 40.0), (-9.0, -8.0, -7.0), (7.0, 8.0, 9.0)] {
            let (left, right, whole) = (mass(a, b), mass(b, c), mass(a, c));
            assert!((left + right - whole).abs() <= 1e-12 * whole);
            assert!((mass(-b, -a) - left).abs() <= 1e-12 * left);
        }
        assert_eq!(mass(-50.0, 50.0), 1.0);
        assert_eq!(log_mass(60.0, 61.0), -708.0);
    }
}
