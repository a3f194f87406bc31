//! The trials of a rung: which are the best, and whether all are closed.

use itertools::Itertools;

use crate::history::{History, rank};
use crate::scheduler::View;
use crate::trial::{State, Trial};

/// Returns the complete ones of `members`, from the best to the worst; equals in the order of asking.
pub(super) fn ranked(view: &View<'_>, members: &[usize]) -> Vec<usize> {
    let trials = view.history.trials();
    let complete = members.iter().filter_map(|&member| Some((&trials[member], trials[member].objective()?)));
    complete.sorted_by(|&a, &b| rank(view.goal, a, b)).map(|(member, _)| member.number()).collect()
}

/// Returns whether any complete trial of `history` has had these resources.
pub(super) fn reaches(history: &History, resources: Option<&f64>) -> bool {
    let had = |trial: &Trial| trial.resources().zip(resources).is_some_and(|(had, resources)| had >= *resources);
    history.complete().any(|(trial, _)| had(trial))
}

/// Returns whether any of `members` still runs.
pub(super) fn any_running(history: &History, members: &[usize]) -> bool {
    members.iter().any(|&member| history.trials()[member].state() == State::Running)
}
