//! Scales, which map values to places along an axis: linear, logarithmic, or by the logarithm of the distance to the best.

use std::f64::consts::LN_10;

use hyperopt_core::number;
use itertools::Itertools as _;

/// Values beyond this are drawn at the edge, so that the ends of an axis with their room stay finite.
const LARGEST: f64 = 1.49e308;

/// How many times as far from the best as the next value one must be to be left out.
const REACH: f64 = 10.0;

/// Decades of the distance to the best that an axis shows.
const DECADES: i32 = 8;

/// The range of an axis, and how values lie along it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    /// The low end in the units of [`Self::transform`], as is `hi`.
    pub(crate) lo: f64,
    pub(crate) hi: f64,
    pub(crate) warp: Warp,
    /// The only value, if there is but one.
    pub(crate) only: Option<f64>,
    /// The part that has labels, in the units of `lo`.
    pub(crate) labelled: (f64, f64),
}

/// How values lie along an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Warp {
    /// By themselves.
    Linear,
    /// By their logarithms.
    Log,
    /// Numbers between 0 and 1, by the logarithms of their odds.
    Logit,
    /// By the logarithms of one more than their size, on both sides of 0.
    Bilog,
    /// By the logarithm of their distance to `from`, where nearly all of them lie; those nearer than `floor` together.
    Distance { from: f64, floor: f64, is_loss: bool },
}

impl Scale {
    fn new(lo: f64, hi: f64, warp: Warp) -> Self {
        Self { lo, hi, warp, only: None, labelled: (lo, hi) }
    }

    /// Returns a linear scale from `lo` to `hi`, made wider if they are equal.
    pub(crate) fn linear(lo: f64, hi: f64) -> Self {
        let (lo, hi) = (lo.clamp(-LARGEST, LARGEST), hi.clamp(-LARGEST, LARGEST));
        if lo < hi {
            return Self::new(lo, hi, Warp::Linear);
        }
        let half = if lo == 0.0 { 1.0 } else { lo.abs() * 0.1 };
        Self { only: Some(lo), ..Self::new(lo - half, lo + half, Warp::Linear) }
    }

    /// Returns a logarithmic scale from `lo` to `hi`, or a linear one if they are not both positive.
    pub(crate) fn log(lo: f64, hi: f64) -> Self {
        if lo <= 0.0 || hi <= 0.0 {
            return Self::linear(lo, hi);
        }
        let (from, to) = (lo.log10(), hi.log10());
        if from < to {
            Self::new(from, to, Warp::Log)
        } else {
            Self { only: Some(lo), ..Self::new(from - 0.5, from + 0.5, Warp::Log) }
        }
    }

    /// Returns a scale over the finite ones of `xs` and over `bounds`, if there is any number among them.
    pub(crate) fn covering(bounds: Option<(f64, f64)>, xs: impl Iterator<Item = f64>, warp: Warp) -> Option<Self> {
        let bounds = bounds.filter(|(lo, hi)| lo.is_finite() && hi.is_finite());
        let ends = bounds.into_iter().flat_map(|(lo, hi)| [lo, hi]);
        let all = ends.chain(xs.filter(|x| x.is_finite()));
        let (lo, hi) = all.minmax_by(f64::total_cmp).into_option()?;
        Some(match warp {
            Warp::Log => Self::log(lo, hi),
            Warp::Logit | Warp::Bilog => Self::stretched(lo, hi, warp),
            Warp::Linear | Warp::Distance { .. } => Self::linear(lo, hi),
        })
    }

    /// Returns a scale of odds, or of logarithms on both sides of 0; a linear one where that has no place for an end.
    fn stretched(lo: f64, hi: f64, warp: Warp) -> Self {
        let scale = Self::new(lo, hi, warp);
        let (from, to) = (scale.transform(lo), scale.transform(hi));
        if !(from.is_finite() && to.is_finite()) {
            Self::linear(lo, hi)
        } else if from < to {
            Self::new(from, to, warp)
        } else {
            Self { only: Some(lo), ..Self::new(from - 0.5, from + 0.5, warp) }
        }
    }

    /// Returns the axis for the objective's `values`: [`Self::of_values`] with some room at its ends.
    pub(crate) fn objective(values: &[f64], is_loss: bool, ratio: f64) -> Self {
        let scale = Self::of_values(values, is_loss, ratio);
        if values.is_empty() { scale } else { scale.padded(0.07) }
    }

