//! The rungs of asynchronous successive halving by stopping.

use std::collections::VecDeque;

use crate::history::Goal;
use crate::ordered::Ordered;
use crate::scheduler::View;
use crate::scheduler::score::Score;
use crate::sweep::full_budget_note;
use crate::trial::{State, Trial};

/// The number of stopped configurations that each rung keeps, to resume one if no other reaches the last rung.
const SPARES: usize = 2;

/// All rungs: a configuration is judged once in each, when it is closed there.
#[derive(Clone, Debug, Default)]
pub(super) struct StoppingRungs {
    eta: f64,
    /// The rungs, from the first to the last.
    ladder: Vec<Rung>,
    /// Whether nothing runs, and nothing is left to start or to resume.
    is_idle: bool,
    /// Configurations that will not be resumed, not yet reported.
    retired: Vec<usize>,
    last: Option<Promotion>,
}

/// The last promotion: from which rung, which trial, and whether it had been stopped before.
#[derive(Clone, Copy, Debug)]
struct Promotion {
    from: usize,
    trial: usize,
    spare: Option<Score>,
}

#[derive(Clone, Debug, Default)]
struct Rung {
    resources: f64,
    /// Trials that still run.
    open: Vec<usize>,
    /// The objectives of the feasible complete trials, in ascending order.
    values: Ordered<f64>,
    complete: u64,
    /// The trials that continue, in the order of closing.
    going: VecDeque<usize>,
    /// The best of the stopped trials, best first.
    spares: Vec<(Score, usize)>,
}

impl StoppingRungs {
    /// Makes rungs with these resources, from the first to the last.
    pub(super) fn new(eta: f64, resources: impl IntoIterator<Item = f64>) -> Self {
        let rungs = resources.into_iter().map(|resources| Rung { resources, ..Rung::default() });
        Self { eta, ladder: rungs.collect(), ..Self::default() }
    }

    /// Enters the trials that have been closed, with `to_start` new configurations still to come; returns an upper bound
    /// of the steps left, which is 0 if and only if there are none.
    pub(super) fn settle(&mut self, view: &View<'_>, to_start: u64) -> u64 {
        let top = self.ladder.len().saturating_sub(1);
        for (index, rung) in self.ladder.iter_mut().enumerate() {
            rung.enter(view, self.eta, index == top, &mut self.retired);
        }
        let is_still = |rung: &Rung| rung.open.is_empty() && rung.going.is_empty();
        self.is_idle = to_start == 0 && self.ladder.iter().all(is_still);
        if self.is_reached() {
            let Self { ladder, retired, .. } = self;
            let spares = ladder.iter_mut().flat_map(|rung| rung.spares.drain(..));
            retired.extend(spares.map(|(_, trial)| view.history.trials()[trial].configuration()));
        }
        let (mut coming, mut steps) = (to_start, 0);
        for rung in &self.ladder {
            steps += coming;
            coming += (rung.open.len() + rung.going.len()) as u64;
        }
        steps.max(u64::from(self.left_over().is_some()))
    }

    /// Returns whether a configuration has been complete in the last rung.
    fn is_reached(&self) -> bool {
        self.ladder.last().is_none_or(|top| top.complete > 0)
    }

    /// Returns the highest rung with a stopped trial to resume once nothing else is left, because the others have failed.
    fn left_over(&self) -> Option<usize> {
        let is_wanted = self.is_idle && !self.is_reached();
        self.ladder.iter().rposition(|rung| !rung.spares.is_empty()).filter(|_| is_wanted)
    }

    /// Resumes a trial that continues, one of the highest rung that has one; returns it and its new resources. `next` is the
    /// number of the trial that resumes it.
    pub(super) fn promote(&mut self, next: usize) -> Option<(usize, f64)> {
        let going = self.ladder.iter().rposition(|rung| !rung.going.is_empty());
        let (from, trial, spare) = if let Some(from) = going {
            (from, self.ladder[from].going.pop_front()?, None)
        } else {
            let from = self.left_over()?;
            let (score, trial) = self.ladder[from].spares.remove(0);
            (from, trial, Some(score))
        };
        self.last = Some(Promotion { from, trial, spare });
        Some((trial, self.open(from + 1, next)))
    }

    /// Resumes `configuration` with trial `number`, as another process has decided. Returns whether a rung gives these resources
    /// to a configuration of the rung below.
    pub(super) fn follow(&mut self, view: &View<'_>, number: usize, configuration: usize, resources: f64) -> bool {
        let Some(rung) = self.ladder.iter().position(|rung| rung.resources == resources) else { return false };
        let Some(below) = rung.checked_sub(1) else { return false };
        let is_other = |trial: usize| view.history.trials()[trial].configuration() != configuration;
        self.ladder[below].going.retain(|&trial| is_other(trial));
        self.ladder[below].spares.retain(|&(_, trial)| is_other(trial));
        // The other process may have closed the trials of the rung in another order.
        self.retired.retain(|&retired| retired != configuration);
        self.open(rung, number);
        true
    }

