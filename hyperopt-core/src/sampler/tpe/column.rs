//! One factor of the product kernels: that of one dimension, for all kernels side by side.

use rand::{Rng, RngExt};

use super::coordinate::{Coordinate, Form};
use super::neighbours::Neighbours;
use super::prior::{self, Belief};
use crate::normal::{TruncatedNormal, log_mass};
use crate::space::Space;

/// The kernels of one dimension; kernel 0 is the prior. Densities are those with respect to the even distribution over the
/// axis, whatever its kind, so that they compare.
#[derive(Clone, Debug)]
pub(super) enum Column {
    Smooth(Smooth),
    Coarse(Coarse),
    Unordered(Unordered),
}

/// Normal densities, truncated to the axis.
#[derive(Clone, Debug)]
pub(super) struct Smooth {
    neighbours: Neighbours,
    /// What the variance is larger by than the bandwidth's square: that of an even distribution over the level's cell.
    cells: Vec<f64>,
    is_fine: bool,
    /// 1 / σ.
    scales: Vec<f64>,
    /// The logarithm of the density at the middle of the kernel.
    peaks: Vec<f64>,
}

/// Normal densities, truncated to the axis and integrated over the cells of its levels.
#[derive(Clone, Debug)]
pub(super) struct Coarse {
    ends: Box<[f64]>,
    neighbours: Neighbours,
    /// The level of each kernel, and which row of `masses` is its own.
    kernels: Vec<(u32, u32)>,
    /// The level and the deviation of each row.
    rows: Vec<(u32, f64)>,
    /// One number for each level in each row: the logarithm of the mass of its cell by the cell's width.
    masses: Vec<f64>,
}

/// The even distribution, with more at the observed level; that of the prior, with more at the one that is believed in.
#[derive(Clone, Debug)]
pub(super) struct Unordered {
    levels: f64,
    believed: f64,
    /// The logarithms of the prior's density there, and at each other level; its probability beyond that of each other.
    prior: (f64, f64),
    favour: f64,
    kernels: Vec<f64>,
    /// The logarithms of the density at the observed level, and at each other one.
    same: f64,
    other: f64,
    /// The probability of the observed level beyond that of each other.
    excess: f64,
}

impl Column {
    pub(super) fn new(dimension: &Coordinate, belief: Belief) -> Self {
        let Belief { mean, deviation, .. } = belief;
        match &dimension.form {
            Form::Continuous | Form::Fine => {
                let mut smooth = Smooth {
                    neighbours: Neighbours::new(mean, deviation),
                    cells: vec![0.0],
                    is_fine: dimension.form == Form::Fine,
                    scales: vec![0.0],
                    peaks: vec![0.0],
                };
                smooth.set(0, mean, deviation);
                Self::Smooth(smooth)
            }
            Form::Coarse(ends) => {
                let mut coarse = Coarse {
                    ends: ends.clone(),
                    neighbours: Neighbours::new(mean, deviation),
                    kernels: vec![(u32::MAX, 0)],
                    rows: Vec::new(),
                    masses: Vec::new(),
                };
                coarse.row(u32::MAX, mean, deviation);
                Self::Coarse(coarse)
            }
            &Form::Unordered(levels) => {
                let levels = levels as f64;
                let even = levels / (levels - 1.0 + belief.odds);
                Self::Unordered(Unordered {
                    levels,
                    believed: belief.level as f64,
                    prior: ((even * belief.odds).ln(), even.ln()),
                    favour: (belief.odds - 1.0) * even / levels,
                    kernels: vec![f64::NAN],
                    same: 0.0,
                    other: 0.0,
                    excess: 0.0,
                })
            }
        }
    }

