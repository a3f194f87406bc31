//! The Parzen estimator: a mixture of product kernels, one for each trial and one for the prior. Bergstra et al. 2011,
//! section 4; Watanabe 2023, sections 3.2 and 3.3.

use rand::{Rng, RngExt};

use super::bandwidth;
use super::column::Column;
use super::coordinate::Coordinate;
use super::options::Options;
use super::prior::Belief;
use crate::normal::TruncatedNormal;
use crate::sampler::simd::{LANES, exponentials, sum};
use crate::space::Space;

/// Points of an earlier sweep have kernels as trials of this one do: their numbers count from here.
pub(super) const FIRST_EARLIER: usize = usize::MAX / 2;

/// A density over some dimensions. Kernel 0 is the prior; the others are in the order of their trials, so that sums do not
/// depend on the order in which they were recorded.
#[derive(Clone, Debug)]
pub(super) struct Parzen {
    columns: Vec<Column>,
    /// The trials that have a kernel each, from kernel 1 on.
    trials: Vec<usize>,
    /// The weights of the kernels.
    weights: Vec<f64>,
    /// Of each kernel, the logarithm of its weight and of all that does not depend on where it is looked at.
    base: Vec<f64>,
    least: f64,
    is_stale: bool,
}

impl Parzen {
    /// Of no trial yet: the prior alone, of what is believed of each dimension if it `believes`.
    pub(super) fn new(dimensions: &[Coordinate], believes: bool) -> Self {
        let belief = |dimension: &Coordinate| if believes { dimension.belief } else { Belief::NONE };
        Self {
            columns: dimensions.iter().map(|dimension| Column::new(dimension, belief(dimension))).collect(),
            trials: Vec::new(),
            weights: Vec::new(),
            base: Vec::new(),
            least: 0.0,
            is_stale: true,
        }
    }

    /// Makes `trials` the ones that have a kernel; they are in order, and `read` gives their rows.
    pub(super) fn set(
        &mut self,
        trials: &[usize],
        read: impl Fn(usize, &mut Vec<f64>),
        dimensions: &[Coordinate],
        space: &Space,
    ) {
        let gone: Vec<_> = self.trials.iter().copied().filter(|trial| trials.binary_search(trial).is_err()).collect();
        for trial in gone {
            self.remove(trial);
        }
        let mut row = Vec::with_capacity(dimensions.len());
        for &trial in trials {
            if self.trials.binary_search(&trial).is_err() {
                row.clear();
                read(trial, &mut row);
                self.insert(trial, &row, dimensions, space);
            }
        }
    }

    /// Adds the kernel of `trial`, at `row`.
    pub(super) fn insert(&mut self, trial: usize, row: &[f64], dimensions: &[Coordinate], space: &Space) {
        let index = self.trials.partition_point(|&other| other < trial);
        self.trials.insert(index, trial);
        for ((column, &x), dimension) in self.columns.iter_mut().zip(row).zip(dimensions) {
            column.insert(index + 1, x, dimension, space);
        }
        self.is_stale = true;
    }

    /// Takes the kernel of `trial` away, if there is one.
    fn remove(&mut self, trial: usize) {
        let Ok(index) = self.trials.binary_search(&trial) else { return };
        self.trials.remove(index);
        for column in &mut self.columns {
            column.remove(index + 1);
        }
        self.is_stale = true;
    }

    /// Takes the kernels of an earlier sweep away.
    pub(super) fn drop_earlier(&mut self) {
        while let Some(&last) = self.trials.last().filter(|&&last| last >= FIRST_EARLIER) {
            self.remove(last);
        }
    }

    /// Takes pushed kernels away.
    pub(super) fn settle(&mut self) {
        let kernels = self.trials.len() + 1;
        for column in &mut self.columns {
            column.truncate(kernels);
        }
        self.base.truncate(kernels);
    }

