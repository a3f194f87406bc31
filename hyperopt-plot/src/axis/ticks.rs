//! Tick labels: round values on a scale, and the digits that tell them apart.

use hyperopt_core::number;

use crate::axis::scale::Scale;

/// A place on an axis with its label.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    /// The place, from 0 at the low end to 1 at the high one.
    pub(crate) place: f64,
    pub(crate) label: String,
}

/// Returns about `target` round values on `scale`; `whole` asks for integers.
pub(crate) fn ticks(scale: &Scale, target: usize, whole: bool) -> Vec<Tick> {
    if let Some(value) = scale.only {
        return vec![Tick { place: scale.place(value), label: number(value) }];
    }
    let target = target.max(2);
    if !scale.log {
        return linear(scale.lo, scale.hi, target, whole)
            .into_iter()
            .map(|(value, label)| Tick { place: scale.share(value), label })
            .collect();
    }
    let (first, last) = (scale.lo.ceil() as i32, scale.hi.floor() as i32);
    if last - first >= 1 {
        let decades = (last - first + 1).unsigned_abs();
        let stride = decades.div_ceil(target as u32).cast_signed();
        let exponents = || (first..=last).filter(|e| e.rem_euclid(stride) == 0);
        let plain = exponents().all(|e| (-2..=3).contains(&e));
        return exponents()
            .map(|e| Tick {
                place: scale.share(f64::from(e)),
                label: if plain || e == 0 || e == 1 { number(10_f64.powi(e)) } else { format!("1e{e}") },
            })
            .collect();
    }
    // Less than two powers of ten in view: 1, 2 and 5 between them, or else what a linear axis would show.
    let steps = (first - 1..=last + 1).flat_map(|e| [1.0, 2.0, 5.0].map(|m| m * 10_f64.powi(e)));
    let inside = |value: &f64| (scale.lo..=scale.hi).contains(&value.log10());
    let mut values: Vec<(f64, String)> = steps.filter(inside).map(|value| (value, number(value))).collect();
    if values.len() < 3 {
        values = linear(10_f64.powf(scale.lo), 10_f64.powf(scale.hi), target, whole);
    }
    values.into_iter().map(|(value, label)| Tick { place: scale.place(value), label }).collect()
}

/// Returns the places between the labels of a logarithmic scale that is drawn `length` points long: 2, 3 … 9 times the
/// powers of ten where there is room, or else the powers of ten.
pub(crate) fn minor(scale: &Scale, length: f64) -> Vec<f64> {
    let per_decade = length / (scale.hi - scale.lo);
    if !scale.log || per_decade < 8.0 {
        return Vec::new();
    }
    let steps = if per_decade < 60.0 { 1..2 } else { 2..10 };
    let (first, last) = (scale.lo.floor() as i32, scale.hi.floor() as i32);
    (first..=last)
        .flat_map(|e| steps.clone().map(move |m| f64::from(e) + f64::from(m).log10()))
        .filter(|at| (scale.lo..=scale.hi).contains(at))
        .map(|at| scale.share(at))
        .collect()
}

/// Returns `value`, or of one beyond a million its first three digits: a label of an axis needs no more.
pub(crate) fn rounded(value: f64) -> f64 {
    if !value.is_finite() || value.abs() < 1e6 {
        return value;
    }
    format!("{value:.2e}").parse().ok().filter(|rounded: &f64| rounded.is_finite()).unwrap_or(value)
}

/// Returns choices of the indices below `count` with the first and the last among them: all, then those at least 2, 3 …
/// apart.
pub(crate) fn strides(count: usize) -> impl Iterator<Item = Vec<usize>> {
    let last = count.saturating_sub(1);
    let choice = move |stride: usize| (0..=last - stride).step_by(stride).chain([last]).collect();
    (1..=last).map(choice)
}

