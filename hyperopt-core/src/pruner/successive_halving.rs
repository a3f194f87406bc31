//! The pruner that stops all but the best of each rung.

use std::error::Error;

use crate::history::Goal;
use crate::pruner::compared::ClosedTrials;
use crate::pruner::step_values::StepValues;
use crate::pruner::{Compared, Pruner};
use crate::trial::{State, Trial};

/// Prunes by asynchronous successive halving: at the steps r ηˢ, r ηˢ⁺¹, r ηˢ⁺² … a trial continues only if its value is
/// among the best 1 in η of those that have reached the step so far.
///
/// The source is Li, Jamieson, Rostamizadeh, Gonina, Ben-tzur, Hardt, Recht and Talwalkar, "A System for Massively Parallel
/// Hyperparameter Tuning", `MLSys` 2020, in the variant of Optuna's `SuccessiveHalvingPruner`, which stops trials where the
/// paper pauses them, with the same options and defaults. Steps count from 0, and the first rung is at step r ηˢ. Running
/// trials count too. The best so far always continues, and a trial whose value at a rung is NaN never does.
///
/// ```
/// use hyperopt_core::{RandomSampler, SuccessiveHalvingPruner, WithPruner};
///
/// let sampler = RandomSampler::new().pruner(SuccessiveHalvingPruner::new().min_resource(1).reduction_factor(3));
/// ```
///
/// # Departures
///
/// The value of a trial at a rung is its first report at or after the rung's step. Optuna takes the latest value when it is
/// asked, which is the same if a trial asks after each report. A single report that passes several rungs counts in all of them,
/// also where Optuna prunes the trial in the first. Without `min_resource`, a hundredth of the last step of the complete trial
/// with the smallest number is taken; Optuna takes the trial that completes first.
#[derive(Clone, Debug)]
pub struct SuccessiveHalvingPruner {
    min_resource: Option<u64>,
    reduction_factor: u64,
    min_early_stopping_rate: u32,
    bootstrap_count: usize,
    kept: Kept,
}

/// What is kept of the trials that have been read.
#[derive(Clone, Debug, Default)]
struct Kept {
    closed: ClosedTrials,
    /// The first complete trial that reported, if the step of the first rung comes from it.
    first: Option<usize>,
    /// The values of the closed trials at the rungs, which are numbered from 0.
    values: StepValues,
}

impl Default for SuccessiveHalvingPruner {
    fn default() -> Self {
        Self::new()
    }
}

impl SuccessiveHalvingPruner {
    /// Makes a pruner with η = 4, s = 0, and r from the first complete trial.
    #[must_use]
    pub fn new() -> Self {
        Self {
            min_resource: None,
            reduction_factor: 4,
            min_early_stopping_rate: 0,
            bootstrap_count: 0,
            kept: Kept::default(),
        }
    }

    /// Sets the step r of the first rung, at least 1 (default: a hundredth of the last step of the first complete trial, at
    /// least 1). With the default, trials up to and including that one are excluded from comparisons.
    #[must_use]
    pub fn min_resource(mut self, steps: u64) -> Self {
        self.min_resource = Some(steps);
        self
    }

    /// Sets η, at least 2 (default: 4): steps grow by this factor from rung to rung, and one in η trials continues.
    #[must_use]
    pub fn reduction_factor(mut self, factor: u64) -> Self {
        self.reduction_factor = factor;
        self
    }

    /// Sets s, the number of rungs left out at the beginning (default: 0).
    #[must_use]
    pub fn min_early_stopping_rate(mut self, rungs: u32) -> Self {
        self.min_early_stopping_rate = rungs;
        self
    }

    /// Sets how many trials have to end at a rung before any continues from it (default: 0). It needs `min_resource`.
    #[must_use]
    pub fn bootstrap_count(mut self, trials: usize) -> Self {
        self.bootstrap_count = trials;
        self
    }

    /// Iterates over the steps of the rungs, up to the largest `u64`.
    fn rungs(&self, min_resource: u64) -> impl Iterator<Item = u64> + use<> {
        // Invalid options are refused elsewhere; this bound keeps them from making the iterator endless.
        let factor = self.reduction_factor.max(2);
        let skipped = factor.checked_pow(self.min_early_stopping_rate);
        let first = skipped.and_then(|skipped| min_resource.max(1).checked_mul(skipped));
        std::iter::successors(first, move |step| step.checked_mul(factor))
    }

    /// Returns whether the last report of `trial` reaches a rung from which it does not continue. `rank` counts the other
    /// trials that have reached a rung, given by its number and its step, and how many of them are better than a value.
    fn stops(&self, trial: &Trial, min_resource: u64, rank: impl Fn((u64, u64), f64) -> (usize, usize)) -> bool {
        let Some((step, value)) = trial.last_report() else { return false };
        let before = trial.reports().iter().rev().nth(1).map(|&(before, _)| before);
        let reached = (0..).zip(self.rungs(min_resource)).take_while(|(_, rung)| *rung <= step);
        let mut reached = reached.filter(|(_, rung)| before.is_none_or(|before| before < *rung));
        reached.any(|rung| {
            value.is_nan() || {
                let (others, better) = rank(rung, value);
                // Of fewer than η trials, the best one continues.
                let most = ((others + 1) / self.reduction_factor.max(2) as usize).max(1);
                others < self.bootstrap_count || better >= most
            }
        })
    }