    /// Fits the bandwidths and the weights after `trials` trials, if these have changed. `weights` gives those of the kernels,
    /// which are 1 otherwise; the prior's is the mean of this sweep's, times the option's.
    pub(super) fn refresh(&mut self, options: &Options, trials: usize, reaches: bool, weights: Option<&[f64]>) {
        let is_weighed = weights.is_none_or(|weights| self.weights.get(1..) == Some(weights));
        let kernels = self.trials.len() + 1;
        let least = bandwidth::least(options, trials, kernels, self.columns.len());
        if !self.is_stale && is_weighed && least == self.least {
            return;
        }
        self.is_stale = false;
        self.least = least;
        self.weights.clear();
        self.weights.resize(kernels, 1.0);
        if let Some(weights) = weights.filter(|weights| weights.len() == self.trials.len() && kernels > 1) {
            let own = &weights[..self.trials.partition_point(|&trial| trial < FIRST_EARLIER)];
            if !own.is_empty() {
                self.weights[0] = own.iter().sum::<f64>() / own.len() as f64;
            }
            self.weights[1..].copy_from_slice(weights);
        }
        self.weights[0] *= options.prior_weight;
        self.base.clear();
        self.base.extend(self.weights.iter().map(|weight| weight.ln()));
        for column in &mut self.columns {
            column.refresh(reaches, self.least, kernels, options.prior_weight);
            column.add_peaks(0, &mut self.base);
        }
    }

    /// Adds kernels of weight 1 at `rows`, until the others are dropped again.
    pub(super) fn push(&mut self, rows: &[f64], dimensions: &[Coordinate], space: &Space) {
        for row in rows.chunks_exact(dimensions.len()) {
            for ((column, &x), dimension) in self.columns.iter_mut().zip(row).zip(dimensions) {
                column.push(x, self.least, dimension, space);
            }
        }
        let before = self.base.len();
        self.base.resize(before + rows.len() / dimensions.len(), 0.0);
        for column in &self.columns {
            column.add_peaks(before, &mut self.base);
        }
    }

    /// Draws a point into `x`.
    pub(super) fn draw(&self, x: &mut Vec<f64>, rng: &mut impl Rng, normal: &mut TruncatedNormal) {
        let mut left = rng.random::<f64>() * self.weights.iter().sum::<f64>();
        let kernel = self.weights.iter().position(|weight| {
            left -= weight;
            left < 0.0
        });
        let kernel = kernel.unwrap_or(self.weights.len() - 1);
        x.extend(self.columns.iter().map(|column| column.draw(kernel, rng, normal)));
    }

    /// Returns the logarithm of the density at `x`, but for the sum of all weights; `sums` is room to work in.
    pub(super) fn log_density(&self, x: &[f64], sums: &mut Vec<f64>) -> f64 {
        sums.clear();
        sums.extend_from_slice(&self.base);
        for (column, &x) in self.columns.iter().zip(x) {
            column.add(x, sums);
        }
        log_sum_exp(sums)
    }

    /// How many kernels there are, with the prior.
    #[cfg(test)]
    pub(super) fn kernels(&self) -> usize {
        self.weights.len()
    }

    /// Returns the logarithm of the sum of all weights.
    pub(super) fn log_norm(&self) -> f64 {
        (self.weights.iter().sum::<f64>() + (self.base.len() - self.weights.len()) as f64).ln()
    }
}

fn log_sum_exp(terms: &mut Vec<f64>) -> f64 {
    terms.resize(terms.len().next_multiple_of(LANES), f64::NEG_INFINITY);
    let (chunks, _) = terms.as_chunks_mut::<LANES>();
    let mut largest = [f64::NEG_INFINITY; LANES];
    for chunk in &*chunks {
        for (largest, term) in largest.iter_mut().zip(chunk) {
            *largest = if term > largest { *term } else { *largest };
        }
    }
    let largest = largest.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let mut total = [0.0; LANES];
    for chunk in chunks {
        for term in &mut *chunk {
            *term -= largest;
        }
        exponentials(chunk);
        total.iter_mut().zip(&*chunk).for_each(|(total, term)| *total += term);
    }
    largest + sum(&total).ln()
}
