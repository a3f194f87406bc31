//! The note about a sweep whose best trial has not had the full budget.

use crate::history::{Goal, History};
use crate::space::number;
use crate::sweep::Sweep;

impl Sweep {
    /// Returns a note if the best trial has had fewer resources than `full`, the upper end of the budgets; `None` if it has had
    /// as many, if there is no complete trial, or if the sweep has no budgets.
    ///
    /// A sweep that has run has this note among its [notes](Self::notes); this method is for sweeps that were read from a
    /// study.
    #[must_use]
    pub fn full_budget_note(&self, full: f64) -> Option<String> {
        full_budget_note(&self.history, self.goal(), full)
    }
}

/// Returns a note if no complete trial has had the full budget; `None` if there is no complete trial at all.
pub(crate) fn full_budget_note(history: &History, goal: Goal, full: f64) -> Option<String> {
    let (best, _) = history.best(goal)?;
    let had = best.resources().filter(|had| *had < full)?;
    let (full, had) = (number(full), number(had));
    Some(format!("no configuration was complete with the full budget of {full}; the best one had {had}"))
}
