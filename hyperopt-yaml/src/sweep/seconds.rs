//! Pruners that judge a trial by its reports at equal times since its start.

use hyperopt_core::{Goal, Pruner, Trial};

use crate::definition::{SchedulerName, SecondsRule};

/// The steps of reports are milliseconds.
const MILLISECONDS: f64 = 1000.0;

/// Returns the pruner of a scheduler that counts seconds.
pub(super) fn pruner(rule: SecondsRule, grace: f64, max: Option<f64>) -> Box<dyn Pruner> {
    match (rule, max) {
        (SecondsRule::Halving { kind, eta }, Some(max)) => Box::new(HalvingBySeconds::new(kind, eta, (grace, max))),
        (SecondsRule::Halving { eta, .. }, None) => {
            Box::new(HalvingBySeconds::new(SchedulerName::Asha, eta, (grace, f64::MAX)))
        }
        (SecondsRule::Median { samples }, _) => Box::new(MedianBySeconds { grace: grace * MILLISECONDS, samples }),
    }
}

/// Successive halving by stopping, as in Ray's `ASHAScheduler`: the first trial at a milestone continues, and so does each
/// later one whose value is among the best 1/η of those before it. Hyperband's brackets differ in their first milestone; trials
/// are assigned to them in turn.
#[derive(Debug)]
struct HalvingBySeconds {
    eta: f64,
    brackets: Vec<Bracket>,
}

/// The milestones of some of the trials, in milliseconds.
#[derive(Debug, PartialEq)]
struct Bracket {
    /// The number of trials in turn that belong to it.
    places: u64,
    milestones: Vec<f64>,
}

impl HalvingBySeconds {
    fn new(kind: SchedulerName, eta: f64, (grace, max): (f64, f64)) -> Self {
        // Rounding errors neither add a milestone nor take one away.
        let (least, most) = (grace * (1.0 - 1e-9), max * (1.0 - 1e-9));
        let brackets = if kind == SchedulerName::Hyperband {
            let mut rungs: Vec<f64> = std::iter::successors(Some(max), |time| Some(time / eta))
                .take_while(|time| *time >= least)
                .take(64)
                .collect();
            rungs.reverse();
            let all = rungs.len() as f64;
            let bracket = |first: usize| {
                let promotions = rungs.len() - 1 - first;
                let places = (all / (promotions + 1) as f64 * eta.powi(promotions as i32) - 1e-9).ceil();
                let milestones = rungs[first..rungs.len() - 1].iter().map(|time| time * MILLISECONDS).collect();
                Bracket { places: places as u64, milestones }
            };
            (0..rungs.len()).map(bracket).collect()
        } else {
            let times =
                std::iter::successors(Some(grace), |time| Some(time * eta)).take_while(|time| *time < most).take(64);
            vec![Bracket { places: 1, milestones: times.map(|time| time * MILLISECONDS).collect() }]
        };
        Self { eta, brackets }
    }

    /// Returns the bracket of a trial.
    fn bracket(&self, number: usize) -> Option<usize> {
        let all: u64 = self.brackets.iter().map(|bracket| bracket.places).fold(0, u64::saturating_add);
        let mut place = (number as u64).checked_rem(all)?;
        self.brackets.iter().position(|bracket| {
            let is_here = place < bracket.places;
            place = place.saturating_sub(bracket.places);
            is_here
        })
    }
}

impl Pruner for HalvingBySeconds {
    fn prune(&mut self, trials: &[Trial], trial: &Trial, goal: Goal) -> bool {
        let (Some(bracket), Some((now, value))) = (self.bracket(trial.number()), trial.last_report()) else {
            return false;
        };
        let before = trial.reports().iter().rev().nth(1).map_or(-1.0, |&(time, _)| time as f64);
        let reached = self.brackets[bracket].milestones.iter().filter(|time| before < **time && **time <= now as f64);
        let mut reached = reached.copied();
        reached.any(|milestone| {
            let others = trials.iter().filter(|other| other.number() != trial.number());
            let others = others.filter(|other| self.bracket(other.number()) == Some(bracket));
            let mut values: Vec<f64> =
                others.filter_map(|other| value_at(other, milestone)).filter(|value| !value.is_nan()).collect();
            values.sort_by(f64::total_cmp);
            let share = match goal {
                Goal::Minimize => 1.0 / self.eta,
                Goal::Maximize => 1.0 - 1.0 / self.eta,
            };
            value.is_nan() || quantile(&values, share).is_some_and(|cutoff| goal.prefers(cutoff, value))
        })
    }

