//! Kernel density estimates over continuous and unordered dimensions: Falkner et al. 2018, section 4.1, with the kernels
//! and the rule for bandwidths of statsmodels' `KDEMultivariate`, which the authors use.

use std::f64::consts::TAU;
use std::ops::Range;

use super::coordinate::Coordinate;
use super::options::Options;
use crate::sampler::simd::{LANES, Lanes, gauss, sum};

/// A density: the mean over observations of a product of one kernel for each dimension.
///
/// - Continuous: a normal density around the observation, of deviation h. It is not cut off at 0 and 1.
/// - Unordered (Aitchison and Aitken): 1 − h at the observed level, h / (c − 1) at each of the c − 1 others.
///
/// h = 1.06 σ n^(−1 / (4 + d)) in each of the d dimensions, where σ is the population's deviation of the n observations,
/// that of the levels' indices where there is no order; at least `min_bandwidth`.
///
/// Two departures from statsmodels, unless faithful: c counts the levels that are declared, not those that were seen, and
/// h stays within (c − 1) / c, where the kernel is flat. Beyond that, the levels that were *not* observed would be the
/// likelier ones.
///
/// Observations lie in blocks of eight, dimension after dimension within a block, divided by h where they are continuous.
#[derive(Clone, Debug, Default)]
pub(super) struct Kde {
    bandwidths: Vec<f64>,
    gaussians: Vec<Gaussian>,
    levels: Vec<Unordered>,
    blocks: Vec<Lanes>,
    /// The number of kernels in `blocks`.
    count: usize,
    /// The number of observations that the bandwidths are fitted to.
    fitted: usize,
    /// The part of the norm that does not depend on the number of observations.
    norm: f64,
}

#[derive(Clone, Copy, Debug)]
struct Gaussian {
    dimension: usize,
    /// 1 / h.
    scale: f64,
}

#[derive(Clone, Copy, Debug)]
struct Unordered {
    dimension: usize,
    /// The kernel at the observed level.
    same: f64,
    /// The kernel at each other level.
    other: f64,
}

impl Kde {
    /// Replaces the estimate by that of `rows`, of one number for each dimension.
    pub(super) fn fit(&mut self, rows: &[f64], dimensions: &[Coordinate], options: &Options) {
        let count = rows.len() / dimensions.len().max(1);
        self.fit_bandwidths(rows, count, dimensions, options);
        self.gaussians.clear();
        self.levels.clear();
        self.norm = 1.0;
        for (dimension, (described, &bandwidth)) in dimensions.iter().zip(&self.bandwidths).enumerate() {
            if let Some(declared) = described.levels {
                let levels = if options.faithful { seen(rows, dimension, dimensions.len()) } else { declared };
                let other = bandwidth / (levels as f64 - 1.0);
                self.levels.push(Unordered { dimension, same: 1.0 - bandwidth, other });
            } else {
                self.gaussians.push(Gaussian { dimension, scale: bandwidth.recip() });
                self.norm /= bandwidth * TAU.sqrt();
            }
        }
        // Out of reach below a hundred dimensions of one value each; a density that overflows could not be compared.
        self.norm = self.norm.min(1e250);
        self.blocks.clear();
        self.count = 0;
        for row in rows.chunks_exact(dimensions.len().max(1)) {
            self.push(row);
        }
        self.fitted = self.count;
    }

    fn fit_bandwidths(&mut self, rows: &[f64], count: usize, dimensions: &[Coordinate], options: &Options) {
        let (n, d) = (count as f64, dimensions.len());
        let mut means = vec![0.0; d];
        for row in rows.chunks_exact(d.max(1)) {
            means.iter_mut().zip(row).for_each(|(mean, value)| *mean += value);
        }
        for mean in &mut means {
            *mean /= n;
        }
        self.bandwidths.clear();
        self.bandwidths.resize(d, 0.0);
        for row in rows.chunks_exact(d.max(1)) {
            let centred = row.iter().zip(&means).map(|(value, mean)| value - mean);
            self.bandwidths.iter_mut().zip(centred).for_each(|(square, value)| *square += value * value);
        }
        let rule = 1.06 * n.powf(-1.0 / (4.0 + d as f64));
        for (bandwidth, dimension) in self.bandwidths.iter_mut().zip(dimensions) {
            *bandwidth = (rule * (*bandwidth / n).sqrt()).max(options.min_bandwidth);
            if let (Some(levels), false) = (dimension.levels, options.faithful) {
                *bandwidth = bandwidth.min((levels as f64 - 1.0) / levels as f64);
            }
        }
    }

