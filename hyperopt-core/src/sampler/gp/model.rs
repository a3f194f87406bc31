//! The model that belongs to a history. Its parameters are fitted whenever the observations have grown by a sixteenth; in
//! between, the Cholesky factor grows.
//!
//! Each fit sees the observations that there were at its place in a fixed schedule, in the order of the trials' numbers, and
//! starts from the fit before it. So a model that is built from a whole history is the same as one that has grown with it.

use itertools::Itertools;

use super::coordinate::Coordinate;
use super::kernel::{Column, Kernel};
use super::likelihood::{Likelihood, likeliest};
use super::observations::Observations;
use super::options::Options;
use super::process::{Process, Room};
use super::warp::warp;

/// The most observations that parameters are fitted to.
const MOST_FITTED: usize = 200;
/// The most observations that are added to those chosen, before they are chosen anew.
const MOST_ADDED: usize = 50;

/// The model, and what it was made from.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub(super) process: Process,
    /// The columns and losses at the last update.
    rows: Vec<f64>,
    losses: Vec<f64>,
    fits: Vec<Fit>,
    grown: Option<Grown>,
    /// The rows of the process that were chosen, as numbers of observations. Those after them follow in order.
    base: Vec<usize>,
    likelihood: Likelihood,
    targets: Vec<f64>,
    room: Vec<f64>,
    /// The lowest mean at a row of the process.
    pub(super) best: f64,
}

/// The parameters fitted to the first `size` observations.
#[derive(Clone, Debug)]
struct Fit {
    size: usize,
    parameters: Vec<f64>,
}

/// What the process was made from.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Grown {
    /// Where its parameters come from, as the size of a fit.
    fit: usize,
    /// How many observations there were to choose from.
    from: usize,
    /// How many observations have been read.
    to: usize,
}

impl Model {
    /// Brings the model up to the observations.
    pub(super) fn update(
        &mut self,
        observations: &Observations,
        (dimensions, columns): (&[Coordinate], &[Column]),
        least: usize,
        options: &Options,
    ) {
        let (n, d) = (observations.len(), columns.len());
        self.forget(observations, d);
        loop {
            let size = self.fits.last().map_or(least, |fit| next(fit.size));
            if size > n {
                break;
            }
            self.fit(observations, size, (dimensions, columns), options);
        }
        let Some(fit) = self.fits.last() else { return };
        // More are chosen from the start in between, if there are too many to take them all.
        let added = n - fit.size;
        let size = if n > options.max_points { n - added % MOST_ADDED } else { fit.size };
        let kept = if let Some(grown) = self.grown.filter(|grown| (grown.fit, grown.from) == (fit.size, size)) {
            self.process.truncate(self.base.len() + grown.to - size);
            grown.to
        } else {
            self.base = chosen(&observations.losses[..size], options.max_points);
            gather(&observations.rows, &self.base, d, &mut self.room);
            self.process.begin(columns, Kernel::from_logarithms(&fit.parameters), &self.room);
            size
        };
        for row in observations.rows[kept * d..].chunks_exact(d) {
            self.process.push(row);
        }
        self.grown = Some(Grown { fit: fit.size, from: size, to: n });
        warp(&observations.losses, &mut self.targets);
        #[cfg(test)]
        if options.sabotage == super::options::Sabotage::Shuffled {
            self.targets.reverse();
        }
        self.room.clear();
        self.room.extend(self.base.iter().map(|&index| self.targets[index]));
        self.room.extend_from_slice(&self.targets[size..]);
        self.process.set_targets(&self.room);
        let means = self.room.iter().zip(self.process.residuals()).map(|(target, residual)| target - residual);
        self.best = means.fold(f64::INFINITY, f64::min);
        // Kriging believer: a trial that runs is taken to give what the model expects of it. The mean stays what it is then.
        let mut room = Room::default();
        for row in observations.running_rows.chunks_exact(d) {
            self.best = self.best.min(self.process.predict(row, &mut room).0);
        }
        for row in observations.running_rows.chunks_exact(d) {
            self.process.push(row);
        }
    }

    /// Drops what was made from observations that are no more, or no longer at their place: trials that run side by side may
    /// end in any order.
    fn forget(&mut self, observations: &Observations, d: usize) {
        let same_loss = |(a, b): &(&f64, &f64)| a.to_bits() == b.to_bits();
        let losses = self.losses.iter().zip(&observations.losses).take_while(same_loss).count();
        let same_row = |(a, b): &(&[f64], &[f64])| a == b;
        let rows = self.rows.chunks_exact(d).zip(observations.rows.chunks_exact(d));
        let common = rows.take(losses).take_while(same_row).count();
        self.fits.retain(|fit| fit.size <= common);
        self.grown = self.grown.filter(|grown| grown.from <= common);
        if let Some(grown) = &mut self.grown {
            grown.to = grown.to.min(common);
        }
        self.rows.clone_from(&observations.rows);
        self.losses.clone_from(&observations.losses);
    }

    fn fit(
        &mut self,
        observations: &Observations,
        size: usize,
        (dimensions, columns): (&[Coordinate], &[Column]),
        options: &Options,
    ) {
        let (losses, d) = (&observations.losses[..size], columns.len());
        warp(losses, &mut self.targets);
        let chosen = chosen(losses, options.max_points.min(MOST_FITTED));
        let targets: Vec<_> = chosen.iter().map(|&index| self.targets[index]).collect();
        gather(&observations.rows, &chosen, d, &mut self.room);
        self.likelihood.observe(&self.room, columns, dimensions.len(), &targets);
        let likeliest = likeliest(dimensions.len());
        let previous = self.fits.last().map_or(&likeliest, |fit| &fit.parameters);
        let parameters = self.likelihood.fit([previous, &likeliest]);
        self.fits.push(Fit { size, parameters });
    }
}

/// Replaces `room` by the chosen ones of `rows`.
fn gather(rows: &[f64], chosen: &[usize], d: usize, room: &mut Vec<f64>) {
    room.clear();
    for &index in chosen {
        room.extend_from_slice(&rows[index * d..][..d]);
    }
}

/// After how many observations the parameters are fitted again: a sixteenth more, and half as many more beyond those that one
/// fit can take.
fn next(size: usize) -> usize {
    size + if size < MOST_FITTED { (size / 16).max(1) } else { size / 2 }
}

/// Which observations to learn from, if there are too many: the better half of `most` are the best ones, the other half is evenly
/// spread over the rest in the order of the trials.
fn chosen(losses: &[f64], most: usize) -> Vec<usize> {
    if losses.len() <= most {
        return (0..losses.len()).collect();
    }
    let key = |index: usize| if losses[index].is_nan() { f64::INFINITY } else { losses[index] };
    let mut best: Vec<usize> = (0..losses.len()).sorted_by(|&a, &b| key(a).total_cmp(&key(b))).collect();
    let mut rest = best.split_off(most / 2);
    rest.sort_unstable();
    let wanted = most - best.len();
    let spread = (0..wanted).map(|k| rest[k * rest.len() / wanted]);
    best.into_iter().chain(spread).sorted_unstable().collect()
}