    fn name(&self) -> &'static str {
        "successive halving by seconds"
    }
}

/// The median stopping rule, as in Ray's `MedianStoppingRule`: a trial is stopped if its best value is worse than the median of
/// the means of the others up to its time.
#[derive(Debug)]
struct MedianBySeconds {
    grace: f64,
    samples: usize,
}

impl Pruner for MedianBySeconds {
    fn prune(&mut self, trials: &[Trial], trial: &Trial, goal: Goal) -> bool {
        let Some((now, _)) = trial.last_report().filter(|(now, _)| *now as f64 >= self.grace) else { return false };
        let mean = |other: &Trial| {
            let is_counted = |time: u64| time as f64 >= self.grace && time <= now;
            let values = other.reports().iter().filter(|(time, value)| is_counted(*time) && !value.is_nan());
            let (sum, count) = values.fold((0.0, 0.0), |(sum, count), (_, value)| (sum + value, count + 1.0));
            (count > 0.0).then(|| sum / count)
        };
        let others = trials.iter().filter(|other| other.number() != trial.number());
        let beyond = others.filter(|other| other.last_report().is_some_and(|(last, _)| last >= now));
        let mut means: Vec<f64> = beyond.filter_map(mean).collect();
        if means.len() < self.samples.max(1) {
            return false;
        }
        means.sort_by(f64::total_cmp);
        let own = trial.reports().iter().map(|&(_, value)| value).filter(|value| !value.is_nan());
        let Some(best) = own.min_by(|&a, &b| goal.compare(a, b)) else { return true };
        quantile(&means, 0.5).is_some_and(|median| goal.prefers(median, best))
    }

    fn name(&self) -> &'static str {
        "median rule by seconds"
    }
}

/// Returns the first value of a trial at or after `milestone`.
fn value_at(trial: &Trial, milestone: f64) -> Option<f64> {
    trial.reports().iter().find(|(time, _)| *time as f64 >= milestone).map(|&(_, value)| value)
}

/// Returns the `share`-quantile of numbers in ascending order, linear between two of them; `None` without any.
fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let place = values.len().checked_sub(1)? as f64 * share;
    let below = place.floor() as usize;
    let low = *values.get(below)?;
    let high = values.get(below + 1).copied().unwrap_or(low);
    Some(if low == high { low } else { low + (high - low) * (place - below as f64) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milestones(kind: SchedulerName, eta: f64, budgets: (f64, f64)) -> Vec<(u64, Vec<f64>)> {
        let halving = HalvingBySeconds::new(kind, eta, budgets);
        halving.brackets.into_iter().map(|bracket| (bracket.places, bracket.milestones)).collect()
    }

    #[test]
    fn milestones_are_those_of_ray() {
        let asha = milestones(SchedulerName::Asha, 5.0, (72.0, 3600.0));
        assert_eq!(asha, [(1, vec![72_000.0, 360_000.0, 1_800_000.0])]);
        // Trials end at `max_t`, so that is no milestone.
        assert_eq!(milestones(SchedulerName::Asha, 3.0, (1.0, 9.0)), [(1, vec![1000.0, 3000.0])]);
        let hyperband = milestones(SchedulerName::Hyperband, 3.0, (1.0, 9.0));
        assert_eq!(hyperband, [(9, vec![1000.0, 3000.0]), (5, vec![3000.0]), (3, vec![])]);
        let hyperband = HalvingBySeconds::new(SchedulerName::Hyperband, 3.0, (1.0, 9.0));
        assert_eq!([0, 8, 9, 13, 14, 16, 17].map(|number| hyperband.bracket(number).unwrap()), [0, 0, 1, 1, 2, 2, 0]);
    }
}
