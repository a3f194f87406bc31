//! The points that have been tried, on a space whose axes all have levels, or are continuous and conditional.
//!
//! A point is tried when a trial has the same levels along all axes that were active in it: the guards then come out the
//! same for both. A trial covers all cells of the space that differ along its inactive axes only. A point with an active
//! continuous axis is never tried again, so such a space is never exhausted.

mod cells;
mod key_hasher;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use self::cells::Cells;
use self::key_hasher::KeyHasher;
use crate::history::History;
use crate::sampler::toolkit::Cursor;
use crate::space::Space;
use crate::trial::{State, Trial};

/// The points that have been tried. All of it follows from the history, so a resumed sweep knows the same.
#[derive(Clone, Debug)]
pub(crate) struct Tried {
    cells: Cells,
    /// The points, as keys of [`Cells`].
    keys: HashSet<u64, BuildHasherDefault<KeyHasher>>,
    /// The sets of axes that were inactive in some of them, each once.
    masks: Vec<Box<[usize]>>,
    /// How many cells the points cover.
    covered: u64,
    /// The number of configurations at an earlier one's point.
    repeats: usize,
    cursor: Cursor,
    /// Trials of other processes whose guards are still to be evaluated.
    open: Vec<usize>,
}

impl Tried {
    /// Returns the empty set of points of `space`; `None` if an axis that is always active is continuous, or if the points are
    /// too many to count.
    pub(crate) fn new(space: &Space) -> Option<Self> {
        Some(Self {
            cells: Cells::new(space)?,
            keys: HashSet::default(),
            masks: Vec::new(),
            covered: 0,
            repeats: 0,
            cursor: Cursor::default(),
            open: Vec::new(),
        })
    }

    /// Reads the trials that are new since the last call, running ones included. The later rungs of a configuration add
    /// nothing, and a cancelled trial does not count.
    pub(crate) fn read(&mut self, space: &Space, history: &History) {
        let (open, mut cursor) = (std::mem::take(&mut self.open), self.cursor);
        let open = open.iter().filter_map(|&number| history.trials().get(number));
        for trial in open.chain(cursor.configurations(history)) {
            if history.has_open_guards(trial.number()) {
                self.open.push(trial.number());
            } else if trial.state() != State::Cancelled {
                self.add(space, trial);
            }
        }
        self.cursor = cursor;
    }

    fn add(&mut self, space: &Space, trial: &Trial) {
        let point = trial.point();
        if self.cells.continuous.iter().any(|&axis| point.is_active(axis)) {
            return;
        }
        if !self.keys.insert(self.cells.key(space, point.units())) {
            self.repeats += 1;
            return;
        }
        let mut covered = 1;
        if self.cells.is_conditional {
            let inactive: Box<[usize]> = (0..point.len()).filter(|&axis| !point.is_active(axis)).collect();
            covered = inactive.iter().map(|&axis| self.cells.levels[axis]).product();
            if !inactive.is_empty() && !self.masks.contains(&inactive) {
                self.masks.push(inactive);
            }
        }
        self.covered = self.covered.saturating_add(covered);
    }

    /// Whether a trial was at the point with these units; NaN marks an inactive axis.
    pub(crate) fn contains(&self, space: &Space, units: &[f64]) -> bool {
        let key = self.cells.key(space, units);
        self.keys.contains(&key) || self.masks.iter().any(|mask| self.keys.contains(&self.cells.masked(key, mask)))
    }

    /// Whether points with an active continuous axis are left out, which never come twice.
    pub(crate) fn is_partial(&self) -> bool {
        !self.cells.continuous.is_empty()
    }

    /// Whether no point is left.
    pub(crate) fn is_exhausted(&self) -> bool {
        !self.is_partial() && self.covered >= self.cells.count
    }

    /// Returns the axes whose levels are equally likely in a random draw.
    ///
    /// Where some levels are likelier than others, a person has said so: by weights, a distribution or a scale. To leave out
    /// the likely ones once they have been tried would bend that law.
    pub(crate) fn even_axes(&self) -> &[usize] {
        &self.cells.even
    }

    /// Whether some levels are likelier than others, so that to leave the likely ones out would bend a law.
    pub(crate) fn bends(&self, space: &Space) -> bool {
        self.cells.even.len() + self.cells.continuous.len() < space.len()
    }

    /// Returns the number of points that have been tried, and the number of configurations that repeat one of them.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.keys.len(), self.repeats)
    }
}
