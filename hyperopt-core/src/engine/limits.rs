//! Ends a sweep by its results: past a threshold, or without progress.

use crate::engine::settings::{Settings, Watcher};
use crate::error::Error;
use crate::history::rank;
use crate::scheduler::Workload;
use crate::space::number;
use crate::sweep::{StopReason, Sweep};
use crate::trial::{State, Trial};

/// Adds the watchers that `loss_threshold = …` and `no_progress = …` need.
pub(super) fn watch(settings: &mut Settings) {
    let threshold = settings.loss_threshold.map(threshold);
    let progress = settings.no_progress.map(no_progress);
    settings.watchers.all.extend(threshold.into_iter().chain(progress));
}

/// Checks that `spend = …` can end a sweep that does `work`.
pub(super) fn check_spend(spend: Option<f64>, work: Workload) -> Result<(), Error> {
    let Some(spend) = spend else { return Ok(()) };
    let reason = if spend.is_nan() || spend <= 0.0 {
        format!("= {} leaves nothing to spend; write a number above 0", number(spend))
    } else if matches!(work, Workload::Budgets { .. }) {
        return Ok(());
    } else {
        format!(
            "= {} is for budgets, and this sweep counts trials; leave it out, or write a scheduler, `sampler = \
             Hyperband::new(3.0)`, with `1..=81` in place of the number of trials",
            number(spend)
        )
    };
    Err(Error::Limit { name: "spend", reason })
}

/// Checks that an objective can be better than `threshold`.
pub(crate) fn check_threshold(threshold: f64) -> Result<(), Error> {
    if threshold.is_nan() {
        let reason = "is NaN, and no objective is better; write a number".to_owned();
        return Err(Error::Limit { name: "loss_threshold", reason });
    }
    Ok(())
}

/// Ends the sweep once its best objective is better than `threshold`.
fn threshold(threshold: f64) -> Watcher {
    let mut open: Vec<usize> = Vec::new();
    let (mut seen, mut best) = (0, None::<usize>);
    Box::new(move |sweep| {
        check_threshold(threshold)?;
        let of = |reason: String| Error::Limit { name: "loss_threshold", reason };
        single_goal(sweep).map_err(of)?;
        let (goal, trials) = (sweep.goal(), sweep.history().trials());
        open.extend(seen..trials.len());
        seen = trials.len();
        open.retain(|&number| {
            let trial = &trials[number];
            if let Some(value) = trial.objective().filter(|_| trial.is_feasible()) {
                let ranked = |number: usize| Some((&trials[number], trials[number].objective()?));
                if best.and_then(ranked).is_none_or(|best| rank(goal, (trial, value), best).is_lt()) {
                    best = Some(number);
                }
            }
            trial.state() == State::Running
        });
        let value = best.and_then(|best| trials[best].objective());
        Ok(value.is_some_and(|value| goal.prefers(value, threshold)).then_some(StopReason::Threshold))
    })
}

/// Ends the sweep after `trials` trials in a row that are no better than the best before them, compared at equal resources.
///
/// Trials are looked at by their numbers, each once all before it are closed, so that the order of their ends does not matter.
fn no_progress(most: u64) -> Watcher {
    let mut best: Vec<(Option<f64>, usize)> = Vec::new();
    let (mut seen, mut without) = (0, 0);
    Box::new(move |sweep| {
        let of = |reason: String| Error::Limit { name: "no_progress", reason };
        if most == 0 {
            return Err(of(
                "= 0 ends the sweep before its first trial; write the number of trials to wait for".to_owned()
            ));
        }
        single_goal(sweep).map_err(of)?;
        let trials = sweep.history().trials();
        while without < most
            && let Some(trial) = trials.get(seen).filter(|trial| trial.state() != State::Running)
        {
            seen += 1;
            without = if is_progress(sweep, trial, &mut best) { 0 } else { without + 1 };
        }
        Ok((without >= most).then_some(StopReason::NoProgress))
    })
}

/// Whether `trial` is better than the best trial before it with the same resources, of which it takes the place.
fn is_progress(sweep: &Sweep, trial: &Trial, best: &mut Vec<(Option<f64>, usize)>) -> bool {
    let trials = sweep.history().trials();
    let Some(value) = trial.objective() else { return false };
    let Some((_, number)) = best.iter_mut().find(|(resources, _)| *resources == trial.resources()) else {
        best.push((trial.resources(), trial.number()));
        return true;
    };
    let earlier = &trials[*number];
    let is_better = earlier
        .objective()
        .is_none_or(|earlier_value| rank(sweep.goal(), (trial, value), (earlier, earlier_value)).is_lt());
    if is_better {
        *number = trial.number();
    }
    is_better
}

fn single_goal(sweep: &Sweep) -> Result<(), String> {
    match sweep.goals().len() {
        1 => Ok(()),
        goals => Err(format!(
            "needs a single goal, and this sweep has {goals}, of which no trial is the best in all; leave it out"
        )),
    }
}
