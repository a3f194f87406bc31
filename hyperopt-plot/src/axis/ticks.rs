//! Tick labels: round values on a scale, and the digits that tell them apart.

use hyperopt_core::number;

use crate::axis::{
    scale::{Scale, Warp},
    stretched,
};

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
        return vec![Tick { place: scale.place(value), label: grouped(number(value)) }];
    }
    let (target, (lo, hi)) = (target.max(2), scale.labelled);
    match scale.warp {
        Warp::Linear => {
            let values = linear(lo, hi, target, whole).into_iter();
            values.map(|(value, label)| Tick { place: scale.share(value), label }).collect()
        }
        Warp::Log => powers((lo, hi), target)
            .unwrap_or_else(|| within_a_decade((lo, hi), target, whole))
            .into_iter()
            .map(|(at, label)| Tick { place: scale.share(at), label })
            .collect(),
        Warp::Logit | Warp::Bilog => {
            let round = if scale.warp == Warp::Logit { stretched::odds } else { stretched::both_sides };
            let evenly = || {
                let values = linear(scale.untransform(lo), scale.untransform(hi), target, whole);
                values.into_iter().map(|(value, label)| (scale.transform(value), label)).collect()
            };
            let values = round((lo, hi), target).unwrap_or_else(evenly).into_iter();
            values.map(|(at, label)| Tick { place: scale.share(at), label: grouped(label) }).collect()
        }
        Warp::Distance { floor, is_loss, .. } => {
            let sign = if is_loss { 1.0 } else { -1.0 };
            let far = if is_loss { hi } else { -lo };
            let ends = (floor.log10(), far);
            let powers = powers(ends, target).unwrap_or_else(|| within_a_decade(ends, target, whole));
            let best = (floor.log10() - 0.5, "0".to_owned());
            let all = [best].into_iter().chain(powers);
            let mut ticks: Vec<_> = all.map(|(at, label)| Tick { place: scale.share(sign * at), label }).collect();
            ticks.sort_by(|a, b| a.place.total_cmp(&b.place));
            ticks
        }
    }
}

/// Returns about `target` powers of ten between two exponents, all written in one way; `None` if there are fewer than two.
fn powers((lo, hi): (f64, f64), target: usize) -> Option<Vec<(f64, String)>> {
    let (first, last) = ((lo - 1e-9).ceil() as i32, (hi + 1e-9).floor() as i32);
    if last - first < 1 {
        return None;
    }
    let decades = (last - first + 1).unsigned_abs();
    let stride = decades.div_ceil(target as u32).cast_signed();
    let exponents = || (first..=last).filter(|e| e.rem_euclid(stride) == 0);
    let plain = exponents().all(is_plain);
    let label = |e: i32| if plain { grouped(number(10_f64.powi(e))) } else { format!("1e{e}") };
    Some(exponents().map(|e| (f64::from(e), label(e))).collect())
}

/// Returns values where less than two powers of ten are in view: 1, 2 and 5 between them, or else what a linear axis would
/// show.
fn within_a_decade((lo, hi): (f64, f64), target: usize, whole: bool) -> Vec<(f64, String)> {
    let (first, last) = (lo.floor() as i32, hi.floor() as i32);
    let steps = (first..=last).flat_map(|e| [1.0, 2.0, 5.0].map(|m| (m, e)));
    let inside = |(m, e): &(f64, i32)| (lo - 1e-9..=hi + 1e-9).contains(&(f64::from(*e) + m.log10()));
    let steps: Vec<_> = steps.filter(inside).collect();
    if steps.len() < 3 {
        let values = linear(10_f64.powf(lo), 10_f64.powf(hi), target, whole);
        return values.into_iter().map(|(value, label)| (value.log10(), label)).collect();
    }
    let plain = steps.iter().all(|(_, e)| is_plain(*e));
    let label = |m: f64, e: i32| {
        let plainly = || grouped(number(format!("{m}e{e}").parse().unwrap_or(m * 10_f64.powi(e))));
        if plain { plainly() } else { format!("{m}e{e}") }
    };
    steps.into_iter().map(|(m, e)| (f64::from(e) + m.log10(), label(m, e))).collect()
}

/// Returns whether a power of ten is better written out.
fn is_plain(exponent: i32) -> bool {
    (-3..=5).contains(&exponent)
}

