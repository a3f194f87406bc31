//! The points that have been tried, to a millionth of each continuous axis.

use std::collections::HashMap;

use crate::history::History;
use crate::sampler::toolkit::{hash, searched};
use crate::space::{Kind, Space};
use crate::trial::{State, Trial};

/// The cells of a continuous axis, whose ends are in the middle of a cell. By then, the minimum is known to 12 digits if the
/// objective is smooth.
const CELLS: f64 = 1e6;

/// The first trial of each cell that a trial with an active continuous axis was in. All of it follows from the history.
#[derive(Clone, Debug, Default)]
pub(super) struct Visited {
    /// The axes that are not constant, and whether they are continuous.
    axes: Vec<(usize, bool)>,
    first: HashMap<u64, usize>,
    /// The sets of axes that were inactive in some of them, each once.
    masks: Vec<Vec<usize>>,
    /// Trials of other processes whose guards are still to be evaluated.
    open: Vec<usize>,
}

impl Visited {
    pub(super) fn new(space: &Space) -> Self {
        let axes = searched(space).map(|(index, axis)| (index, axis.kind() == Kind::Continuous));
        Self { axes: axes.collect(), ..Self::default() }
    }

    /// Whether any axis is continuous; cells of levels are no concern of this.
    pub(super) fn is_of_use(&self) -> bool {
        self.axes.iter().any(|&(_, is_continuous)| is_continuous)
    }

    /// Adds the trials whose guards have been evaluated since the last call.
    pub(super) fn reopen(&mut self, space: &Space, history: &History) {
        let open = std::mem::take(&mut self.open);
        for trial in open.iter().filter_map(|&number| history.trials().get(number)) {
            self.note(space, history, trial);
        }
    }

    /// Adds a trial that was started.
    pub(super) fn note(&mut self, space: &Space, history: &History, trial: &Trial) {
        if history.has_open_guards(trial.number()) {
            self.open.push(trial.number());
        } else {
            self.add(space, history, trial);
        }
    }

    fn add(&mut self, space: &Space, history: &History, trial: &Trial) {
        let point = trial.point();
        if !self.axes.iter().any(|&(axis, is_continuous)| is_continuous && point.is_active(axis)) {
            return;
        }
        let inactive = || self.axes.iter().map(|&(axis, _)| axis).filter(|&axis| !point.is_active(axis));
        if inactive().next().is_some() {
            let mask: Vec<_> = inactive().collect();
            if !self.masks.contains(&mask) {
                self.masks.push(mask);
            }
        }
        let first = self.first.entry(key(&self.axes, space, point.units(), &[])).or_insert(trial.number());
        if trial.number() < *first || !counts(history, *first) {
            *first = trial.number();
        }
    }

    /// Returns the first trial in the cell of `units`, if it was started before the trial `number`; one that was cancelled does not
    /// count. Guards come out the same in one cell, so the axes that were inactive in the trial do not matter.
    pub(super) fn earlier<'h>(
        &self,
        space: &Space,
        history: &'h History,
        units: &[f64],
        number: usize,
    ) -> Option<&'h Trial> {
        let masks = std::iter::once(&[][..]).chain(self.masks.iter().map(Vec::as_slice));
        let found = masks.filter_map(|mask| self.first.get(&key(&self.axes, space, units, mask)));
        let first = found.copied().filter(|&first| first < number && counts(history, first)).min()?;
        history.trials().get(first)
    }
}

fn counts(history: &History, number: usize) -> bool {
    history.trials().get(number).is_some_and(|trial| trial.state() != State::Cancelled)
}

/// Returns the key of a cell, with the axes of `mask` inactive.
fn key(axes: &[(usize, bool)], space: &Space, units: &[f64], mask: &[usize]) -> u64 {
    axes.iter().fold(0, |key, &(axis, is_continuous)| {
        let unit = units[axis];
        let cell = if unit.is_nan() || mask.contains(&axis) {
            u64::MAX
        } else if is_continuous {
            (unit * CELLS).round() as u64
        } else {
            space.axes()[axis].level(unit.clamp(0.0, 1.0)).unwrap_or(u64::MAX)
        };
        hash(key ^ cell)
    })
}