    /// Adds a kernel at `row`, and leaves the bandwidths as they are.
    pub(super) fn push(&mut self, row: &[f64]) {
        let (d, lane) = (row.len(), self.count % LANES);
        if lane == 0 {
            self.blocks.resize(self.blocks.len() + d, [0.0; LANES]);
        }
        let start = self.blocks.len() - d;
        let block = &mut self.blocks[start..];
        for gaussian in &self.gaussians {
            block[gaussian.dimension][lane] = row[gaussian.dimension] * gaussian.scale;
        }
        for unordered in &self.levels {
            block[unordered.dimension][lane] = row[unordered.dimension];
        }
        self.count += 1;
    }

    /// Takes away all kernels but the first `count`.
    pub(super) fn truncate(&mut self, count: usize) {
        self.count = self.count.min(count);
        self.blocks.truncate(self.count.div_ceil(LANES) * self.bandwidths.len());
    }

    /// Returns the number of observations that the bandwidths are fitted to: the first kernels.
    pub(super) fn fitted(&self) -> usize {
        self.fitted
    }

    /// One bandwidth for each dimension.
    pub(super) fn bandwidths(&self) -> &[f64] {
        &self.bandwidths
    }

    /// What the sum of all kernels has to be multiplied by.
    pub(super) fn norm(&self) -> f64 {
        self.norm / self.count as f64
    }

    /// Brings `x` into the form of the observations.
    pub(super) fn scale(&self, x: &[f64], scaled: &mut Vec<f64>) {
        scaled.clear();
        scaled.extend_from_slice(x);
        for gaussian in &self.gaussians {
            scaled[gaussian.dimension] *= gaussian.scale;
        }
    }

    /// Adds to `start` the kernels at `scaled` of some blocks, until the sum exceeds `limit`.
    ///
    /// No kernel is negative, so the sum of all exceeds it too then; but see [`Options::faithful`].
    pub(super) fn sum(&self, scaled: &[f64], blocks: Range<usize>, start: f64, limit: f64) -> f64 {
        let d = self.bandwidths.len().max(1);
        let full = self.count / LANES;
        let mut total = start;
        for (index, block) in self.blocks.chunks_exact(d).enumerate().take(blocks.end).skip(blocks.start) {
            let mut terms = self.kernels(scaled, block);
            if index == full {
                terms[self.count % LANES..].fill(0.0);
            }
            total += sum(&terms);
            if total > limit {
                break;
            }
        }
        total
    }

    /// Returns the eight kernels of `block` at `scaled`.
    #[inline]
    fn kernels(&self, scaled: &[f64], block: &[Lanes]) -> Lanes {
        let mut terms = [0.0; LANES];
        for gaussian in &self.gaussians {
            let at = scaled[gaussian.dimension];
            for (square, observed) in terms.iter_mut().zip(&block[gaussian.dimension]) {
                let distance = at - observed;
                *square += distance * distance;
            }
        }
        gauss(&mut terms);
        for unordered in &self.levels {
            let at = scaled[unordered.dimension];
            for (term, &observed) in terms.iter_mut().zip(&block[unordered.dimension]) {
                *term *= if observed == at { unordered.same } else { unordered.other };
            }
        }
        terms
    }

    /// Returns the density at `x`; `scaled` is room to work in.
    pub(super) fn density(&self, x: &[f64], scaled: &mut Vec<f64>) -> f64 {
        self.scale(x, scaled);
        self.sum(scaled, 0..usize::MAX, 0.0, f64::INFINITY) * self.norm()
    }
}

/// How many levels there are in a column.
fn seen(rows: &[f64], dimension: usize, dimensions: usize) -> u64 {
    let mut levels: Vec<_> = rows.iter().skip(dimension).step_by(dimensions).copied().collect();
    levels.sort_unstable_by(f64::total_cmp);
    levels.dedup();
    levels.len() as u64
}
