//! When to start anew: section B.3 of the tutorial.

use super::gaussian::Gaussian;
use super::parameters::Parameters;

/// The generations since the last start, as the stopping criteria see them.
#[derive(Clone, Debug, Default)]
pub(super) struct Stopping {
    bests: Vec<f64>,
    medians: Vec<f64>,
    sorted: Vec<f64>,
}

/// A part of the losses, and of the first deviation, that is no difference any more.
const TOLERANCE: f64 = 1e-12;

/// The largest condition number of the covariance matrix.
const MOST_CONDITION: f64 = 1e14;

impl Stopping {
    pub(super) fn clear(&mut self) {
        self.bests.clear();
        self.medians.clear();
    }

    /// Whether to start anew after a generation with these `losses`, from the best to the worst.
    pub(super) fn is_over(
        &mut self,
        losses: &[f64],
        gaussian: &Gaussian,
        continuous: impl Iterator<Item = usize>,
        (parameters, sigma): (&Parameters, f64),
    ) -> bool {
        let (best, worst) = (losses[0], losses[losses.len() - 1]);
        self.bests.push(best);
        self.medians.push(losses[losses.len() / 2]);
        let n = gaussian.dimensions();
        let per_trial = n as f64 / parameters.weights.len() as f64;
        self.is_flat(best, worst, 10 + (30.0 * per_trial).ceil() as usize)
            || self.is_stagnant(120 + (30.0 * per_trial) as usize)
            || is_degenerate(gaussian)
            || is_narrow(gaussian, continuous, sigma)
    }

    /// The best of the last `count` generations, and all losses of the last one, differ by nothing but rounding.
    fn is_flat(&self, best: f64, worst: f64, generations: usize) -> bool {
        let Some(first) = self.bests.len().checked_sub(generations) else { return false };
        let bests = &self.bests[first..];
        let (low, high) = bests.iter().fold((best, worst), |(low, high), &best| (best.min(low), best.max(high)));
        high - low <= TOLERANCE * high.abs().max(low.abs())
    }

    /// Over the last fifth of all generations, at least `least` and at most 20,000 of them, neither the best nor the
    /// median losses have fallen.
    fn is_stagnant(&mut self, least: usize) -> bool {
        let generations = self.bests.len();
        let window = (generations / 5).clamp(least, 20_000.max(least));
        // Medians are costly, so every tenth time.
        if generations < window || !generations.is_multiple_of(10) {
            return false;
        }
        let part = window * 3 / 10;
        let Self { bests, medians, sorted, .. } = self;
        let mut has_fallen = |losses: &[f64]| {
            let losses = &losses[generations - window..];
            let mut median = |part: &[f64]| {
                sorted.clear();
                sorted.extend_from_slice(part);
                *sorted.select_nth_unstable_by(part.len() / 2, f64::total_cmp).1
            };
            median(&losses[window - part..]) < median(&losses[..part])
        };
        !has_fallen(bests) && !has_fallen(medians)
    }
}

/// The covariance matrix is too stretched to go on with, or has overflowed.
fn is_degenerate(gaussian: &Gaussian) -> bool {
    let (least, most) = gaussian
        .scales
        .iter()
        .fold((f64::INFINITY, 0.0_f64), |(least, most), &scale| (least.min(scale), most.max(scale)));
    let usable =
        gaussian.sigma > 0.0 && gaussian.sigma.is_finite() && gaussian.mean.iter().all(|mean| mean.is_finite());
    gaussian.dimensions() > 0 && (!usable || most > least * MOST_CONDITION.sqrt())
}

/// There is nothing left to search along any continuous axis, or steps are lost in rounding along one of them. Axes with
/// levels do not count: the margin keeps them wide.
fn is_narrow(gaussian: &Gaussian, continuous: impl Iterator<Item = usize>, sigma: f64) -> bool {
    let (mut any, mut narrow) = (false, true);
    for axis in continuous {
        any = true;
        let (mean, deviation) = (gaussian.mean[axis], gaussian.deviation(axis));
        narrow &= deviation.max(gaussian.sigma * gaussian.path_c[axis].abs()) < TOLERANCE * sigma;
        if mean == mean + 0.2 * deviation {
            return true;
        }
    }
    any && narrow
}
