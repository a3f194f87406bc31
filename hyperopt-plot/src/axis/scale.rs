//! Linear and logarithmic scales, which map values to places along an axis.

use itertools::Itertools as _;

/// Values beyond this are drawn at the edge, so that the arithmetic of an axis stays finite.
const LARGEST: f64 = 1e300;

/// The distance from the bulk of the values, in widths of the bulk, beyond which the y axis leaves a value out.
const REACH: f64 = 4.0;

/// The range of an axis, linear or logarithmic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    /// The low end, an exponent of ten if `log`, as is `hi`.
    pub(crate) lo: f64,
    pub(crate) hi: f64,
    pub(crate) log: bool,
    /// The only value, if there is but one.
    pub(crate) only: Option<f64>,
}

impl Scale {
    /// Returns a linear scale from `lo` to `hi`, made wider if they are equal.
    pub(crate) fn linear(lo: f64, hi: f64) -> Self {
        let (lo, hi) = (lo.clamp(-LARGEST, LARGEST), hi.clamp(-LARGEST, LARGEST));
        if lo < hi {
            return Self { lo, hi, log: false, only: None };
        }
        let half = if lo == 0.0 { 1.0 } else { lo.abs() * 0.1 };
        Self { lo: lo - half, hi: lo + half, log: false, only: Some(lo) }
    }

    /// Returns a logarithmic scale from `lo` to `hi`, or a linear one if they are not both positive.
    pub(crate) fn log(lo: f64, hi: f64) -> Self {
        if lo <= 0.0 || hi <= 0.0 {
            return Self::linear(lo, hi);
        }
        let (from, to) = (lo.log10(), hi.log10());
        if from < to {
            Self { lo: from, hi: to, log: true, only: None }
        } else {
            Self { lo: from - 0.5, hi: from + 0.5, log: true, only: Some(lo) }
        }
    }

    /// Returns a scale over the finite ones of `xs` and over `bounds`, if there is any number among them.
    pub(crate) fn covering(bounds: Option<(f64, f64)>, xs: impl Iterator<Item = f64>, log: bool) -> Option<Self> {
        let bounds = bounds.filter(|(lo, hi)| lo.is_finite() && hi.is_finite());
        let ends = bounds.into_iter().flat_map(|(lo, hi)| [lo, hi]);
        let all = ends.chain(xs.filter(|x| x.is_finite()));
        let (lo, hi) = all.minmax_by(f64::total_cmp).into_option()?;
        Some(if log { Self::log(lo, hi) } else { Self::linear(lo, hi) })
    }

    /// Returns the y axis for the objective's `values`: [`Self::of_values`] with some room at its ends.
    pub(crate) fn objective(values: &[f64], best: Option<f64>, ratio: f64) -> Self {
        let scale = Self::of_values(values, best, ratio);
        if values.is_empty() { scale } else { scale.padded(0.07) }
    }