    pub(super) fn insert(&mut self, kernel: usize, x: f64, dimension: &Coordinate, space: &Space) {
        match self {
            Self::Smooth(smooth) => {
                smooth.neighbours.insert(kernel, x);
                smooth.cells.insert(kernel, smooth.cell(x, dimension, space));
                smooth.scales.insert(kernel, 0.0);
                smooth.peaks.insert(kernel, 0.0);
            }
            Self::Coarse(coarse) => {
                coarse.neighbours.insert(kernel, coarse.middle(x));
                coarse.kernels.insert(kernel, (x as u32, 0));
            }
            Self::Unordered(unordered) => unordered.kernels.insert(kernel, x),
        }
    }

    pub(super) fn remove(&mut self, kernel: usize) {
        match self {
            Self::Smooth(smooth) => {
                smooth.neighbours.remove(kernel);
                smooth.cells.remove(kernel);
                smooth.scales.remove(kernel);
                smooth.peaks.remove(kernel);
            }
            Self::Coarse(coarse) => {
                coarse.neighbours.remove(kernel);
                coarse.kernels.remove(kernel);
            }
            Self::Unordered(unordered) => {
                unordered.kernels.remove(kernel);
            }
        }
    }

    /// Fits the bandwidths to the kernels as they are now, of which there are `kernels` with the prior; see
    /// [`Neighbours::refresh`].
    pub(super) fn refresh(&mut self, reaches: bool, least: f64, kernels: usize, prior_weight: f64) {
        match self {
            Self::Smooth(smooth) => {
                let mut neighbours = std::mem::take(&mut smooth.neighbours);
                neighbours.refresh(reaches, least, |kernel, at, deviation| smooth.set(kernel, at, deviation));
                smooth.neighbours = neighbours;
            }
            Self::Coarse(coarse) => {
                let mut neighbours = std::mem::take(&mut coarse.neighbours);
                neighbours.refresh(reaches, coarse.least(least), |kernel, at, deviation| {
                    let level = coarse.kernels[kernel].0;
                    coarse.kernels[kernel].1 = coarse.row(level, at, deviation);
                });
                coarse.neighbours = neighbours;
            }
            Self::Unordered(Unordered { levels, same, other, excess, .. }) => {
                let share = prior_weight / kernels as f64;
                *excess = 1.0 / (1.0 + *levels * share);
                *same = ((1.0 + share) * *excess * *levels).ln();
                *other = (share * *excess * *levels).ln();
            }
        }
    }

    /// Adds a kernel at the end, which takes its bandwidth from its neighbours and leaves theirs as they are.
    pub(super) fn push(&mut self, x: f64, least: f64, dimension: &Coordinate, space: &Space) {
        match self {
            Self::Smooth(smooth) => {
                let deviation = smooth.neighbours.deviation_at(x, least);
                smooth.neighbours.at.push(x);
                smooth.cells.push(smooth.cell(x, dimension, space));
                smooth.scales.push(0.0);
                smooth.peaks.push(0.0);
                smooth.set(smooth.cells.len() - 1, x, deviation);
            }
            Self::Coarse(coarse) => {
                let at = coarse.middle(x);
                let deviation = coarse.neighbours.deviation_at(at, coarse.least(least));
                let row = coarse.row(x as u32, at, deviation);
                coarse.kernels.push((x as u32, row));
            }
            Self::Unordered(unordered) => unordered.kernels.push(x),
        }
    }

    /// Takes pushed kernels away: all but the first `kernels`.
    pub(super) fn truncate(&mut self, kernels: usize) {
        match self {
            Self::Smooth(smooth) => {
                smooth.neighbours.at.truncate(kernels);
                smooth.cells.truncate(kernels);
                smooth.scales.truncate(kernels);
                smooth.peaks.truncate(kernels);
            }
            Self::Coarse(coarse) => coarse.kernels.truncate(kernels),
            Self::Unordered(unordered) => unordered.kernels.truncate(kernels),
        }
    }

