//! Eight numbers side by side, so that one kernel's arithmetic is done for eight at once by whatever vectors the processor
//! has. Plain arithmetic only: the same bits on every platform.

use std::f64::consts::LOG2_E;

/// How many kernels are summed side by side.
pub(super) const LANES: usize = 8;

/// One number for each of eight kernels.
pub(super) type Lanes = [f64; LANES];

/// Adding it leaves the nearest whole number in the low bits of the sum.
const SHIFT: f64 = 6_755_399_441_055_744.0;
/// ln 2 in two parts; the first has so few bits that a multiple of it by an exponent is exact.
const LN_2: (f64, f64) = (0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10);
/// 1/k!, for k from 0.
const TAYLOR: [f64; 12] = [
    1.0,
    1.0,
    1.0 / 2.0,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5_040.0,
    1.0 / 40_320.0,
    1.0 / 362_880.0,
    1.0 / 3_628_800.0,
    1.0 / 39_916_800.0,
];

/// `e^(-square / 2)` of squares of any size, to a relative error of 10⁻¹⁴; below 3·10⁻³⁰⁸ it is that.
///
/// `e^x = 2^k e^r` with |r| ≤ ln 2 / 2, and the first twelve terms of the series for `e^r`, paired so that they need not
/// wait for one another.
pub(super) fn gauss(squares: &Lanes) -> Lanes {
    squares.map(|square| {
        let x = (-0.5 * square).max(-708.0);
        let shifted = x * LOG2_E + SHIFT;
        let whole = shifted - SHIFT;
        let r = (x - whole * LN_2.0) - whole * LN_2.1;
        let pair = |k: usize| TAYLOR[k] + TAYLOR[k + 1] * r;
        let r2 = r * r;
        let r4 = r2 * r2;
        let low = pair(0) + pair(2) * r2;
        let middle = pair(4) + pair(6) * r2;
        let high = pair(8) + pair(10) * r2;
        let power = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1_f64.to_bits()));
        (low + (middle + high * r4) * r4) * power
    })
}

/// The sum, in an order that suits the vectors.
pub(super) fn sum(lanes: &Lanes) -> f64 {
    let [a, b, c, d, e, f, g, h] = *lanes;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gauss_is_the_exponential() {
        for step in 0..=140_000 {
            let square = f64::from(step) * 0.01;
            let (ours, theirs) = (gauss(&[square; LANES])[3], (-0.5 * square).exp());
            assert!((ours / theirs - 1.0).abs() < 1e-14, "{ours:e} for {theirs:e} at {square}");
        }
        assert_eq!(gauss(&[0.0; LANES]), [1.0; LANES]);
        let vanished = gauss(&[f64::INFINITY; LANES])[0];
        assert!((0.0..1e-307).contains(&vanished));
    }
}