/// Returns round values from `lo` to `hi`, with labels of one precision.
fn linear(lo: f64, hi: f64, target: usize, whole: bool) -> Vec<(f64, String)> {
    let mut step = round_step((hi / 2.0 - lo / 2.0) / target as f64 * 2.0);
    if whole {
        step = step.max(1.0);
    }
    // Too fine for the values' own precision: there is nothing to tell apart.
    if !step.is_normal() || lo.abs().max(hi.abs()) / step > 1e14 {
        let middle = lo / 2.0 + hi / 2.0;
        return vec![(middle, number(middle))];
    }
    let first = (lo / step - 1e-9).ceil() as i64;
    let last = (hi / step + 1e-9).floor() as i64;
    let largest = lo.abs().max(hi.abs());
    (first..=last)
        .map(|i| {
            let value = i as f64 * step;
            (value, with_step(value, step, largest))
        })
        .collect()
}

/// Returns the smallest of 1, 2, 5 times a power of ten that is at least `step`.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powi(step.log10().floor() as i32);
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= step * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * power
}

/// Writes `value` with the digits that tell it from its neighbours `step` away.
fn with_step(value: f64, step: f64, largest: f64) -> String {
    let decimals = |exponent: f64| (exponent - (step.log10() + 1e-9).floor()).max(0.0) as usize;
    if value == 0.0 {
        return "0".to_owned();
    }
    if (1e-3..1e6).contains(&largest) {
        format!("{value:.0$}", decimals(0.0))
    } else {
        format!("{value:.0$e}", decimals((value.abs().log10() + 1e-9).floor()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: &Scale, target: usize) -> Vec<String> {
        ticks(scale, target, false).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn linear_labels_share_their_precision() {
        assert_eq!(labels(&Scale::linear(0.0, 1.0), 4), ["0", "0.5", "1.0"]);
        assert_eq!(labels(&Scale::linear(0.0, 1.0), 5), ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(labels(&Scale::linear(-3.0, 4.0), 4), ["-2", "0", "2", "4"]);
        assert_eq!(labels(&Scale::linear(1e-7, 3e-7), 2), ["1e-7", "2e-7", "3e-7"]);
        assert_eq!(labels(&Scale::linear(0.0, 2.5e9), 3), ["0", "1e9", "2e9"]);
    }

    #[test]
    fn log_labels_are_powers_of_ten() {
        assert_eq!(labels(&Scale::log(0.1, 1000.0), 6), ["0.1", "1", "10", "100", "1000"]);
        assert_eq!(labels(&Scale::log(1e-5, 1e-1), 6), ["1e-5", "1e-4", "1e-3", "1e-2", "1e-1"]);
        assert_eq!(labels(&Scale::log(1e-9, 1.0), 4), ["1e-9", "1e-6", "1e-3", "1"]);
        assert_eq!(labels(&Scale::log(0.1, 0.9), 4), ["0.1", "0.2", "0.5"]);
    }

    #[test]
    fn whole_numbers_get_whole_ticks() {
        let ticks = ticks(&Scale::linear(1.0, 3.0), 6, true);
        assert_eq!(ticks.into_iter().map(|tick| tick.label).collect::<Vec<_>>(), ["1", "2", "3"]);
    }

    #[test]
    fn large_values_are_rounded() {
        assert_eq!([23945.0, 1_234_567.0, -2.49451e7].map(rounded), [23945.0, 1_230_000.0, -2.49e7]);
        assert_eq!(rounded(1e-9), 1e-9);
        assert_eq!(rounded(f64::MAX), f64::MAX, "up would be infinity");
    }

    #[test]
    fn strides_keep_both_ends() {
        let all: Vec<_> = strides(8).collect();
        assert_eq!(all[0], [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(all[1..4], [vec![0, 2, 4, 7], vec![0, 3, 7], vec![0, 7]]);
        assert_eq!(all.last(), Some(&vec![0, 7]));
        assert_eq!((strides(1).count(), strides(0).count()), (0, 0));
    }

    #[test]
    fn no_range_gives_a_flood_of_ticks() {
        for (lo, hi) in [(0.0, 5e-324), (1.0, 1.0 + f64::EPSILON), (-1e300, 1e300), (1e9, 1e9 + 1.0)] {
            let count = labels(&Scale::linear(lo, hi), 5).len();
            assert!((1..=8).contains(&count), "{lo}..{hi}: {count}");
        }
    }
}
