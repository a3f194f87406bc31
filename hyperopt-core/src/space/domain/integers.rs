//! Evenly spaced numbers, cells of equal width, and the logarithmic axis of integers.

use crate::space::domain::decimals::evenly;

/// The largest number of levels of an axis: each needs cells of its own among the floats of the unit interval.
pub(crate) const MAX_LEVELS: u64 = 1 << 53;

/// Returns the convex combination, which unlike `lo + unit * (hi - lo)` never overflows and hits both ends.
pub(super) fn between(lo: f64, hi: f64, unit: f64) -> f64 {
    lo * (1.0 - unit) + hi * unit
}

/// Returns the `index`-th of `count` numbers from `lo` to `hi`: the float next to it, where `lo` and `hi` are short decimal
/// numbers. It multiplies before it divides, so that whole numbers stay whole.
pub(super) fn evenly_spaced(lo: f64, hi: f64, count: u64, index: u64) -> f64 {
    let (index, last) = (index as f64, count.saturating_sub(1).max(1) as f64);
    if index == 0.0 {
        return lo;
    } else if index == last {
        return hi;
    } else if let Some(number) = evenly(lo, hi, last, index) {
        return number;
    }
    let offset = (hi - lo) * index / last;
    if offset.is_finite() { lo + offset } else { between(lo, hi, index / last) }
}

/// Returns the share of the way from `lo` to `hi` at which `value` lies, from 0 to 1. Halving first keeps the difference finite.
pub(super) fn fraction(lo: f64, hi: f64, value: f64) -> f64 {
    (value / 2.0 - lo / 2.0) / (hi / 2.0 - lo / 2.0)
}

/// Returns the cell of `unit` among `cells` equal ones; 0 where `cells` is 0.
pub(super) fn cell(unit: f64, cells: u64) -> u64 {
    // There are at most `MAX_LEVELS`, and signed numbers are converted in half the instructions.
    let cells = cells as i64;
    ((unit * cells as f64) as i64).clamp(0, (cells - 1).max(0)) as u64
}

/// Returns the middle of the cell of `level` among `levels` equal ones.
pub(super) fn middle(level: u64, levels: u64) -> f64 {
    (level as f64 + 0.5) / levels as f64
}

/// Returns the ends of the cells of the integers `lo` and `hi` on a logarithmic axis, where each takes up `ln((k + ½) / (k - ½))`.
fn log_ends(lo: i128, hi: i128) -> (f64, f64) {
    ((lo as f64 - 0.5).ln(), (hi as f64 + 0.5).ln())
}

/// The integer at `unit` of a logarithmic axis.
// Apart from the linear scales, which need neither 128 bits nor registers to be saved for them.
#[inline(never)]
pub(super) fn log_integer(lo: i128, hi: i128, unit: f64) -> i128 {
    let (from, to) = log_ends(lo, hi);
    if from < to {
        (between(from, to, unit).exp().round() as i128).clamp(lo, hi)
    } else {
        // Of integers so large that both logarithms are one float, the axis is linear.
        lo + i128::from(cell(unit, (hi - lo + 1) as u64))
    }
}

/// Returns the unit of an integer of a logarithmic axis.
pub(super) fn log_unit(lo: i128, hi: i128, value: i128) -> f64 {
    let (from, to) = log_ends(lo, hi);
    if from < to {
        ((value as f64).ln() - from) / (to - from)
    } else {
        middle((value - lo) as u64, (hi - lo + 1) as u64)
    }
}

/// Returns the ends of the cell of an integer of a logarithmic axis.
pub(super) fn log_cell(lo: i128, hi: i128, value: i128) -> (f64, f64) {
    let (from, to) = log_ends(lo, hi);
    if from < to {
        let end = |value: f64| ((value.ln() - from) / (to - from)).clamp(0.0, 1.0);
        (end(value as f64 - 0.5), end(value as f64 + 0.5))
    } else {
        let (level, levels) = ((value - lo) as f64, (hi - lo + 1) as f64);
        (level / levels, (level + 1.0) / levels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Halves are lost beside integers of this size.
    #[test]
    fn a_logarithmic_axis_of_neighbours_has_cells() {
        for (lo, hi) in [(1 << 53, 1 << 53), (1 << 62, (1 << 62) + 1), (i128::from(i64::MAX) - 2, i64::MAX.into())] {
            for value in lo..=hi {
                let (unit, (from, to)) = (log_unit(lo, hi, value), log_cell(lo, hi, value));
                assert!(from < unit && unit < to, "{value} of {lo}..={hi}: {from} to {to} around {unit}");
                assert_eq!(log_integer(lo, hi, unit), value);
            }
        }
    }
}
