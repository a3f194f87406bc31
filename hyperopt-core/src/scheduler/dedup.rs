//! Avoids repeats on a grid: as long as untried points are left, a proposal that has been tried is replaced.
//!
//! A point is tried when a trial has the same levels along all axes that were active in it: the guards then come out the same
//! for both. A trial covers all cells of the grid that differ along its inactive axes only; once every cell is covered,
//! the next pass begins.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use rand::rngs::ChaCha8Rng;
use rand::{Rng, RngExt};

use crate::sampler::{Draw, Sampler};
use crate::scheduler::View;
use crate::space::{Axis, Kind, Point, Space};
use crate::trial::State;

/// Largest number of further proposals to ask for after one that has been tried.
const ATTEMPTS: u32 = 8;
/// Distance in levels, around a proposal of an adaptive sampler, within which an untried neighbour is searched.
const NEIGHBOURHOOD: u64 = 16;

/// Largest number of cells of a conditional grid to search, of which few trials may cover nearly all; after that, a point
/// repeats.
const MOST_CELLS: u64 = 1 << 20;

/// Keeps track of the points that have been tried.
#[derive(Clone, Debug, Default)]
pub(super) struct Dedup {
    grid: Option<Grid>,
    /// The points of this pass, as keys of [`Grid`].
    tried: HashSet<u64, BuildHasherDefault<Mixer>>,
    /// The sets of axes that were inactive in some of them, each once.
    masks: Vec<Mask>,
    /// How many cells of the grid the points of this pass cover.
    covered: u64,
    /// The number of trials read so far.
    read: usize,
    /// The number of the trial that was proposed last, with its key, which is that of its point unless it `is_changed`.
    proposed: Option<(usize, u64)>,
    is_changed: bool,
    /// The number of configurations read so far; the later rungs of one add nothing.
    configurations: usize,
}

/// A space whose axes all have levels, with few enough cells for a `u64` key.
#[derive(Clone, Debug)]
struct Grid {
    /// The levels of each axis.
    levels: Box<[u64]>,
    /// The amount that one level of each axis adds to a key. Each axis counts one extra level, for being inactive.
    strides: Box<[u64]>,
    cells: u64,
    is_conditional: bool,
}

/// A hasher that spreads keys, which are numbers, by one multiplication; no attacker chooses them.
#[derive(Clone, Copy, Debug, Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(byte.into());
        }
    }

    fn write_u64(&mut self, key: u64) {
        // The constant is the golden ratio. Both halves of the product are used, since a table takes its bits from either
        // end.
        let product = u128::from(self.0 ^ key) * 0x9e37_79b9_7f4a_7c15;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}

/// A set of axes that were inactive in some trial.
#[derive(Clone, Debug, PartialEq)]
struct Mask {
    inactive: Box<[usize]>,
}

impl Grid {
    fn new(space: &Space) -> Option<Self> {
        let levels: Box<[u64]> = space.axes().iter().map(Axis::levels).collect::<Option<_>>()?;
        let mut next = Some(1_u64);
        let strides = levels.iter().map(|levels| {
            let stride = next?;
            next = stride.checked_mul(levels.checked_add(1)?);
            Some(stride)
        });
        let strides: Box<[u64]> = strides.collect::<Option<_>>()?;
        next?;
        let is_conditional = space.axes().iter().any(|axis| !axis.parents().is_empty());
        let cells = levels.iter().product();
        (cells > 0).then_some(Self { levels, strides, cells, is_conditional })
    }

    /// Returns the key of `point`, with the level after the last along inactive axes.
    fn key(&self, space: &Space, point: &Point) -> u64 {
        let along = space.axes().iter().zip(point.iter()).zip(self.levels.iter().zip(&self.strides));
        along.map(|((axis, unit), (levels, stride))| level(axis, unit).unwrap_or(*levels) * stride).sum()
    }

