//! Whole sweeps of pruners, driven by hand.

mod kept;
mod options;
mod optuna;

use std::time::Duration;

use crate::history::{Goal, History};
use crate::pruner::Pruner;
use crate::space::Point;
use crate::trial::{Outcome, Trial};

/// Runs one more trial: reports `values` until `pruner` prunes it, and returns the number of reports by then; otherwise
/// tells `objective`.
fn run(
    pruner: &mut dyn Pruner,
    goal: Goal,
    history: &mut History,
    values: &[(u64, f64)],
    objective: Option<f64>,
) -> Option<usize> {
    let number = history.len();
    history.push(Trial::running(number, number, None, Point::from(vec![0.5])));
    for (count, &(step, value)) in (1..).zip(values) {
        history.running_mut(number).unwrap().report(step, value);
        if pruner.prune(history.trials(), &history.trials()[number], goal) {
            history.closing(number).unwrap().close(Outcome::pruned(), Duration::ZERO);
            return Some(count);
        }
    }
    let outcome = objective.map_or_else(|| Outcome::failed("so it was drawn"), Outcome::value);
    history.closing(number).unwrap().close(outcome, Duration::ZERO);
    None
}