    /// Returns a scale for the objective's `values`, which are finite.
    ///
    /// It is logarithmic if all are positive, and the largest is more than `ratio` times the smallest. It leaves out a few
    /// values far away from the others, except on the side where `best` lies.
    pub(crate) fn of_values(values: &[f64], best: Option<f64>, ratio: f64) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (Some(&lo), Some(&hi)) = (sorted.first(), sorted.last()) else {
            return Self::linear(0.0, 1.0);
        };
        let logs = || sorted.iter().map(|value| value.log10()).collect::<Vec<_>>();
        let wide = lo > 0.0 && hi / lo > ratio;
        let (lo, hi) = if wide { bulk(&logs(), best.map(f64::log10)) } else { bulk(&sorted, best) };
        match wide {
            true if hi - lo >= 1.0 => Self { lo, hi, log: true, only: None },
            true => Self::linear(10_f64.powf(lo), 10_f64.powf(hi)),
            false => Self::linear(lo, hi),
        }
    }

    /// Returns the scale with `share` of its length added at each end.
    pub(crate) fn padded(self, share: f64) -> Self {
        // Halves first: the difference of two values near the largest may overflow.
        let pad = (self.hi / 2.0 - self.lo / 2.0) * 2.0 * share;
        Self { lo: self.lo - pad, hi: self.hi + pad, ..self }
    }

    /// Returns `name` with `(log)` behind it, if the scale is logarithmic.
    pub(crate) fn name(&self, name: &str) -> String {
        if self.log { format!("{name} (log)") } else { name.to_owned() }
    }

    /// Returns `value` in the units of [`Self::lo`].
    pub(crate) fn transform(&self, value: f64) -> f64 {
        if self.log { value.log10() } else { value }
    }

    /// Returns the place of `value`: 0 at the low end, 1 at the high one, beyond them outside the range.
    pub(crate) fn place(&self, value: f64) -> f64 {
        self.share(self.transform(value))
    }

    /// Returns the place of a value that is in the units of [`Self::lo`].
    pub(crate) fn share(&self, transformed: f64) -> f64 {
        let length = self.hi / 2.0 - self.lo / 2.0;
        let share = (transformed / 2.0 - self.lo / 2.0) / length;
        if share.is_nan() { 0.5 } else { share }
    }
}

/// Returns the range of `sorted` without the few values that lie far away from the rest.
fn bulk(sorted: &[f64], best: Option<f64>) -> (f64, f64) {
    let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share).round() as usize];
    let (low, high) = (at(0.1), at(0.9));
    let spread = high - low;
    let (mut lo, mut hi) = (at(0.0), at(1.0));
    if sorted.len() < 8 || spread <= 0.0 || !spread.is_finite() {
        return (lo, hi);
    }
    if hi - high > REACH * spread {
        hi = sorted.iter().copied().rfind(|value| value - high <= REACH / 2.0 * spread).unwrap_or(high);
    }
    if low - lo > REACH * spread {
        lo = sorted.iter().copied().find(|value| low - value <= REACH / 2.0 * spread).unwrap_or(low);
    }
    let best = best.unwrap_or(lo);
    (lo.min(best), hi.max(best))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_get_room() {
        let scale = Scale::objective(&[3.0, 3.0, 3.0], Some(3.0), 100.0);
        assert_eq!((scale.only, scale.place(3.0)), (Some(3.0), 0.5));
        assert_eq!(Scale::linear(0.0, 0.0).place(0.0), 0.5);
        assert_eq!(Scale::log(1e-3, 1e-3).place(1e-3), 0.5);
    }

    #[test]
    fn the_objective_is_logarithmic_where_it_helps() {
        assert!(Scale::objective(&[1e-4, 1e-3, 0.5], None, 100.0).log);
        assert!(Scale::objective(&[0.1, 0.5, 2.0], None, 10.0).log);
        assert!(!Scale::objective(&[0.1, 0.2, 0.5], None, 10.0).log);
        assert!(!Scale::objective(&[-1.0, 1e-3, 500.0], None, 100.0).log);
    }

    #[test]
    fn a_far_value_does_not_squash_the_others() {
        let mut values: Vec<f64> = (0..40).map(|i| f64::from(i) / 40.0 - 0.5).collect();
        values.push(1e9);
        assert!(Scale::objective(&values, Some(-0.5), 100.0).hi < 10.0);
        assert!(Scale::objective(&values, Some(1e9), 100.0).hi > 1e9, "but the best is always inside");
    }

    #[test]
    fn extreme_values_stay_on_the_axis() {
        for values in [[-f64::MAX, f64::MAX], [0.0, 5e-324], [1.0, 1.0 + f64::EPSILON]] {
            let scale = Scale::objective(&values, None, 100.0);
            for value in values {
                assert!((0.0..=1.0).contains(&scale.place(value).clamp(0.0, 1.0)), "{values:?}");
            }
        }
    }
}
