//! What the history says to the model: all that is read from trials is read here.

use itertools::Itertools;

use super::coordinate::Coordinate;
use crate::history::{Goal, History};
use crate::sampler::toolkit::{ByBudget, is_of_budget, loss};
use crate::trial::State;

/// How many of the best observations have candidates around them.
const BEST: usize = 5;

/// The observations of one budget in the order of the trials' numbers, and the trials that run.
#[derive(Clone, Debug, Default)]
pub(super) struct Observations {
    /// One number for each column and observation, observation after observation.
    pub(super) rows: Vec<f64>,
    /// Small is good; NaN for a trial without an objective.
    pub(super) losses: Vec<f64>,
    /// The coordinates of all axes, NaN where inactive.
    pub(super) units: Vec<f64>,
    /// The coordinates of all axes of the trials that run.
    running: Vec<f64>,
    /// One number for each column and trial that runs.
    pub(super) running_rows: Vec<f64>,
}

impl Observations {
    /// Reads the history: the trials of the largest budget at which at least `least` are complete; failing that, of the budget
    /// with the most of them.
    pub(super) fn read(&mut self, dimensions: &[Coordinate], history: &History, goal: Goal, least: usize) {
        let budget = budget(history, least);
        for numbers in [&mut self.rows, &mut self.losses, &mut self.units, &mut self.running] {
            numbers.clear();
        }
        for trial in history.trials() {
            let is_new = trial.state() == State::Running;
            if !is_new && (trial.state() == State::Cancelled || !is_of_budget(trial.resources(), budget)) {
                continue;
            }
            let units = trial.point().iter().map(|unit| unit.unwrap_or(f64::NAN));
            if is_new {
                self.running.extend(units);
                continue;
            }
            let start = self.units.len();
            self.units.extend(units);
            self.losses.push(loss(trial, goal).unwrap_or(f64::NAN));
            encode(dimensions, &self.units[start..], &mut self.rows);
        }
    }

    /// Encodes the trials that run, once `fill` has filled in what is not known of them: the guards of a conditional axis are
    /// evaluated only when a trial begins, which those of a batch may not have done yet.
    pub(super) fn complete_running(&mut self, fill: impl Fn(&mut [f64]), dimensions: &[Coordinate], axes: usize) {
        self.running_rows.clear();
        for units in self.running.chunks_exact_mut(axes) {
            fill(units);
            encode(dimensions, units, &mut self.running_rows);
        }
    }

    /// Returns the coordinates of the best observations, from the best on.
    pub(super) fn best(&self, axes: usize) -> Vec<&[f64]> {
        let known = (0..self.len()).filter(|&index| !self.losses[index].is_nan());
        let ranked = known.sorted_by(|&a, &b| self.losses[a].total_cmp(&self.losses[b]));
        ranked.take(BEST).map(|index| &self.units[index * axes..][..axes]).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.losses.len()
    }

    /// How many of them have an objective.
    pub(super) fn complete(&self) -> usize {
        self.losses.iter().filter(|loss| !loss.is_nan()).count()
    }
}

/// Appends the columns of a point.
pub(super) fn encode(dimensions: &[Coordinate], units: &[f64], row: &mut Vec<f64>) {
    for dimension in dimensions {
        dimension.encode(units[dimension.axis], row);
    }
}

/// Returns the budget to model, 0 before the first complete trial.
fn budget(history: &History, least: usize) -> f64 {
    let mut complete = ByBudget::<usize>::default();
    for (trial, _) in history.complete() {
        *complete.entry(trial.resources()) += 1;
    }
    let enough = complete.largest_first().find(|(_, count)| **count >= least);
    // Of equal counts, the largest budget.
    let most = || complete.largest_first().reduce(|most, other| if other.1 > most.1 { other } else { most });
    enough.or_else(most).map_or(0.0, |(budget, _)| budget)
}