    /// Reads what is new among the trials; returns the step from which the rungs are counted.
    fn update(&mut self, compared: Compared<'_>) -> Option<u64> {
        if !self.kept.closed.continues(compared) {
            self.kept = Kept::default();
        }
        let mut new = Vec::new();
        self.kept.closed.read(compared, |trial| new.push(trial.number()));
        let trials = compared.trials();
        let (min_resource, after) = if let Some(steps) = self.min_resource {
            (steps, 0)
        } else {
            let first =
                new.iter().copied().filter(|&number| has_last_step(&trials[number])).chain(self.kept.first).min()?;
            if self.kept.first.replace(first) != Some(first) {
                self.kept.values = StepValues::default();
                new = (first + 1..trials.len()).filter(|&number| trials[number].state() != State::Running).collect();
            }
            (of_first(&trials[first]), first + 1)
        };
        for trial in new.into_iter().filter(|&number| number >= after).map(|number| &trials[number]) {
            let values = self.rungs(min_resource).map_while(|rung| first_from(trial.reports(), rung));
            (0..).zip(values).filter(|(_, (_, value))| !value.is_nan()).for_each(|(rung, (_, value))| {
                self.kept.values.insert(rung, value);
            });
        }
        Some(min_resource)
    }
}

/// Returns whether the last step of `trial` says how long a trial takes.
fn has_last_step(trial: &Trial) -> bool {
    trial.state() == State::Complete && trial.last_report().is_some()
}

/// Returns the step from which the rungs are counted if `trial` is the first complete one.
fn of_first(trial: &Trial) -> u64 {
    trial.last_report().map_or(0, |(last, _)| last) / 100
}

/// Counts the trials that have reached the rung at `step`, except the one with `number`, and those of them that are better
/// than `value`.
fn count<'t>(
    others: impl Iterator<Item = &'t Trial>,
    number: usize,
    step: u64,
    value: f64,
    goal: Goal,
) -> (usize, usize) {
    let others = others.filter(|other| other.number() != number);
    let found = others.filter_map(|other| first_from(other.reports(), step)).filter(|(_, found)| !found.is_nan());
    found.fold((0, 0), |(all, better), (_, found)| (all + 1, better + usize::from(goal.prefers(found, value))))
}

/// Returns the first report at `step` or after it.
fn first_from(reports: &[(u64, f64)], step: u64) -> Option<(u64, f64)> {
    let last = reports.last()?.0;
    let index = if last < step { reports.len() } else { reports.partition_point(|(found, _)| *found < step) };
    reports.get(index).copied()
}

#[diagnostic::do_not_recommend]
impl Pruner for SuccessiveHalvingPruner {
    fn prune(&mut self, trials: &[Trial], trial: &Trial, goal: Goal) -> bool {
        let (min_resource, others) = if let Some(steps) = self.min_resource {
            (steps, trials)
        } else {
            let Some(first) = trials.iter().position(has_last_step) else { return false };
            (of_first(&trials[first]), &trials[first + 1..])
        };
        let rank = |(_, step), value| count(others.iter(), trial.number(), step, value, goal);
        self.stops(trial, min_resource, rank)
    }

    fn prune_among(&mut self, compared: Compared<'_>, trial: &Trial, goal: Goal) -> bool {
        let Some(min_resource) = self.update(compared) else { return false };
        let Kept { closed, first, values } = &self.kept;
        let rank = |(rung, step), value| {
            let running = closed.running().iter().map(|&number| &compared.trials()[number]);
            let running = running.filter(|other| first.is_none_or(|first| other.number() > first));
            let (running, better) = count(running, trial.number(), step, value, goal);
            let closed = values.at(rung);
            let better = better
                + match goal {
                    Goal::Minimize => closed.count(|other| other < value),
                    Goal::Maximize => closed.len() - closed.count(|other| other <= value),
                };
            (closed.len() + running, better)
        };
        self.stops(trial, min_resource, rank)
    }

    fn check(&self) -> Result<(), Box<dyn Error + Send + Sync>> {
        if self.min_resource == Some(0) {
            return Err("min_resource = 0 puts every rung at step 0; write at least 1".into());
        }
        if self.reduction_factor < 2 {
            return Err(
                format!("reduction_factor = {} gives nothing up; write at least 2", self.reduction_factor).into()
            );
        }
        if self.bootstrap_count > 0 && self.min_resource.is_none() {
            return Err("bootstrap_count needs rungs that are known from the start; set min_resource too".into());
        }
        Ok(())
    }

    fn name(&self) -> &'static str {
        "SuccessiveHalvingPruner"
    }

    fn is_ours(&self) -> bool {
        true
    }
}