/// Returns the places between the labels of a logarithmic scale that is drawn `length` points long: 2, 3 … 9 times the
/// powers of ten where there is room, or else the powers of ten.
pub(crate) fn minor(scale: &Scale, length: f64) -> Vec<f64> {
    let per_decade = length / (scale.hi - scale.lo);
    if !scale.is_log() || per_decade < 8.0 {
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

/// Returns a number with a comma at every third digit before the point, if there are five of them or more.
pub(crate) fn grouped(label: String) -> String {
    let start = usize::from(label.starts_with('-'));
    let end = label.find('.').unwrap_or(label.len());
    if label.contains('e') || end - start < 5 || !label[start..end].bytes().all(|digit| digit.is_ascii_digit()) {
        return label;
    }
    let mut grouped = label[..start].to_owned();
    for (index, digit) in label[start..end].chars().enumerate() {
        if index > 0 && (end - start - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + &label[end..]
}

/// Returns `value`, or of one beyond a million its first three digits: a label of an axis needs no more.
pub(crate) fn rounded(value: f64) -> f64 {
    if !value.is_finite() || value.abs() < 1e6 {
        return value;
    }
    format!("{value:.2e}").parse().ok().filter(|rounded: &f64| rounded.is_finite()).unwrap_or(value)
}

/// Returns round values from `lo` to `hi`, with labels of one precision.
fn linear(lo: f64, hi: f64, target: usize, whole: bool) -> Vec<(f64, String)> {
    let mut step = round_step((hi / 2.0 - lo / 2.0) / target as f64 * 2.0);
    if whole {
        step = step.max(1.0);
    }
    if let Some(values) = beside(lo, hi, step) {
        return values;
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

/// Returns values of a range that is tiny for where it lies: a round one, and the distances of others to it; `None` of another
/// range.
fn beside(lo: f64, hi: f64, step: f64) -> Option<Vec<(f64, String)>> {
    let largest = lo.abs().max(hi.abs());
    if !step.is_normal() || largest / step <= 1e9 {
        return None;
    }
    let middle = lo / 2.0 + hi / 2.0;
    let rounded = |digits: usize| format!("{middle:.digits$e}").parse().ok();
    let base: f64 = (0..17).filter_map(rounded).find(|base| (lo..=hi).contains(base))?;
    // Between two numbers next to each other there is none.
    let step = step.max(round_step(largest.next_up() - largest));
    let (first, last) = (((lo - base) / step).ceil() as i64, ((hi - base) / step).floor() as i64);
    let label = |index: i64| match index {
        0 => short_number(base),
        index => format!(
            "{}{}",
            if index > 0 { "+" } else { "−" },
            with_step((index.abs() as f64) * step, step, (hi - lo).abs())
        ),
    };
    Some((first..=last).map(|index| (base + index as f64 * step, label(index))).collect())
}

/// Writes a number, with a power of ten where that is shorter.
fn short_number(value: f64) -> String {
    let (plain, power) = (grouped(number(value)), format!("{value:e}"));
    if power.len() < plain.len() { power } else { plain }
}

/// Returns the smallest of 1, 2, 5 times a power of ten that is at least `step`.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powi(step.log10().floor() as i32);
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= step * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * power
}

/// Writes `value` with the digits that tell it from its neighbours `step` away.
fn with_step(value: f64, step: f64, largest: f64) -> String {
    /// Digits after the point up to which a power of ten is shorter than the number itself.
    const MOST: f64 = 2.0;
    let decimals = |exponent: f64| (exponent - (step.log10() + 1e-9).floor()).max(0.0);
    if value == 0.0 {
        return "0".to_owned();
    }
    let power = (largest.log10() + 1e-9).floor();
    let is_plain = (1e-3..1e6).contains(&largest) || (1e6..1e15).contains(&largest) && decimals(power) > MOST;
    if is_plain {
        grouped(format!("{value:.0$}", decimals(0.0) as usize))
    } else {
        format!("{value:.0$e}", decimals((value.abs().log10() + 1e-9).floor()) as usize)
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
        assert_eq!(labels(&Scale::log(1e-9, 1.0), 4), ["1e-9", "1e-6", "1e-3", "1e0"]);
        assert_eq!(labels(&Scale::log(1e-4, 10.0), 6), ["1e-4", "1e-3", "1e-2", "1e-1", "1e0", "1e1"], "in one way");
        assert_eq!(labels(&Scale::log(10.0, 1e5), 6), ["10", "100", "1000", "10,000", "100,000"]);
        assert_eq!(labels(&Scale::log(0.1, 0.9), 4), ["0.1", "0.2", "0.5"]);
        assert_eq!(labels(&Scale::log(1e-6, 9e-6), 4), ["1e-6", "2e-6", "5e-6"]);
    }

    #[test]
    fn large_numbers_have_groups() {
        assert_eq!(labels(&Scale::linear(0.0, 60_000.0), 3), ["0", "20,000", "40,000", "60,000"]);
        assert_eq!(labels(&Scale::linear(1e6, 1e6 + 9.0), 2), ["1,000,000", "1,000,005"]);
        assert_eq!(labels(&Scale::linear(1e6, 3e6), 2), ["1e6", "2e6", "3e6"]);
        let grouped = ["1234", "-12345.678", "1e12345", "inf"].map(|label| grouped(label.to_owned()));
        assert_eq!(grouped, ["1234", "-12,345.678", "1e12345", "inf"]);
    }

    #[test]
    fn distances_have_their_powers_and_the_best() {
        let values: Vec<f64> = (0..100).map(|i| 5.0 + 10_f64.powf(f64::from(i) / 16.0 - 6.0)).collect();
        let all = labels(&Scale::of_values(&values, true, 100.0), 6);
        assert_eq!(all.first().map(String::as_str), Some("0"), "{all:?}");
        assert!(all.contains(&"1e-4".to_owned()), "{all:?}");
    }

    #[test]
    fn no_label_stands_beyond_the_bounds() {
        let scale = Scale::linear(1.0, 64.0).with_room(0.04);
        assert_eq!(ticks(&scale, 4, true).into_iter().map(|tick| tick.label).collect::<Vec<_>>(), ["20", "40", "60"]);
    }

    #[test]
    fn tiny_ranges_have_distances_to_a_round_number() {
        assert_eq!(labels(&Scale::linear(1e9, 1e9 + 1e-6), 4), ["1e9", "+5e-7"]);
        assert_eq!(labels(&Scale::linear(-5.0 - 2e-12, -5.0 + 2e-12), 4), ["−2e-12", "-5", "+2e-12"]);
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
    fn no_range_gives_a_flood_of_ticks() {
        for (lo, hi) in [(0.0, 5e-324), (1.0, 1.0 + f64::EPSILON), (-1e300, 1e300), (1e9, 1e9 + 1.0)] {
            let count = labels(&Scale::linear(lo, hi), 5).len();
            assert!((1..=8).contains(&count), "{lo}..{hi}: {count}");
        }
    }
}
