//! Numbers on a grid as they are written by hand: 0.3, not 0.30000000000000004.

/// The largest number up to which all whole numbers are floats.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// The powers of ten that are floats.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// `number` times `power` as a whole number, if the quotient of the two is `number` again.
fn whole(number: f64, power: f64) -> Option<f64> {
    let product = number * power;
    // Quicker than rounding, and as good within the whole numbers.
    let rounded = (product + 0.5_f64.copysign(product)) as i64 as f64;
    (product.abs() <= WHOLE && rounded / power == number).then_some(rounded)
}

/// Returns the smallest power of ten by which all of `numbers` are whole, with the products.
fn wholes<const N: usize>(numbers: [f64; N]) -> Option<([f64; N], f64)> {
    // A number that is no short decimal reaches 2^53 within sixteen steps.
    for power in POWERS {
        let mut products = numbers;
        if products.iter_mut().all(|number| whole(*number, power).map(|product| *number = product).is_some()) {
            return Some((products, power));
        }
        if numbers.iter().any(|number| number.abs() * power > WHOLE) {
            break;
        }
    }
    None
}

/// Returns the float next to the `index`-th of the numbers that divide the way from `lo` to `hi` into `steps` equal parts, the ends
/// read as the decimal numbers that they are written as; `None` where these have too many digits.
#[inline]
pub(super) fn evenly(lo: f64, hi: f64, steps: f64, index: f64) -> Option<f64> {
    // Each trial comes here; most ends are whole.
    if is_whole(lo) && is_whole(hi) {
        return quotient(lo, hi, steps, index, 1.0);
    }
    decimally(lo, hi, steps, index)
}

#[inline(never)]
fn decimally(lo: f64, hi: f64, steps: f64, index: f64) -> Option<f64> {
    let ([lo, hi], power) = wholes([lo, hi])?;
    quotient(lo, hi, steps, index, power)
}

/// Whether `number` is whole; `false` for a large one, too.
#[inline]
fn is_whole(number: f64) -> bool {
    // A sum of this size has no fraction, and rounding a number by a conversion takes several times as many instructions.
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    number + SHIFT - SHIFT == number
}

/// Returns the same, where `lo` and `hi` are whole multiples of `1 / power`.
#[inline]
fn quotient(lo: f64, hi: f64, steps: f64, index: f64, power: f64) -> Option<f64> {
    let (below, above, divisor) = (lo * (steps - index), hi * index, power * steps);
    let is_exact = below.abs() + above.abs() <= WHOLE && divisor <= WHOLE;
    is_exact.then(|| (below + above) / divisor)
}

/// Returns the float next to `count` times `step`, which is read as the decimal number that it is written as; `None` where that has
/// too many digits.
pub(super) fn multiple(step: f64, count: f64) -> Option<f64> {
    let ([step], power) = wholes([step])?;
    let product = step * count;
    (product.abs() <= WHOLE).then(|| product / power)
}

/// 10 to the power of `exponent`: exact, or the float next to it, where the exponent is whole and a float holds its power.
pub(super) fn power_of_ten(exponent: f64) -> f64 {
    if !is_whole(exponent) {
        return 10_f64.powf(exponent);
    }
    match POWERS.get(exponent.abs() as usize) {
        Some(power) if exponent < 0.0 => 1.0 / power,
        Some(power) => *power,
        None => format!("1e{exponent}").parse().unwrap_or_else(|_| 10_f64.powf(exponent)),
    }
}

/// Returns the number of twelve digits that `value` is up to rounding, else `value` itself: 0.001, not 0.0010000000000000002.
pub(super) fn tidy(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let digits = 11.0 - value.abs().log10().floor();
    let short = match POWERS.get(digits.abs() as usize) {
        Some(power) if digits >= 0.0 => (value * power).round() / power,
        Some(power) => (value / power).round() * power,
        None => format!("{value:.11e}").parse().unwrap_or(value),
    };
    if (value - short).abs() <= 8.0 * f64::EPSILON * value.abs() { short } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_as_they_are_written() {
        for digits in 0..=9_i32 {
            let unit = 10_f64.powi(-digits);
            for index in 0..=40 {
                let expected: f64 = format!("{index}e-{digits}").parse().unwrap();
                let hi: f64 = format!("40e-{digits}").parse().unwrap();
                assert_eq!(evenly(0.0, hi, 40.0, f64::from(index)), Some(expected));
                let shifted: f64 = format!("{}e-{digits}", index - 20).parse().unwrap();
                assert_eq!(evenly(-hi / 2.0, hi / 2.0, 40.0, f64::from(index)), Some(shifted));
                let step: f64 = format!("3e-{digits}").parse().unwrap();
                let tripled: f64 = format!("{}e-{digits}", 3 * index).parse().unwrap();
                assert_eq!(multiple(step, f64::from(index)), Some(tripled), "{unit}");
            }
        }
        assert_eq!(evenly(1.0 / 3.0, 1.0, 2.0, 1.0), None);
        assert_eq!(evenly(0.0, 1e300, 2.0, 1.0), None);
        assert_eq!(evenly(0.1, 0.5, 4.0, 2.0), Some(0.3));
    }

    #[test]
    fn powers_of_ten_are_as_they_are_written() {
        for exponent in -300..=300 {
            let expected: f64 = format!("1e{exponent}").parse().unwrap();
            assert_eq!(power_of_ten(f64::from(exponent)), expected);
            assert_eq!(tidy(expected * (1.0 + 3.0 * f64::EPSILON)), expected, "{exponent}");
        }
        assert_eq!((power_of_ten(0.5), tidy(1.0 / 3.0), tidy(0.0)), (10_f64.sqrt(), 1.0 / 3.0, 0.0));
        assert_eq!((tidy(-123_456_789.000_000_03), tidy(f64::INFINITY)), (-123_456_789.0, f64::INFINITY));
    }
}