    fn level(&self, key: u64, axis: usize) -> u64 {
        key / self.strides[axis] % (self.levels[axis] + 1)
    }

    /// Returns `key` with another level along `axis`.
    fn with(&self, key: u64, axis: usize, level: u64) -> u64 {
        key - self.level(key, axis) * self.strides[axis] + level * self.strides[axis]
    }

    /// Returns the key of the cell with this number, from 0.
    fn cell(&self, mut number: u64) -> u64 {
        let digits = self.levels.iter().zip(&self.strides).map(|(levels, stride)| {
            let digit = number % levels;
            number /= levels;
            digit * stride
        });
        digits.sum()
    }

    fn point(&self, space: &Space, key: u64) -> Point {
        let axes = space.axes().iter().enumerate();
        axes.map(|(index, axis)| axis.unit_of(self.level(key, index)).unwrap_or(0.5)).collect()
    }
}

fn level(axis: &Axis, unit: Option<f64>) -> Option<u64> {
    axis.level(unit?.clamp(0.0, 1.0))
}

impl Dedup {
    /// Starts anew; on a space that is not a grid, or with repeats allowed, nothing is tracked.
    pub(super) fn begin(&mut self, view: &View<'_>) {
        *self = Self { grid: if view.repeats { None } else { Grid::new(view.space) }, ..Self::default() };
    }

    /// Returns the next proposal of `sampler`, or an untried point in its place. Planned trials of a sampler are never
    /// replaced.
    pub(super) fn propose(&mut self, sampler: &mut impl Sampler, is_planned: bool, view: &View<'_>) -> Option<Point> {
        let is_adaptive = sampler.is_adaptive();
        self.propose_with(|draw| sampler.suggest(view.space, view.history, draw), is_adaptive, is_planned, view)
    }

    /// Returns the next proposal of `suggest`, or an untried point in its place.
    pub(super) fn propose_with(
        &mut self,
        mut suggest: impl FnMut(&Draw) -> Option<Point>,
        is_adaptive: bool,
        is_planned: bool,
        view: &View<'_>,
    ) -> Option<Point> {
        let draw = view.draw();
        let proposed = suggest(&draw)?;
        // A malformed proposal is passed on: it ends the sweep with an error.
        let is_whole = proposed.len() == view.space.len() && proposed.iter().all(|unit| unit.is_some());
        if is_planned || !is_whole {
            return Some(proposed);
        }
        let Some(grid) = self.grid.take() else { return Some(proposed) };
        self.update(&grid, view);
        let first = grid.key(view.space, &proposed);
        let mut found = (proposed, first);
        if self.is_tried(&grid, first) {
            found = (1..=ATTEMPTS)
                .map_while(|attempt| {
                    let point = suggest(&draw.again(attempt))?;
                    (point.len() == view.space.len()).then_some(point)
                })
                .map(|point| (grid.key(view.space, &point), point))
                .find(|(key, point)| point.iter().all(|unit| unit.is_some()) && !self.is_tried(&grid, *key))
                .map_or_else(
                    || {
                        let mut rng = draw.again(ATTEMPTS + 1).rng();
                        let near = if is_adaptive { self.near(&grid, view.space, first, &mut rng) } else { None };
                        let key = near.unwrap_or_else(|| self.anywhere(&grid, &mut rng));
                        (grid.point(view.space, key), key)
                    },
                    |(key, point)| (point, key),
                );
        }
        self.proposed = Some((view.history.len(), found.1));
        self.grid = Some(grid);
        Some(found.0)
    }

    /// Drops the last proposal, which became no trial.
    pub(super) fn retract(&mut self) {
        self.proposed = None;
    }

