//! A start from trials that something else proposed: Nomura, Watanabe, Akimoto, Ozaki and Onishi, "Warm Starting CMA-ES for
//! Hyperparameter Optimization", AAAI 2021, arXiv 2012.06932.

use super::categorical::Categorical;
use super::gaussian::Gaussian;
use super::generation::Generation;
use super::parameters::Parameters;

/// The trials before the first generation that was drawn from the distributions.
#[derive(Clone, Debug, Default)]
pub(super) struct Source {
    /// Places along the axes of the normal distribution, row by row, and levels along the others.
    places: Vec<f64>,
    levels: Vec<Option<usize>>,
    losses: Vec<f64>,
    /// How many trials there have to be before the start is worked out again.
    next: usize,
    order: Vec<usize>,
}

/// γ of the paper: the share of the trials that are good.
const GOOD: f64 = 0.1;

/// α, the least deviation around them. The paper has 0.1 for trials of another problem; these are of the same one, and
/// what proposed them may have come close.
const DEVIATION: f64 = 1e-4;

impl Source {
    /// Adds a generation. Returns whether the trials have grown enough to work out the start again: by a quarter,
    /// so that all of it takes time in proportion to their number.
    pub(super) fn extend(&mut self, generation: &Generation) -> bool {
        self.places.extend_from_slice(generation.places());
        for row in 0..generation.len() {
            self.levels.extend_from_slice(generation.levels(row));
        }
        self.losses.extend_from_slice(generation.losses());
        let is_due = self.losses.len() >= self.next;
        if is_due {
            self.next = self.losses.len() + self.losses.len() / 4;
        }
        is_due
    }

    /// Returns the distributions of the good trials; `None` if all have failed.
    ///
    /// The mean is that of a generation with the best trials as its members; the deviations are those of all good ones, at
    /// most `widest`. Few trials say little about correlations, so these are drawn towards none.
    pub(super) fn start(
        &mut self,
        categorical: &Categorical,
        parameters: &Parameters,
        widest: f64,
    ) -> Option<(Gaussian, Categorical)> {
        let Self { places, levels, losses, order, .. } = self;
        let trials = losses.len();
        let n = places.len() / trials.max(1);
        order.clear();
        order.extend((0..trials).filter(|&row| losses[row].is_finite()));
        order.sort_unstable_by(|&a, &b| losses[a].total_cmp(&losses[b]).then(a.cmp(&b)));
        // As many as there are axes, if that leaves some that are not good: of fewer, no deviation is to be had.
        order.truncate(((trials as f64 * GOOD) as usize).max(n.min(trials / 2)).max(1));
        if order.is_empty() {
            return None;
        }
        let good = order.len() as f64;
        let row = |row: usize| &places[row * n..(row + 1) * n];
        let best = || order.iter().zip(&parameters.weights[..parameters.mu]);
        let sum: f64 = best().map(|(_, weight)| weight).sum();
        let mean = (0..n).map(|axis| best().map(|(&at, weight)| weight * row(at)[axis]).sum::<f64>() / sum).collect();
        let centre: Vec<_> = (0..n).map(|axis| order.iter().map(|&at| row(at)[axis]).sum::<f64>() / good).collect();
        let cell = |a: usize, b: usize| {
            let product = |&at: &usize| (row(at)[a] - centre[a]) * (row(at)[b] - centre[b]);
            order.iter().map(product).sum::<f64>() / good
        };
        let deviations: Vec<_> = (0..n).map(|axis| cell(axis, axis).sqrt().max(DEVIATION)).collect();
        let shrinking: Vec<_> = deviations.iter().map(|deviation| (widest / deviation).min(1.0)).collect();
        let shrunk = |a: usize, b: usize| {
            let kept = if a == b { 1.0 } else { good / (good + n as f64) };
            let least = if a == b { DEVIATION * DEVIATION } else { 0.0 };
            cell(a, b) * shrinking[a] * shrinking[b] * kept + least
        };
        let covariance = (0..n * n).map(|index| shrunk(index / n.max(1), index % n.max(1))).collect();
        let axes = levels.len() / trials.max(1);
        let chosen = order.iter().map(|&row| &levels[row * axes..(row + 1) * axes]);
        Some((Gaussian::of(mean, covariance), categorical.fitted(chosen)))
    }
}
