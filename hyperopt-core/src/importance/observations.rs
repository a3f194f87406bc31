//! The trials that importances are computed from.

use std::collections::HashMap;

use crate::error::Error;
use crate::history::Goal;
use crate::importance::importances::{Importance, Importances};
use crate::sampler::toolkit::{ByBudget, is_constant, searched};
use crate::space::{Axis, Point, Space};
use crate::sweep::Sweep;

/// The least number of trials; with fewer there is nothing to compare.
pub(super) const LEAST: usize = 4;
/// As many trials make a budget worth reading.
const ENOUGH: usize = 20;

/// Points with their losses, all at one budget.
pub(super) struct Observations<'a> {
    pub(super) space: &'a Space,
    pub(super) points: Vec<&'a Point>,
    /// Small losses are good.
    pub(super) losses: Vec<f64>,
}

impl<'a> Observations<'a> {
    /// Reads the complete trials at the largest budget with enough of them.
    ///
    /// # Errors
    ///
    /// If there is nothing that importances could be computed from.
    pub(super) fn new(sweep: &'a Sweep, objective: Option<usize>) -> Result<Self, Error> {
        let reason = |reason: String| Err(Error::Importances { reason });
        let goals = sweep.goals();
        let objective = match objective {
            None if goals.len() > 1 => {
                return reason(format!(
                    "there are {} objectives; choose one with `Fanova::new().objective(0)`",
                    goals.len()
                ));
            }
            Some(index) if index >= goals.len() => {
                return reason(format!("objective({index}) is none of {}, which count from 0", goals.len()));
            }
            chosen => chosen.unwrap_or_default(),
        };
        let space = sweep.space();
        if searched(space).next().is_none() {
            return reason("no hyperparameter has more than one candidate".into());
        }
        let mut by_budget = ByBudget::<(Vec<&Point>, Vec<f64>)>::default();
        for (trial, _) in sweep.history().complete() {
            let (points, losses) = by_budget.entry(trial.resources());
            let Some(&value) = trial.objectives().get(objective) else { continue };
            points.push(trial.point());
            losses.push(if goals[objective] == Goal::Minimize { value } else { -value });
        }
        let enough = by_budget.largest_first().find(|(_, (points, _))| points.len() >= ENOUGH);
        let chosen = enough.or_else(|| by_budget.largest_first().next()).map(|(_, trials)| trials.clone());
        let (points, losses) = chosen.unwrap_or_default();
        if points.len() < LEAST {
            return reason(format!("they need at least {LEAST} complete trials, and there are {}", points.len()));
        }
        if losses.iter().all(|loss| loss.to_bits() == losses[0].to_bits()) {
            return reason(format!("all {} complete trials have the same objective", losses.len()));
        }
        Ok(Self { space, points, losses })
    }

    /// Returns the axes with more than one candidate, each with its index.
    pub(super) fn axes(&self) -> impl Iterator<Item = (usize, &'a Axis)> + Clone {
        searched(self.space)
    }

    /// Adds the shares of the axes, computed from `trials` of them, up to those of the hyperparameters: alternatives of one hyperparameter belong together.
    pub(super) fn importances(&self, evaluator: &'static str, trials: usize, shares: &[f64]) -> Importances {
        let mut parameters: Vec<(Importance, bool)> =
            self.space.parameters().map(|name| (Importance { name: name.to_owned(), share: 0.0 }, false)).collect();
        let places: HashMap<_, _> = self.space.parameters().zip(0..).collect();
        let mut shares = shares.iter();
        for axis in self.space.axes().iter().filter(|axis| !is_constant(axis)) {
            let share = shares.next().copied().unwrap_or_default();
            let (importance, is_searched) = &mut parameters[places[axis.parameter()]];
            importance.share += share;
            *is_searched = true;
        }
        Importances::new(evaluator, trials, parameters)
    }
}