    /// Reads the trials that are new since the last call. Guards are evaluated when a trial is opened, before the next one
    /// is proposed.
    fn update(&mut self, grid: &Grid, view: &View<'_>) {
        let proposed = self.proposed.take();
        for trial in &view.history.trials()[self.read..] {
            if trial.configuration() >= self.configurations {
                self.configurations = trial.configuration() + 1;
                // A cancelled trial does not count as tried.
                if trial.state() != State::Cancelled {
                    let known = proposed.filter(|&(number, _)| !self.is_changed && number == trial.number());
                    let key = known.map_or_else(|| grid.key(view.space, trial.point()), |(_, key)| key);
                    self.add(grid, key, trial.point());
                }
            }
        }
        self.read = view.history.len();
        // Guards and known coordinates change the proposal.
        self.is_changed = grid.is_conditional || view.known > 0;
    }

    fn add(&mut self, grid: &Grid, key: u64, point: &Point) {
        if !self.tried.insert(key) {
            return;
        }
        let mut covered = 1;
        if grid.is_conditional {
            let inactive: Box<[usize]> = (0..point.len()).filter(|&axis| !point.is_active(axis)).collect();
            covered = inactive.iter().map(|&axis| grid.levels[axis]).product();
            if !inactive.is_empty() && self.masks.iter().all(|mask| mask.inactive != inactive) {
                self.masks.push(Mask { inactive });
            }
        }
        self.covered = self.covered.saturating_add(covered);
        if self.covered >= grid.cells {
            (self.covered, self.masks) = (0, Vec::new());
            self.tried.clear();
        }
    }

    fn is_tried(&self, grid: &Grid, key: u64) -> bool {
        let masked = |mask: &Mask| mask.inactive.iter().fold(key, |key, &axis| grid.with(key, axis, grid.levels[axis]));
        self.tried.contains(&key) || self.masks.iter().any(|mask| self.tried.contains(&masked(mask)))
    }

    /// Returns an untried cell near `key`: another level along one axis, the nearest first, and any along axes without an
    /// order.
    fn near(&self, grid: &Grid, space: &Space, key: u64, rng: &mut ChaCha8Rng) -> Option<u64> {
        let axes = space.len();
        let first = rng.random_range(0..axes.max(1));
        for distance in 1..=NEIGHBOURHOOD {
            for axis in (first..axes).chain(0..first) {
                let (here, levels) = (grid.level(key, axis), grid.levels[axis]);
                let moved = match space.axes()[axis].kind() {
                    // Levels without an order are taken cyclically, since no level is nearer than another.
                    Kind::Categorical(_) if distance < levels => [Some((here + distance) % levels), None],
                    Kind::Categorical(_) => [None, None],
                    _ => [here.checked_sub(distance), here.checked_add(distance).filter(|&level| level < levels)],
                };
                let mut cells = moved.into_iter().flatten().map(|level| grid.with(key, axis, level));
                if let Some(found) = cells.find(|&cell| !self.is_tried(grid, cell)) {
                    return Some(found);
                }
            }
        }
        None
    }

    /// Returns an untried cell, found by a walk through all cells in a random order. Without conditional axes, the walk
    /// visits at most one cell more than have been tried.
    fn anywhere(&self, grid: &Grid, rng: &mut ChaCha8Rng) -> u64 {
        let cells = grid.cells;
        let (start, stride) = (rng.random_range(0..cells), coprime(cells, rng));
        let mut number = start;
        let most = if grid.is_conditional { MOST_CELLS.min(cells) } else { cells };
        for _ in 0..most {
            let key = grid.cell(number);
            if !self.is_tried(grid, key) {
                return key;
            }
            number = ((u128::from(number) + u128::from(stride)) % u128::from(cells)) as u64;
        }
        grid.cell(start)
    }
}

/// Draws a step that is coprime to `cells`, so that it leads through all of the cells.
fn coprime(cells: u64, rng: &mut impl Rng) -> u64 {
    loop {
        let step = rng.random_range(0..cells) + 1;
        let (mut a, mut b) = (cells, step);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        if a == 1 {
            return step;
        }
    }
}