    /// Returns a scale for the objective's `values`, which are finite.
    ///
    /// It is logarithmic if all are positive, and the largest is more than `ratio` times the smallest. It leaves out a few
    /// values that are far worse than the others. Where three in four lie within a fifteenth of it from the best, it is over
    /// the logarithm of the distance to the best, which tells them apart.
    pub(crate) fn of_values(values: &[f64], is_loss: bool, ratio: f64) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (Some(&lo), Some(&hi)) = (sorted.first(), sorted.last()) else {
            return Self::linear(0.0, 1.0);
        };
        let wide = lo > 0.0 && hi / lo > ratio;
        let units: Vec<f64> = if wide { sorted.iter().map(|value| value.log10()).collect() } else { sorted.clone() };
        let distances = distances(&units, is_loss);
        let kept = kept(&distances);
        let (lo, hi) =
            if is_loss { (units[0], units[kept - 1]) } else { (units[units.len() - kept], units[units.len() - 1]) };
        if is_crowded(&distances[..kept]) {
            // Of logarithms, none may be far that is so by itself.
            let kept = kept.min(self::kept(&self::distances(&sorted, is_loss)));
            let kept = if is_loss { &sorted[..kept] } else { &sorted[sorted.len() - kept..] };
            if let Some(scale) = Self::distance(kept, is_loss) {
                return scale;
            }
        }
        match wide {
            true if hi - lo >= 1.0 => Self::new(lo, hi, Warp::Log),
            true => Self::linear(10_f64.powf(lo), 10_f64.powf(hi)),
            false => Self::linear(lo, hi),
        }
    }

    /// Returns a scale over the distances to the best of `sorted`, if they span more than a decade.
    fn distance(sorted: &[f64], is_loss: bool) -> Option<Self> {
        let from = if is_loss { *sorted.first()? } else { *sorted.last()? };
        let distances = distances(sorted, is_loss);
        let largest = *distances.last()? * 2.0;
        let smallest = distances.iter().find(|distance| **distance > 0.0)? * 2.0;
        let floor = smallest.max(largest * 10_f64.powi(-DECADES));
        if !largest.is_finite() || largest / floor < 10.0 {
            return None;
        }
        let warp = Warp::Distance { from, floor, is_loss };
        let (near, far) = (floor.log10() - 0.5, largest.log10());
        Some(if is_loss { Self::new(near, far, warp) } else { Self::new(-far, -near, warp) })
    }

    /// Returns the scale with `share` of its length added at each end, where labels may stand too.
    pub(crate) fn padded(self, share: f64) -> Self {
        let padded = self.with_room(share);
        Self { labelled: (padded.lo, padded.hi), ..padded }
    }

    /// Returns the scale with `share` of its length added at each end, and no labels there.
    pub(crate) fn with_room(self, share: f64) -> Self {
        // Halves first: the difference of two values near the largest may overflow.
        let pad = (self.hi / 2.0 - self.lo / 2.0) * share * 2.0;
        Self { lo: self.lo - pad, hi: self.hi + pad, ..self }
    }

    /// Returns a scale of the numbers from 1 to `count`, each with its half of the space to the next.
    pub(crate) fn steps(count: usize) -> Self {
        let count = count as f64;
        Self { labelled: (1.0, count), ..Self::new(0.5, count + 0.5, Warp::Linear) }
    }

    /// Returns whether powers of ten are equally far apart.
    pub(crate) fn is_log(&self) -> bool {
        self.warp == Warp::Log
    }

    /// Returns `name` with what is done to its values: `loss (log)`.
    pub(crate) fn name(&self, name: &str) -> String {
        match self.warp {
            Warp::Linear => name.to_owned(),
            Warp::Log | Warp::Bilog => format!("{name} (log)"),
            Warp::Logit => format!("{name} (logit)"),
            Warp::Distance { from, is_loss: true, .. } if from < 0.0 => format!("{name} + {} (log)", number(-from)),
            Warp::Distance { from, is_loss: true, .. } => format!("{name} − {} (log)", number(from)),
            Warp::Distance { from, is_loss: false, .. } => format!("{} − {name} (log)", number(from)),
        }
    }

    /// Returns `value` in the units of [`Self::lo`].
    pub(crate) fn transform(&self, value: f64) -> f64 {
        match self.warp {
            Warp::Linear => value,
            Warp::Log => value.log10(),
            Warp::Logit => (value / (1.0 - value)).log10(),
            Warp::Bilog => value.signum() * value.abs().ln_1p() / LN_10,
            Warp::Distance { from, floor, is_loss } => {
                let distance = if is_loss { value - from } else { from - value };
                let power = if distance < floor { floor.log10() - 0.5 } else { distance.log10() };
                if is_loss { power } else { -power }
            }
        }
    }

    /// Returns the value at a place.
    pub(crate) fn value(&self, place: f64) -> f64 {
        let length = self.hi - self.lo;
        let evenly = || self.lo * (1.0 - place) + self.hi * place;
        self.untransform(if length.is_finite() { self.lo + length * place } else { evenly() })
    }

    /// Returns the value of what is in the units of [`Self::lo`].
    pub(crate) fn untransform(&self, at: f64) -> f64 {
        match self.warp {
            Warp::Linear => at,
            Warp::Log => 10_f64.powf(at),
            Warp::Logit => 1.0 / (1.0 + 10_f64.powf(-at)),
            Warp::Bilog => at.signum() * (at.abs() * LN_10).exp_m1(),
            Warp::Distance { from, is_loss: true, .. } => from + 10_f64.powf(at),
            Warp::Distance { from, is_loss: false, .. } => from - 10_f64.powf(-at),
        }
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

/// Returns half of the distance of each of `sorted` to the best of them, from the nearest: the whole may overflow.
fn distances(sorted: &[f64], is_loss: bool) -> Vec<f64> {
    if is_loss {
        sorted.iter().map(|value| value / 2.0 - sorted[0] / 2.0).collect()
    } else {
        sorted.iter().rev().map(|value| sorted[sorted.len() - 1] / 2.0 - value / 2.0).collect()
    }
}

/// Returns how many of the sorted `distances` an axis covers: all, or all but a few, at most one in twenty, that are ten times
/// as far as the next.
fn kept(distances: &[f64]) -> usize {
    let count = distances.len();
    if count < 8 {
        return count;
    }
    let first = count - (count / 20).max(1);
    let is_gap = |index: &usize| distances[index - 1] > 0.0 && distances[*index] > REACH * distances[index - 1];
    (first..count).find(is_gap).unwrap_or(count)
}

/// Returns whether most of the sorted `distances` are small for the largest.
fn is_crowded(distances: &[f64]) -> bool {
    let most = distances[distances.len() * 3 / 4 - usize::from(distances.len() * 3 / 4 == distances.len())];
    distances.len() >= 20 && most > 0.0 && most < distances[distances.len() - 1] / 15.0
}

#[cfg(test)]
mod tests;
