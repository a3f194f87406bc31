//! Quantiles of the standard normal distribution, and deviates drawn by them.

#[cfg(feature = "models")]
use rand::Rng;

/// A standard normal deviate: the quantile of a number drawn evenly from 2^52 between 0 and 1.
///
/// Plain arithmetic for five draws in six, so that a seed means the same on every platform.
#[cfg(feature = "models")]
pub(crate) fn deviate(rng: &mut impl Rng) -> f64 {
    quantile(uniform(rng))
}

/// A number strictly between 0 and 1.
#[cfg(feature = "models")]
pub(crate) fn uniform(rng: &mut impl Rng) -> f64 {
    ((rng.next_u64() >> 12) as f64 + 0.5) / 2_f64.powi(52)
}

/// Returns the number that a standard normal deviate stays below with probability `p`, for `p` strictly between 0 and 1.
///
/// To a relative error of 10⁻¹⁵: Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", 1988.
pub(crate) fn quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&CENTRE.0, r) / polynomial(&CENTRE.1, r);
    }
    let r = (-p.min(1.0 - p).ln()).sqrt();
    let tail = if r <= 5.0 {
        polynomial(&MIDDLE.0, r - 1.6) / polynomial(&MIDDLE.1, r - 1.6)
    } else {
        polynomial(&TAIL.0, r - 5.0) / polynomial(&TAIL.1, r - 5.0)
    };
    tail.copysign(q)
}

#[inline]
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// Numerator and denominator, from the lowest power.
type Rational = ([f64; 8], [f64; 8]);

const CENTRE: Rational = (
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
);

const MIDDLE: Rational = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
);

const TAIL: Rational = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288e-7,
    ],
    [
        1.0,
        0.599_832_206_555_887_9,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);

#[cfg(all(test, feature = "models"))]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha8Rng;

    use super::*;
    use crate::normal::probability;

    /// Values of `scipy.special.ndtri`, `SciPy` 1.17.1.
    #[test]
    fn quantiles_are_those_of_the_normal_distribution() {
        let cases = [
            (1e-300, -37.047_096_299_361_2),
            (1e-15, -7.941_345_326_170_998),
            (1e-08, -5.612_001_244_174_789),
            (0.0001, -3.719_016_485_455_680_4),
            (0.01, -2.326_347_874_040_840_8),
            (0.074, -1.446_632_067_158_978_5),
            (0.2, -0.841_621_233_572_914_2),
            (0.5, 0.0),
            (0.77, 0.738_846_849_185_213_7),
            (0.95, 1.644_853_626_951_472_2),
            (0.999, 3.090_232_306_167_813),
            (0.999_999_999, 5.997_807_019_601_637),
        ];
        for (p, expected) in cases {
            let found = quantile(p);
            assert!((found - expected).abs() < 4e-15 * expected.abs().max(1.0), "{found} at {p}");
            assert!((probability(expected) - p).abs() < 1e-15, "{} at {expected}", probability(expected));
        }
    }

    #[test]
    fn deviates_have_the_moments_of_the_normal_distribution() {
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let moments = (0..40_000).fold([0.0; 4], |mut sums, _| {
            let deviate = deviate(&mut rng);
            (0..).zip(&mut sums).for_each(|(power, sum)| *sum += deviate.powi(power + 1) / 40_000.0);
            sums
        });
        // Four standard errors: the variances of the first four powers are 1, 2, 15 and 96.
        for ((moment, expected), variance) in
            moments.into_iter().zip([0.0, 1.0, 0.0, 3.0]).zip([1.0, 2.0, 15.0, 96.0_f64])
        {
            assert!((moment - expected).abs() < 4.0 * (variance / 40_000.0).sqrt(), "{moments:?}");
        }
    }

    #[test]
    fn the_least_probability_has_a_quantile() {
        assert!(quantile(2_f64.powi(-53)).is_finite());
    }
}