    /// Takes back the start of trial `number`. Returns whether it was that of a new configuration.
    pub(super) fn retract(&mut self, number: usize) -> bool {
        let at = self.ladder.iter().position(|rung| rung.open.contains(&number));
        let Some(rung) = at else { return false };
        self.ladder[rung].open.retain(|&open| open != number);
        let last = self.last.take().filter(|last| last.from + 1 == rung);
        if let Some(Promotion { from, trial, spare }) = last {
            match spare {
                None => self.ladder[from].going.push_front(trial),
                Some(score) => self.ladder[from].spares.insert(0, (score, trial)),
            }
        }
        rung == 0
    }

    /// Opens `trial`, of a new configuration, in the first rung; returns its resources.
    pub(super) fn start(&mut self, trial: usize) -> f64 {
        self.open(0, trial)
    }

    fn open(&mut self, rung: usize, trial: usize) -> f64 {
        let rung = &mut self.ladder[rung];
        rung.open.push(trial);
        rung.resources
    }

    /// Returns what to say about the resources that the configurations got, once the sweep is over.
    pub(super) fn note(&self, view: &View<'_>) -> Option<String> {
        full_budget_note(view.history, view.goal, self.ladder.last()?.resources)
    }

    /// Returns the configurations that will not be resumed, each once.
    pub(super) fn retired(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.retired)
    }
}

impl Rung {
    /// Enters the open trials that have been closed, each of which continues or is stopped.
    fn enter(&mut self, view: &View<'_>, eta: f64, is_top: bool, retired: &mut Vec<usize>) {
        let trials = view.history.trials();
        let mut open = std::mem::take(&mut self.open);
        open.retain(|&number| {
            let trial = &trials[number];
            if trial.state() == State::Running {
                return true;
            }
            let Some(objective) = trial.objective() else {
                retired.push(trial.configuration());
                return false;
            };
            let goes_on = self.goes_on(trial, objective, eta, view.goal);
            self.complete += 1;
            if trial.is_feasible() {
                self.values.insert(objective, |value| value.total_cmp(&objective).is_lt());
            }
            if is_top {
                retired.push(trial.configuration());
            } else if goes_on {
                self.going.push_back(number);
            } else {
                self.keep(Score { violation: trial.violation(), objective }, number, view.goal);
                if self.spares.len() > SPARES
                    && let Some((_, dropped)) = self.spares.pop()
                {
                    retired.push(trials[dropped].configuration());
                }
            }
            false
        });
        self.open = open;
    }

    /// Returns whether a trial is the first of the rung, or no worse than the best one in η of those before it.
    fn goes_on(&self, trial: &Trial, objective: f64, eta: f64, goal: Goal) -> bool {
        if !trial.is_feasible() {
            return self.complete == 0;
        }
        let share = match goal {
            Goal::Minimize => 1.0 / eta,
            Goal::Maximize => 1.0 - 1.0 / eta,
        };
        quantile(&self.values, share).is_none_or(|cutoff| !goal.prefers(cutoff, objective))
    }

    /// Keeps a stopped trial by its rank.
    fn keep(&mut self, score: Score, trial: usize, goal: Goal) {
        let at = self.spares.partition_point(|(other, _)| other.compare(&score, goal).is_le());
        self.spares.insert(at, (score, trial));
    }
}

/// Returns the `share`-quantile of numbers in ascending order, linear between two of them; `None` without any.
fn quantile(values: &Ordered<f64>, share: f64) -> Option<f64> {
    let place = values.len().checked_sub(1)? as f64 * share;
    let below = place.floor() as usize;
    let (low, high) = (*values.get(below)?, *values.get(below + 1).unwrap_or(values.get(below)?));
    let weight = place - below as f64;
    Some(if low == high || weight == 0.0 { low } else { low + (high - low) * weight })
}

#[cfg(test)]
mod tests {
    use super::{Ordered, quantile};

    #[test]
    fn quantiles_are_those_of_ray() {
        let quantile = |values: &[f64], share: f64| {
            let mut ordered = Ordered::default();
            for &value in values {
                ordered.insert(value, |_| true);
            }
            quantile(&ordered, share)
        };
        assert_eq!(quantile(&[], 0.25), None);
        assert_eq!(quantile(&[3.0], 0.75), Some(3.0));
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!([0.0, 0.25, 0.5, 1.0].map(|share| quantile(&values, share)), [1.0, 1.75, 2.5, 4.0].map(Some));
    }
}
