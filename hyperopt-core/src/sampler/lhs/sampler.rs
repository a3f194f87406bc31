//! The sampler whose trials are a Latin hypercube.

use std::error::Error;

use rand::RngExt;

use super::criterion::{Criterion, optimise};
use super::plan::Plan;
use crate::history::History;
use crate::sampler::{Draw, Sampler, Setup};
use crate::space::{Point, Space};

/// Plans with more points than this stay as they are drawn: the distances of all pairs would fill too much memory.
const MOST_OPTIMISED: u64 = 2_000;

/// The most numbers in a plan, 400 MB of them.
const MOST_CELLS: u64 = 100_000_000;

/// The most swaps tried by default, and the most rows looked at by them: a fraction of a second, also without optimisation.
const SWAPS: usize = 100_000;
const WORK: usize = 20_000_000;

/// Latin hypercube sampling: takes as many values of every hyperparameter as there are trials, evenly spaced and each once, in
/// trials that lie far apart.
///
/// The plan is made before the first trial, for the number of trials in the head of the loop. It divides each axis into that
/// many strata, and each trial takes the middle of a different one.
///
/// - A hyperparameter with as many candidates as there are trials takes each of them once; with any other number, some
///   occur once more than the rest. On a logarithmic axis of integers the shares are even in the logarithm.
/// - A [`Criterion`] optimises the combination of strata in the trials, for plans of up to 2,000 trials. In larger plans, the
///   combination is random.
/// - Trials that never run, because of `break` or a timeout, are missing from an otherwise even plan. The loop `for i in 0..`
///   has no plan; ask-and-tell sweeps need the number of [`trials`](Self::trials).
/// - Conditional hyperparameters are planned for all trials and left out where their guard is false.
///
/// Categorical hyperparameters are planned as if the order of their candidates were meaningful;
/// [`ClhSampler`](crate::ClhSampler) is made for them.
///
/// The source is `McKay`, Beckman and Conover, "A Comparison of Three Methods for Selecting Values of Input Variables in the
/// Analysis of Output from a Computer Code" (Technometrics 21, 1979).
///
/// ```
/// use hyperopt_core::{Criterion, LhsSampler};
///
/// let plain = LhsSampler::new();
/// let even = LhsSampler::new().criterion(Criterion::CentredDiscrepancy).jitter(true);
/// ```
#[derive(Clone, Debug, Default)]
pub struct LhsSampler {
    criterion: Criterion,
    jitter: bool,
    swaps: Option<usize>,
    trials: Option<u64>,
    first: usize,
    plan: Plan,
}

impl LhsSampler {
    /// Makes the sampler with [`Criterion::PhiP`], which keeps the nearest points far apart; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the criterion of a plan (default: [`Criterion::PhiP`]).
    #[must_use]
    pub fn criterion(mut self, criterion: Criterion) -> Self {
        self.criterion = criterion;
        self
    }

    /// Sets whether trials take a random place in each stratum instead of its middle, or any of several candidates in a stratum
    /// (default: false).
    ///
    /// Middles are spread better, but two sweeps of one length take the same values of each hyperparameter, only in other
    /// combinations.
    #[must_use]
    pub fn jitter(mut self, jitter: bool) -> Self {
        self.jitter = jitter;
        self
    }

    /// Sets how many swaps are tried for a better plan (default: 100,000, and fewer above 200 trials). 0 leaves the plan as
    /// drawn.
    #[must_use]
    pub fn swaps(mut self, swaps: usize) -> Self {
        self.swaps = Some(swaps);
        self
    }

    /// Sets how many trials to plan if the loop does not say: for `for i in ..`, and for sweeps without a loop. There is no
    /// default; such a sweep without this setting ends with an error.
    #[must_use]
    pub fn trials(mut self, trials: u64) -> Self {
        self.trials = Some(trials);
        self
    }

    /// Makes the plan; `unordered` gives the number of levels of each axis that is to be planned without an order.
    pub(crate) fn plan(
        &mut self,
        setup: &Setup<'_>,
        unordered: &[Option<u64>],
        weight: Option<f64>,
    ) -> Result<u64, String> {
        let trials = setup.trials().or(self.trials).ok_or(
            "a Latin hypercube is planned for a number of trials; write `for i in 0..n`, or `.trials(n)` after `new()` \
             where there is no such loop",
        )?;
        let cells = trials.saturating_mul(unordered.len().max(1) as u64);
        let Some(rows) = u32::try_from(trials).ok().filter(|_| cells <= MOST_CELLS) else {
            return Err(format!(
                "a plan of {trials} trials over {} axes would hold more than {MOST_CELLS} numbers; run fewer trials, or use \
                 `RandomSampler`, which differs little for so many",
                unordered.len()
            ));
        };
        let mut rng = setup.rng();
        self.first = setup.first();
        self.plan = Plan::random(rows, unordered, &mut rng);
        if trials <= MOST_OPTIMISED {
            // Each categorical axis is looked at once more.
            let looks = 1 + unordered.iter().flatten().count();
            let swaps = self.swaps.unwrap_or(SWAPS.min(WORK / (rows as usize * looks).max(1)));
            optimise(&mut self.plan, self.criterion, weight, swaps, &mut rng);
        }
        Ok(trials)
    }
}

impl Sampler for LhsSampler {
    fn suggest(&mut self, space: &Space, _: &History, draw: &Draw) -> Option<Point> {
        let row = draw.number().checked_sub(self.first).filter(|&row| row < self.plan.rows())?;
        let axes = space.axes().iter().enumerate();
        if self.jitter {
            let mut rng = draw.rng();
            return Some(axes.map(|(index, axis)| self.plan.jittered(row, index, axis, rng.random())).collect());
        }
        Some(axes.map(|(index, axis)| self.plan.unit(row, index, axis)).collect())
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let ordered = vec![None; setup.space().len()];
        Ok(Some(self.plan(setup, &ordered, None)?))
    }

    fn is_adaptive(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "LhsSampler"
    }

    fn is_ours(&self) -> bool {
        true
    }
}
