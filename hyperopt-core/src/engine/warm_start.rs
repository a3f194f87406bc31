//! Knowledge from before the first trial: points to try first, and points of an earlier sweep.

use std::collections::VecDeque;

use crate::history::History;
use crate::space::{Axis, Point, Space};
use crate::sweep::is_at;
use crate::trial::State;

/// The largest number of points that have notes of their own.
const MOST_NOTES: usize = 8;

/// Knowledge from before the first trial: points to try first, and points of an earlier sweep.
#[derive(Debug)]
pub(crate) struct WarmStart {
    /// The points to try first, in order: NaN along axes that are left to the sampler.
    pub(super) known: VecDeque<KnownPoint>,
    /// The known coordinates of the configuration that was started last.
    pub(super) taken: Option<KnownPoint>,
    /// The points that `try_first` asked for and this process has started, with their trials.
    pub(super) started: Vec<(usize, Point)>,
    /// The best points of an earlier sweep, best first, in the coordinates of this one.
    pub(super) transferred: Vec<Point>,
    /// Whether points may repeat where all axes have levels.
    pub(super) repeats: bool,
}

/// A point to try first.
#[derive(Clone, Debug)]
pub(crate) struct KnownPoint {
    pub(super) point: Point,
    /// Whether `try_first` asked for it, and not `transfer`.
    pub(super) is_asked: bool,
}

impl WarmStart {
    /// Removes `point` from the points to try first if it is one of them: another process has tried it.
    pub(super) fn tried(&mut self, space: &Space, point: &Point) {
        if let Some(index) = self.known.iter().position(|known| is_at(space, &known.point, point)) {
            self.known.remove(index);
        }
    }

    /// Takes the next point to try first, for trial `number`.
    pub(super) fn take(&mut self, number: usize) -> Option<&Point> {
        self.taken = self.known.pop_front();
        let known = self.taken.as_ref()?;
        if known.is_asked {
            self.started.push((number, known.point.clone()));
        }
        Some(&known.point)
    }

    /// Puts the point that was taken last back, as its trial did not start.
    pub(super) fn put_back(&mut self) {
        if let Some(known) = self.taken.take() {
            if known.is_asked {
                self.started.pop();
            }
            self.known.push_front(known);
        }
    }

    /// Notes which values of `try_first` were not used, as their hyperparameters were inactive.
    pub(super) fn notes(&self, space: &Space, history: &History) -> Vec<String> {
        let started = self.started.iter().filter_map(|(number, known)| {
            let trial = history.trials().get(*number)?;
            let is_open = trial.state() == State::Cancelled || history.has_open_guards(*number);
            let unused: Vec<&Axis> = space.inactive(known, trial.point()).filter(|_| !is_open).collect();
            (!unused.is_empty()).then(|| note(space, known, *number, trial.point(), &unused))
        });
        let mut notes: Vec<String> = started.collect();
        let more = notes.len().saturating_sub(MOST_NOTES);
        if more > 0 {
            notes.truncate(MOST_NOTES);
            notes.push(format!("try_first: likewise in {more} more trials"));
        }
        let left = self.known.iter().filter(|known| known.is_asked).count();
        if left > 0 {
            let (points, were) = if left == 1 { ("point", "was") } else { ("points", "were") };
            notes.push(format!("try_first: {left} {points} {were} not tried, as the sweep ended before"));
        }
        notes
    }
}

/// Returns the note that trial `number` does not use the values of `known` along these axes.
fn note(space: &Space, known: &Point, number: usize, point: &Point, unused: &[&Axis]) -> String {
    let index_of = |axis: &Axis| space.axes().iter().position(|other| other.name() == axis.name()).unwrap_or_default();
    let written = |axis: &Axis, at: &Point| {
        let value = at.coordinate(index_of(axis)).map(|coordinate| axis.value_at(coordinate).to_string());
        format!("`{} = {}`", axis.parameter(), value.unwrap_or_default())
    };
    let mut names: Vec<String> = unused.iter().map(|axis| written(axis, known)).collect();
    names.dedup();
    let mut parents: Vec<usize> = unused.iter().flat_map(|axis| axis.parents()).copied().collect();
    parents.sort_unstable();
    parents.dedup();
    let parents = || parents.iter().filter_map(|&parent| space.axes().get(parent));
    let there: Vec<String> =
        parents().filter(|axis| point.is_active(index_of(axis))).map(|axis| written(axis, point)).collect();
    let open: Vec<String> = parents()
        .filter(|axis| !known.is_active(index_of(axis)))
        .map(|axis| format!("`{}`", axis.parameter()))
        .collect();
    let why = if there.is_empty() { String::new() } else { format!(", where {}", there.join(" and ")) };
    let advice = if open.is_empty() { String::new() } else { format!("; give the point {} too", open.join(" and ")) };
    format!("try_first: {} is not used in trial {number}{why}{advice}", names.join(", "))
}
