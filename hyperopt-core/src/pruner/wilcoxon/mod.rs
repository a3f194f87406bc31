//! The pruner that tests a trial against the best one, instance by instance.

mod signed_rank;

use std::error::Error;

use crate::history::Goal;
use crate::pruner::compared::ClosedTrials;
use crate::pruner::{Compared, Pruner};
use crate::trial::Trial;

use self::signed_rank::SignedRank;

/// Prunes a trial when Wilcoxon's signed-rank test says that it is worse than the best one, instance by instance.
///
/// It suits objectives that are means over problem instances, folds or seeds: the step is the number of the instance, the value
/// is the result there, and the steps may come in any order. The test thus separates instances that are hard for all trials
/// from those that are hard for this one only. It is best to shuffle the instances for each trial.
///
/// It works like Optuna's `WilcoxonPruner`, with the same options and defaults: the test is one-sided, takes the differences at
/// the instances that both trials have, and splits zeros between both signs. A trial whose mean is not worse than that of the
/// best one continues, whatever the test says. So does a trial if a value of either is not finite. The p-value is exact up to
/// 50 instances without ties and up to 13 with ties or zeros, as in `SciPy`, and comes from the normal approximation beyond.
/// The test is repeated after each report, so its level is not that of a single one.
///
/// ```
/// use hyperopt_core::{RandomSampler, WilcoxonPruner, WithPruner};
///
/// let sampler = RandomSampler::new().pruner(WilcoxonPruner::new().p_threshold(0.05));
/// ```
#[derive(Clone, Debug)]
pub struct WilcoxonPruner {
    p_threshold: f64,
    n_startup_steps: usize,
    test: SignedRank,
    closed: ClosedTrials,
    /// The goal, and the number and the objective of the best complete trial that has been read.
    best: Option<(Goal, usize, f64)>,
}

impl Default for WilcoxonPruner {
    fn default() -> Self {
        Self::new()
    }
}

impl WilcoxonPruner {
    /// Makes a pruner with a threshold of 0.1, and two instances before the first test.
    #[must_use]
    pub fn new() -> Self {
        Self {
            p_threshold: 0.1,
            n_startup_steps: 2,
            test: SignedRank::default(),
            closed: ClosedTrials::default(),
            best: None,
        }
    }

    /// Sets the p-value below which a trial is pruned, from 0 to 1 (default: 0.1). A larger threshold prunes more trials.
    #[must_use]
    pub fn p_threshold(mut self, p: f64) -> Self {
        self.p_threshold = p;
        self
    }

    /// Sets how many instances both trials must have before the first test, at least 2 (default: 2).
    #[must_use]
    pub fn n_startup_steps(mut self, steps: usize) -> Self {
        self.n_startup_steps = steps;
        self
    }

    /// Tests `trial` against the `best` one.
    fn is_worse(&mut self, trial: &Trial, best: &Trial, goal: Goal) -> bool {
        let (own, best) = (trial.reports(), best.reports());
        let is_finite = |reports: &[(u64, f64)]| reports.iter().all(|(_, value)| value.is_finite());
        if own.is_empty() || best.is_empty() || !is_finite(own) || !is_finite(best) {
            return false;
        }
        self.test.clear();
        let mut others = best.iter().peekable();
        for &(step, value) in own {
            while others.next_if(|(other, _)| *other < step).is_some() {}
            if let Some((_, other)) = others.next_if(|(other, _)| *other == step) {
                self.test.push(match goal {
                    Goal::Minimize => value - other,
                    Goal::Maximize => other - value,
                });
            }
        }
        let mean = |reports: &[(u64, f64)]| reports.iter().map(|(_, value)| value).sum::<f64>() / reports.len() as f64;
        self.test.len() >= self.n_startup_steps.max(2)
            && goal.prefers(mean(best), mean(own))
            && self.test.p_greater() < self.p_threshold
    }

    /// Returns the number of the best complete trial, the first of equals.
    fn best_of(&mut self, compared: Compared<'_>, goal: Goal) -> Option<usize> {
        if !self.closed.continues(compared) || self.best.is_some_and(|(before, ..)| before != goal) {
            (self.closed, self.best) = Default::default();
        }
        let Self { closed, best, .. } = self;
        closed.read(compared, |other| {
            let Some(objective) = other.objective() else { return };
            let (number, by_number) = (other.number(), |than: usize| other.number().cmp(&than));
            if best.is_none_or(|(_, than, value)| goal.compare(objective, value).then(by_number(than)).is_lt()) {
                *best = Some((goal, number, objective));
            }
        });
        best.map(|(_, number, _)| number)
    }
}

#[diagnostic::do_not_recommend]
impl Pruner for WilcoxonPruner {
    fn prune(&mut self, trials: &[Trial], trial: &Trial, goal: Goal) -> bool {
        let complete = trials.iter().filter_map(|other| Some((other, other.objective()?)));
        let Some((best, _)) = complete.min_by(|a, b| goal.compare(a.1, b.1)) else { return false };
        self.is_worse(trial, best, goal)
    }

    fn prune_among(&mut self, compared: Compared<'_>, trial: &Trial, goal: Goal) -> bool {
        let best = self.best_of(compared, goal);
        best.is_some_and(|best| self.is_worse(trial, &compared.trials()[best], goal))
    }

    fn check(&self) -> Result<(), Box<dyn Error + Send + Sync>> {
        if !(0.0..=1.0).contains(&self.p_threshold) {
            return Err(format!("p_threshold = {:?} is not from 0 to 1", self.p_threshold).into());
        }
        Ok(())
    }

    fn name(&self) -> &'static str {
        "WilcoxonPruner"
    }

    fn is_ours(&self) -> bool {
        true
    }
}
