//! The standard normal distribution function, to the precision of floats far into the tails.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// From here on, the fraction converges faster than the series.
const TAIL: f64 = 2.5;

/// The logarithm of the mass between `a` and `b`, a ≤ b, in deviations; −708 at the least.
pub(crate) fn log_mass(a: f64, b: f64) -> f64 {
    mass(a, b).ln().max(-708.0)
}

/// The mass between `a` and `b`, in deviations.
fn mass(a: f64, b: f64) -> f64 {
    // Two numbers near 1 would cancel each other: the upper tail is the lower one, mirrored.
    let (a, b) = if a > 0.0 { (-b, -a) } else { (a, b) };
    if b <= 0.0 { below(b) - below(a) } else { 1.0 - below(a) - below(-b) }
}

/// The mass below `a` ≤ 0.
pub(crate) fn below(a: f64) -> f64 {
    0.5 * complement(-a * FRAC_1_SQRT_2)
}

/// erfc(x) for x ≥ 0: 1 less the series of erf without alternating signs (Abramowitz and Stegun 7.1.6), or the continued
/// fraction (7.1.14) from its far end.
fn complement(x: f64) -> f64 {
    if x >= 28.0 {
        return 0.0;
    }
    let factor = (-x * x).exp() / PI.sqrt();
    if x < TAIL {
        let (mut term, mut sum, mut n) = (x, x, 1.0);
        while term > sum * 1e-17 {
            term *= 2.0 * x * x / (2.0 * n + 1.0);
            sum += term;
            n += 1.0;
        }
        return 1.0 - 2.0 * factor * sum;
    }
    let fraction = (1..=40).rev().fold(x, |fraction, k| x + 0.5 * f64::from(k) / fraction);
    factor / fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of erfc to 15 digits.
    #[test]
    fn complement_is_that_of_tables() {
        let table = [
            (0.0, 1.0),
            (0.1, 0.887_537_083_981_715),
            (0.5, 0.479_500_122_186_953_5),
            (1.0, 0.157_299_207_050_285_13),
            (2.0, 0.004_677_734_981_047_266),
            (2.499, 4.091_357_557_446_054e-4),
            (2.5, 4.069_520_174_449_589e-4),
            (3.0, 2.209_049_699_858_544e-5),
            (5.0, 1.537_459_794_428_035e-12),
            (10.0, 2.088_487_583_762_545e-45),
            (20.0, 5.395_865_611_607_901e-176),
        ];
        for (x, expected) in table {
            // The difference from 1 loses what the function is smaller by.
            let error = (complement(x) - expected).abs();
            assert!(error <= 1e-15 + 1e-13 * expected, "erfc({x}) = {:e}, not {expected:e}", complement(x));
        }
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
