//! Hyperband.

mod state;
mod steps;

use crate::sampler::{RandomSampler, Sampler};
use crate::scheduler::brackets::Schedule;
use crate::scheduler::quota::Quota;
use crate::scheduler::{Budgets, Scheduler, Strategy};

use self::state::HyperbandState;

/// Hyperband: starts many configurations with few resources each, and gives more to the better ones.
///
/// It takes loops with budgets, `for (resources, state) in 1.0..=81.0`. Each bracket starts configurations that the inner
/// sampler proposes; each rung promotes the best 1 / η of them to η times the resources, up to the upper end of the head. The
/// brackets differ in the resources of their first rung, which range from the lower end of the head to the upper end. A
/// configuration that failed, or was pruned by `continue`, is not promoted; if too few are left, fewer are promoted.
///
/// `resources` is the total for the configuration. If there is a `state`, which the body returned for the configuration in its
/// last rung, training continues from it up to that total; otherwise it starts from nothing. Objectives are compared at equal
/// resources only, and the best trial is the best of those with the most resources. Integer budgets are rounded; with η below
/// 2, rungs that become equal are merged.
///
/// The source is Li, Jamieson, `DeSalvo`, Rostamizadeh and Talwalkar, "Hyperband: A Novel Bandit-Based Approach to
/// Hyperparameter Optimization", JMLR 18 (2018), Algorithm 1. The number of brackets is computed by multiplication, since a
/// rounded quotient of logarithms loses a bracket for budgets such as 243. An inner sampler that plans ahead, such as
/// [`LhsSampler`](crate::LhsSampler), makes a plan for each bracket.
///
/// ```
/// use hyperopt_core::{Hyperband, RandomSampler};
///
/// let sampler = Hyperband::new(3.0).inner(RandomSampler::new()).rounds(2);
/// ```
#[derive(Clone, Debug)]
pub struct Hyperband<S = RandomSampler> {
    eta: f64,
    inner: S,
    quota: Quota,
    schedule: Schedule,
    /// The share of random configurations, which are promoted among themselves.
    explore: f64,
    /// Whether brackets whose first rung predicts nothing are skipped after the first round.
    skips: bool,
    state: HyperbandState,
}

impl Hyperband {
    /// Makes Hyperband over random search. One in `eta` configurations of a rung is promoted. `eta` is above 1, usually 3;
    /// other values are an error of the sweep.
    #[must_use]
    pub fn new(eta: f64) -> Self {
        Self {
            eta,
            inner: RandomSampler::new(),
            quota: Quota { rounds: None, configurations: None },
            schedule: Schedule::default(),
            explore: 0.0,
            skips: false,
            state: HyperbandState::default(),
        }
    }
}

impl<S> Hyperband<S> {
    /// Sets the sampler that proposes new configurations (default: [`RandomSampler`]).
    #[must_use]
    pub fn inner<T: Sampler>(self, inner: T) -> Hyperband<T> {
        let Self { eta, quota, schedule, explore, skips, state, .. } = self;
        Hyperband { eta, inner, quota, schedule, explore, skips, state }
    }

    /// Sets how many times all brackets are run (default: 1).
    #[must_use]
    pub fn rounds(mut self, rounds: u64) -> Self {
        self.quota.rounds = Some(rounds);
        self
    }

    /// Sets the number of configurations to start, bracket by bracket, in as many rounds as necessary, in place of
    /// [`rounds`](Self::rounds) (default: all configurations of all rounds). The last bracket is shortened: it promotes one in
    /// η of its configurations, and at least one, up to the full budget.
    #[must_use]
    pub fn configurations(mut self, configurations: u64) -> Self {
        self.quota.configurations = Some(configurations);
        self
    }

    /// Sets the share of explorers, from 0 to 1 (default: 0): configurations that are drawn at random whatever the inner
    /// sampler is, and that are promoted among themselves. [`Bohb`](crate::Bohb) explores with a third.
    ///
    /// A model of trials with few resources proposes configurations that learn fast at first, and better ones may overtake them
    /// later. So each rung promotes the best explorers beside the best configurations of the model, in proportion to their
    /// numbers, and only the last places go to the best of both. There are explorers in the first bracket, and in each further
    /// one as long as the best trial so far is an explorer. A sweep that resumes one with trials of all resources has none.
    #[must_use]
    pub fn explore(mut self, share: f64) -> Self {
        self.explore = share;
        self
    }

    /// Skips brackets whose first rung predicts nothing, after the first round.
    pub(super) fn skipping(mut self) -> Self {
        self.skips = true;
        self
    }

    /// Starts the same number of configurations in each bracket as the authors' code and `HpBandSter`, which is fewer than
    /// Algorithm 1 of the paper says: 81, 27, 9, 6 and 5 for 81 units and η = 3, in place of 81, 34, 15, 8 and 5.
    #[must_use]
    pub fn faithful(mut self) -> Self {
        self.schedule = Schedule::Reference;
        self
    }
}

#[diagnostic::do_not_recommend]
impl<S: Sampler + 'static> Strategy for Hyperband<S> {
    type Kind = Budgets;

    fn scheduler(self) -> Box<dyn Scheduler> {
        Box::new(self)
    }
}