    /// Adds to `sums`, from that of the kernel `first` on, the part of each kernel's logarithm that does not depend on where
    /// it is looked at.
    pub(super) fn add_peaks(&self, first: usize, sums: &mut [f64]) {
        if let Self::Smooth(smooth) = self {
            sums.iter_mut().zip(&smooth.peaks).skip(first).for_each(|(sum, peak)| *sum += peak);
        }
    }

    /// Adds to `sums` the rest of it, at `x`.
    pub(super) fn add(&self, x: f64, sums: &mut [f64]) {
        match self {
            Self::Smooth(Smooth { neighbours, scales, .. }) => {
                for ((sum, at), scale) in sums.iter_mut().zip(&neighbours.at).zip(scales) {
                    let z = (x - at) * scale;
                    *sum -= 0.5 * z * z;
                }
            }
            Self::Coarse(Coarse { kernels, masses, ends, .. }) => {
                let (levels, level) = (ends.len() - 1, x as usize);
                for (sum, &(_, row)) in sums.iter_mut().zip(kernels) {
                    *sum += masses[row as usize * levels + level];
                }
            }
            Self::Unordered(Unordered { kernels, believed, prior, same, other, .. }) => {
                for (sum, &level) in sums.iter_mut().zip(kernels) {
                    *sum += if level == x { *same } else { *other };
                }
                sums[0] += if *believed == x { prior.0 } else { prior.1 } - other;
            }
        }
    }

    /// A draw from one kernel.
    pub(super) fn draw(&self, kernel: usize, rng: &mut impl Rng, normal: &mut TruncatedNormal) -> f64 {
        match self {
            Self::Smooth(Smooth { neighbours, .. }) => {
                normal.draw(rng, neighbours.at[kernel], neighbours.deviations[kernel])
            }
            Self::Coarse(Coarse { neighbours, ends, .. }) => {
                let unit = normal.draw(rng, neighbours.at[kernel], neighbours.deviations[kernel]);
                let inner = &ends[1..ends.len() - 1];
                inner.partition_point(|&end| end <= unit) as f64
            }
            Self::Unordered(Unordered { kernels, levels, believed, favour, excess, .. }) => {
                if kernel > 0 && rng.random::<f64>() < *excess {
                    kernels[kernel]
                } else if kernel == 0 && *favour > 0.0 && rng.random::<f64>() < *favour {
                    *believed
                } else {
                    rng.random_range(0..*levels as u64) as f64
                }
            }
        }
    }
}

impl Smooth {
    fn cell(&self, x: f64, dimension: &Coordinate, space: &Space) -> f64 {
        if self.is_fine { dimension.width(space, x).powi(2) / 12.0 } else { 0.0 }
    }

    fn set(&mut self, kernel: usize, at: f64, deviation: f64) {
        let deviation = (deviation * deviation + self.cells[kernel]).sqrt();
        self.scales[kernel] = deviation.recip();
        self.peaks[kernel] = prior::log_peak(at, deviation);
    }
}

impl Coarse {
    fn middle(&self, level: f64) -> f64 {
        let level = level as usize;
        0.5 * (self.ends[level] + self.ends[level + 1])
    }

    /// Half the width of a cell on average, if that is more than `least`: a narrower kernel would keep to its own level.
    fn least(&self, least: f64) -> f64 {
        least.max(0.5 / (self.ends.len() - 1) as f64)
    }

    /// Returns the row for a kernel, made if there is none yet.
    fn row(&mut self, level: u32, at: f64, deviation: f64) -> u32 {
        if let Some(row) = self.rows.iter().position(|row| *row == (level, deviation)) {
            return row as u32;
        }
        let z = |unit: f64| (unit - at) / deviation;
        let whole = log_mass(z(0.0), z(1.0));
        let cells = self.ends.windows(2);
        self.masses.extend(cells.map(|cell| log_mass(z(cell[0]), z(cell[1])) - whole - (cell[1] - cell[0]).ln()));
        self.rows.push((level, deviation));
        self.rows.len() as u32 - 1
    }
}
