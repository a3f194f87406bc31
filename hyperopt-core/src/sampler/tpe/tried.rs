//! The configurations that have been tried, in spaces small enough for repeats.

use std::collections::HashSet;

use super::coordinate::{Coordinate, Form};
use crate::history::History;
use crate::sampler::toolkit::Cursor;
use crate::space::Space;

/// The configurations of a space that has levels along every axis and no conditions.
#[derive(Clone, Debug, Default)]
pub(super) struct Tried {
    configurations: HashSet<Box<[u64]>>,
    cursor: Cursor,
    is_kept: bool,
}

impl Tried {
    pub(super) fn new(space: &Space, dimensions: &[Coordinate]) -> Self {
        let is_free = space.axes().iter().all(|axis| axis.parents().is_empty());
        let has_levels = dimensions.iter().all(|dimension| dimension.form != Form::Continuous);
        Self { is_kept: is_free && has_levels, ..Self::default() }
    }

    /// Reads what is new in `history`, running trials included.
    pub(super) fn update(&mut self, space: &Space, dimensions: &[Coordinate], history: &History) {
        if self.is_kept {
            for trial in self.cursor.trials(history) {
                let row = dimensions.iter().map(|dimension| dimension.read(space, trial.point()).to_bits());
                self.configurations.insert(row.collect());
            }
        }
    }

    /// Whether the configuration at `row` is among them; `key` is room to work in.
    pub(super) fn contains(&self, row: &[f64], key: &mut Vec<u64>) -> bool {
        if !self.is_kept {
            return false;
        }
        key.clear();
        key.extend(row.iter().map(|x| x.to_bits()));
        self.configurations.contains(key.as_slice())
    }
}
