//! Eight numbers side by side, so that one kernel's arithmetic is done for eight at once by whatever vectors the processor
//! has. Plain arithmetic only: the same bits on every platform.

use std::f64::consts::LOG2_E;

/// How many kernels are summed side by side.
pub(crate) const LANES: usize = 8;

/// One number for each of eight kernels.
pub(crate) type Lanes = [f64; LANES];

/// Adding it leaves the nearest whole number in the low bits of the sum.
const SHIFT: f64 = 6_755_399_441_055_744.0;
/// ln 2 in two parts; the first has so few bits that a multiple of it by an exponent is exact.
const LN_2: (f64, f64) = (0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10);

/// Replaces each square by `e^(-square / 2)`, to a relative error of 10⁻¹⁴; by 3·10⁻³⁰⁸ where it is less than that.
pub(crate) fn gauss(squares: &mut Lanes) {
    for square in squares {
        *square = exponential((-0.5 * *square).max(-708.0));
    }
}

/// Replaces each x by `e^x` to a relative error of 10⁻¹⁴, for x from -708, below which it is 3·10⁻³⁰⁸, to 708.
pub(crate) fn exponentials(lanes: &mut Lanes) {
    for x in lanes {
        *x = exponential(x.max(-708.0));
    }
}

/// `e^x = 2^k e^r` with |r| ≤ ln 2 / 2, and the first twelve terms of the series for `e^r`, paired so that they need not
/// wait for one another.
#[inline]
fn exponential(x: f64) -> f64 {
    let shifted = x * LOG2_E + SHIFT;
    let whole = shifted - SHIFT;
    let r = (x - whole * LN_2.0) - whole * LN_2.1;
    let (r2, r4) = (r * r, r * r * r * r);
    let low = 1.0 + r + (1.0 / 2.0 + 1.0 / 6.0 * r) * r2;
    let middle = 1.0 / 24.0 + 1.0 / 120.0 * r + (1.0 / 720.0 + 1.0 / 5_040.0 * r) * r2;
    let high = 1.0 / 40_320.0 + 1.0 / 362_880.0 * r + (1.0 / 3_628_800.0 + 1.0 / 39_916_800.0 * r) * r2;
    let power = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1_f64.to_bits()));
    (low + (middle + high * r4) * r4) * power
}

/// Returns the sum, in an order that suits the vectors.
pub(crate) fn sum(lanes: &Lanes) -> f64 {
    let even = (lanes[0] + lanes[4]) + (lanes[2] + lanes[6]);
    let odd = (lanes[1] + lanes[5]) + (lanes[3] + lanes[7]);
    even + odd
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(square: f64) -> f64 {
        let mut lanes = [square; LANES];
        gauss(&mut lanes);
        assert_eq!(lanes, [lanes[0]; LANES]);
        lanes[0]
    }

    #[test]
    fn gauss_is_the_exponential() {
        for step in 0..=140_000 {
            let square = f64::from(step) * 0.01;
            let (ours, theirs) = (of(square), (-0.5 * square).exp());
            assert!((ours / theirs - 1.0).abs() < 1e-14, "{ours:e} for {theirs:e} at {square}");
        }
        assert_eq!(of(0.0), 1.0);
        assert!((0.0..1e-307).contains(&of(f64::INFINITY)));
    }
}
