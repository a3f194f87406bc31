//! The logarithm of the expected improvement, accurate far into the tail.

use std::f64::consts::TAU;

use crate::normal::{density, probability};

/// Below this, expected improvement is computed from the continued fraction.
const TAIL: f64 = -2.0;

/// `ln (φ(u) + u Φ(u))`, and its derivative `Φ(u) / (φ(u) + u Φ(u))`.
///
/// Mills' ratio at t = −u is 1 / (t + c), where c = 1 / (t + 2 / (t + 3 / (t + …))). So φ(u) + u Φ(u) = φ(u) c / (t + c), in
/// which nothing cancels, and the derivative is 1 / c.
pub(super) fn log_improvement(u: f64) -> (f64, f64) {
    if u < TAIL {
        let c = beyond(-u);
        let log = -0.5 * u * u - 0.5 * TAU.ln() + (c / (c - u)).ln();
        (log, c.recip())
    } else {
        let below = probability(u);
        let improvement = density(u) + u * below;
        (improvement.ln(), below / improvement)
    }
}

/// c of [`log_improvement`], for t ≥ 2.
fn beyond(t: f64) -> f64 {
    // This many terms leave an error below 1e-15 of c.
    let terms = (12.0 + 400.0 / (t * t)) as u32;
    let mut below = t;
    for k in (2..=terms).rev() {
        below = t + f64::from(k) / below;
    }
    below.recip()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(u, ln (φ(u) + u Φ(u)), Φ(u) / (φ(u) + u Φ(u)))` in 80 digits, rounded: on both sides of each change of method, and far
    /// beyond where φ(u) + u Φ(u) is 0 in double precision.
    const EXACT: [(f64, f64, f64); 18] = [
        (-100_000.0, -5_000_000_023.944_789, 100_000.000_02),
        (-1000.0, -500_014.734_452_091_15, 1_000.001_999_994),
        (-100.0, -5_010.129_578_800_25, 100.019_994_004_195_87),
        (-40.0, -808.298_568_356_619_9, 40.049_906_657_648_52),
        (-20.0, -206.917_838_509_425_1, 20.099_262_811_101_282),
        (-10.0, -55.553_122_036_122_36, 10.194_383_033_412_553),
        (-5.0, -16.744_301_162_660_99, 5.361_816_241_288_09),
        (-3.0, -7.869_686_059_603_028, 3.532_337_517_625_160_5),
        (-2.1, -5.040_839_977_503_972, 2.761_836_219_009_847),
        (-2.0, -4.768_783_523_917_114, 2.679_416_883_955_586),
        (-1.9, -4.504_931_161_621_667, 2.597_760_781_539_307_5),
        (-1.0, -2.485_121_025_712_641_3, 1.904_271_233_329_691_8),
        (-0.3, -1.321_401_244_919_043_5, 1.432_324_181_648_415),
        (0.0, -0.918_938_533_204_672_7, 1.253_314_137_315_500_3),
        (0.7, -0.170_931_419_224_740_68, 0.899_341_434_411_739_2),
        (2.5, 0.917_092_065_592_164_5, 0.397_197_718_383_738_45),
        (6.0, 1.791_759_469_254_114_5, 0.166_666_666_497_892_14),
        (30.0, 3.401_197_381_662_155_4, 1.0 / 30.0),
    ];

    #[test]
    fn log_improvement_is_accurate_at_every_depth() {
        for (u, log, slope) in EXACT {
            let found = log_improvement(u);
            assert!((found.0 - log).abs() < 1e-13 * log.abs().max(1.0), "{} for {log} at {u}", found.0);
            assert!((found.1 / slope - 1.0).abs() < 1e-13, "{} for {slope} at {u}", found.1);
        }
    }

    #[test]
    fn nonsense_stays_nonsense() {
        assert!(log_improvement(f64::NAN).0.is_nan());
        assert_eq!(log_improvement(f64::NEG_INFINITY).0, f64::NEG_INFINITY);
    }
}
