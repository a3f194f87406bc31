//! The sampler that chooses among the others, trial by trial.

use std::error::Error;

use itertools::Itertools;

use crate::history::History;
use crate::sampler::toolkit::{ClosedTrials, searched};
use crate::sampler::{CmaEsSampler, Draw, GpSampler, Sampler, Setup, TpeSampler};
use crate::space::{Kind, Point, Space};

/// Chooses among the samplers, trial by trial, and says in the table of the sweep which of them it has used.
///
/// The choice depends on the space, how many trials are planned, and how many there have been:
///
/// | trials | sampler |
/// |---|---|
/// | the first 20 | [`TpeSampler`], of which the first half is a Latin hypercube |
/// | up to 200 | [`GpSampler`]; every fourth trial by [`TpeSampler`] |
/// | after that | [`CmaEsSampler`], which starts from the best of those before |
///
/// - Several goals and constraints are for [`TpeSampler`] alone: constraints from the first trial on that has any.
/// - So are the configurations of [`Hyperband`](crate::Hyperband) and its like, of which few reach the budget that counts.
/// - Where at most a fourth more than 200 trials are planned, all of them but the first are for the Gaussian process; where more than
///   10,000 are planned, none, since such trials take less time than it does. Nor are spaces of more than 40 axes.
/// - CMA-ES needs two axes with an order; without them, the trials after the first 200 are for [`TpeSampler`].
///
/// The fourth trial by another model is what keeps the sampler from doing badly where one of them is misled: a Gaussian process
/// by cliffs and plateaus, TPE by valleys that lie across the axes.
///
/// The choice is a function of the sweep alone, never of how long trials take, so one seed gives one history here too.
///
/// ```
/// use hyperopt_core::{AutoSampler, Sampler};
///
/// assert_eq!(AutoSampler::new().name(), "AutoSampler");
/// ```
///
/// A suggestion takes the time of the sampler that makes it: long up to 200 trials, where that is the Gaussian process.
#[derive(Clone, Debug)]
pub struct AutoSampler {
    tpe: TpeSampler,
    gp: GpSampler,
    cma_es: CmaEsSampler,
    plan: Plan,
    closed: ClosedTrials,
    /// Whether any closed trial has a constraint.
    is_constrained: bool,
    /// The trials that each member has proposed, in the order of [`Member`], and the last of them.
    proposed: [usize; 3],
    last: Option<usize>,
    name: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Member {
    Tpe,
    Gp,
    CmaEs,
}

/// Which trials are for whom, but for those of TPE in between.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Plan {
    /// The first trial that is not for the Gaussian process any more.
    gp_until: usize,
    /// Whether CMA-ES takes over then.
    has_cma_es: bool,
}

/// The first trials, which TPE proposes.
const START: usize = 20;
/// Trials up to which a Gaussian process is worth its time.
const GP_UNTIL: usize = 200;
/// Trials above which it is not worth its time at any of them.
const GP_PLANNED: u64 = 10_000;
/// Axes above which it is not.
const GP_AXES: usize = 40;
/// Among the trials of the Gaussian process, every fourth is TPE's.
const TPE_EVERY: usize = 4;

impl Plan {
    fn new(setup: &Setup<'_>) -> Self {
        if setup.goals().len() > 1 || !setup.resources().is_empty() {
            return Self::default();
        }
        let axes = searched(setup.space());
        let ordered = axes.clone().filter(|(_, axis)| !matches!(axis.kind(), Kind::Categorical(_))).count();
        let planned = setup.trials().map(|trials| trials.saturating_add(setup.first() as u64));
        let gp_until = match planned {
            _ if axes.count() > GP_AXES => 0,
            Some(planned) if planned > GP_PLANNED => 0,
            Some(planned) if planned <= GP_UNTIL as u64 * 5 / 4 => usize::MAX,
            _ => GP_UNTIL,
        };
        Self { gp_until, has_cma_es: ordered > 1 }
    }

    fn member(self, number: usize) -> Member {
        let is_between = number < self.gp_until && number % TPE_EVERY == TPE_EVERY - 1;
        if number < START || is_between {
            Member::Tpe
        } else if number < self.gp_until {
            Member::Gp
        } else if self.has_cma_es {
            Member::CmaEs
        } else {
            Member::Tpe
        }
    }
}

impl AutoSampler {
    /// The sampler has nothing to set; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self {
            tpe: TpeSampler::new(),
            gp: GpSampler::new(),
            cma_es: CmaEsSampler::new(),
            plan: Plan::default(),
            closed: ClosedTrials::default(),
            is_constrained: false,
            proposed: [0; 3],
            last: None,
            name: "AutoSampler".to_owned(),
        }
    }

    /// Looks for constraints among the trials that have been closed since the last suggestion.
    fn read(&mut self, history: &History) {
        self.closed.read(history, |trial| self.is_constrained |= !trial.constraints().is_empty());
    }

    /// Counts a trial of `member`, and says so in the name.
    fn count(&mut self, member: Member, number: usize) {
        // A point that has been tried is asked for again.
        if self.last.replace(number) == Some(number) {
            return;
        }
        self.proposed[member as usize] += 1;
        let names = [self.tpe.name(), self.gp.name(), self.cma_es.name()];
        let used = self.proposed.iter().zip(names).filter(|(count, _)| **count > 0);
        self.name = format!("AutoSampler ({})", used.map(|(count, name)| format!("{count} by {name}")).join(", "));
    }
}

impl Default for AutoSampler {
    fn default() -> Self {
        Self::new()
    }
}

impl Sampler for AutoSampler {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        self.read(history);
        let member = if self.is_constrained { Member::Tpe } else { self.plan.member(draw.number()) };
        self.count(member, draw.number());
        match member {
            Member::Tpe => self.tpe.suggest(space, history, draw),
            Member::Gp => self.gp.suggest(space, history, draw),
            Member::CmaEs => self.cma_es.suggest(space, history, draw),
        }
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        *self = Self { plan: Plan::new(setup), ..Self::new() };
        if self.plan.gp_until > 0 {
            self.gp.prepare(setup)?;
        }
        if self.plan.has_cma_es {
            self.cma_es.prepare(setup)?;
        }
        self.tpe.prepare(setup)
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn is_ours(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::Candidates;
    use crate::history::Goal;
    use crate::sampler::RandomSampler;
    use crate::sampler::testing::{Bench, bests, margin, space};
    use crate::trial::Metrics;
    use crate::trial::Outcome;
    use crate::{categorical, linrange};

    fn numbers(axes: usize) -> Space {
        space((0..axes).map(|_| (0.0..=1.0).dimension()))
    }

    /// A valley across the axes.
    fn valley(point: &Point) -> f64 {
        let x = |axis| point.unit(axis) - 0.4;
        ((x(0) + x(1)).powi(2) + 9.0 * (x(0) - x(1)).powi(2) + (x(2) - x(1)).powi(2)).sqrt()
    }

    /// A sweep of `trials` trials.
    fn run<'a>(
        space: &'a Space,
        trials: usize,
        planned: Option<u64>,
        sampler: &mut AutoSampler,
        outcome: impl Fn(&Point) -> Outcome,
    ) -> Bench<'a> {
        let mut bench = Bench::new(space, 7);
        sampler.prepare(&Setup { trials: planned, ..bench.setup() }).unwrap();
        for _ in 0..trials {
            let trial = bench.ask(sampler, None);
            let told = outcome(bench.history.trials()[trial].point());
            bench.tell(trial, told);
        }
        bench
    }

    #[test]
    fn its_name_says_whom_it_has_asked() {
        let space = numbers(3);
        let mut sampler = AutoSampler::new();
        run(&space, 40, Some(1000), &mut sampler, |point| Outcome::value(valley(point)));
        assert_eq!(sampler.name(), "AutoSampler (25 by TpeSampler, 15 by GpSampler)");
        run(&space, 40, Some(1_000_000), &mut sampler, |point| Outcome::value(valley(point)));
        assert_eq!(sampler.name(), "AutoSampler (20 by TpeSampler, 20 by CmaEsSampler)");
    }

    #[test]
    fn the_plan_follows_space_and_budget() {
        let plan = |space: &Space, trials| {
            let bench = Bench::new(space, 0);
            Plan::new(&Setup { trials, ..bench.setup() })
        };
        let until = |gp_until, has_cma_es| Plan { gp_until, has_cma_es };
        assert_eq!(plan(&numbers(3), None), until(200, true));
        assert_eq!(plan(&numbers(3), Some(251)), until(200, true));
        assert_eq!(plan(&numbers(3), Some(250)), until(usize::MAX, true));
        assert_eq!(plan(&numbers(3), Some(10_001)), until(0, true));
        assert_eq!(plan(&numbers(41), Some(100)), until(0, true));
        assert_eq!(plan(&numbers(1), None), until(200, false));
        assert_eq!(
            plan(&space([categorical([1, 2, 3]).dimension(), categorical([1, 2, 3]).dimension()]), None),
            until(200, false)
        );
        // A constant axis does not count, whatever its kind.
        let of_two = [linrange(0.0, 1.0, 9).dimension(), linrange(0.0, 1.0, 1).dimension()];
        assert_eq!(plan(&space(of_two), None), until(200, false));
        assert_eq!(plan(&space([(0.0..=1.0).dimension(), (2.0..=2.0).dimension()]), None), until(200, false));
        let of_41 = (0..41).map(|axis| if axis == 7 { 2.0..=2.0 } else { 0.0..=1.0 }.dimension());
        assert_eq!(plan(&space(of_41), Some(100)), until(usize::MAX, true));
        let space = numbers(3);
        let bench = Bench::new(&space, 0);
        assert_eq!(Plan::new(&Setup { goals: &[Goal::Minimize, Goal::Minimize], ..bench.setup() }), Plan::default());
    }

    /// A search of 220 trials, which goes through all three samplers, with and without constants behind its axes. (Among
    /// them, they shift the random numbers of the first ten trials, as they do for random search.)
    #[test]
    fn constant_axes_change_nothing_along_the_others() {
        let (plain, axes) = (numbers(3), [(0.0..=1.0), (0.0..=1.0), (0.0..=1.0), (2.0..=2.0), (3.0..=3.0)]);
        let with_constants = space(axes.map(Candidates::dimension));
        let outcome = |point: &Point| Outcome::value(valley(point));
        let (mut sampler, mut other) = (AutoSampler::new(), AutoSampler::new());
        let expected = run(&plain, 220, Some(1000), &mut sampler, outcome);
        let found = run(&with_constants, 220, Some(1000), &mut other, outcome);
        assert!(sampler.proposed.iter().all(|&proposed| proposed > 0), "{}", sampler.name());
        assert_eq!(other.name(), sampler.name());
        for trial in 0..220 {
            assert_eq!(found.units(trial)[..3], expected.units(trial), "trial {trial}");
        }
    }

    #[test]
    fn constraints_are_for_tpe() {
        let space = numbers(3);
        let mut sampler = AutoSampler::new();
        let constrained = |point: &Point| {
            let metrics = Metrics::new(valley(point)).constraint("sum", point.unit(0) + point.unit(1) - 0.5);
            crate::Objective::<crate::Trials, ()>::outcome(metrics).0
        };
        run(&space, 60, Some(100), &mut sampler, constrained);
        assert_eq!(sampler.name(), "AutoSampler (60 by TpeSampler)");
    }

    #[test]
    fn a_new_sampler_proposes_what_an_old_one_would() {
        let space = numbers(3);
        for trials in [5, 30, 42] {
            for planned in [100, 20_000] {
                let mut sampler = AutoSampler::new();
                let bench = run(&space, trials, Some(planned), &mut sampler, |point| Outcome::value(valley(point)));
                let mut fresh = AutoSampler::new();
                fresh.prepare(&Setup { trials: Some(planned - trials as u64), ..bench.setup() }).unwrap();
                let draw = bench.draw(trials);
                assert_eq!(
                    fresh.suggest(&space, &bench.history, &draw),
                    sampler.suggest(&space, &bench.history, &draw),
                    "{trials} of {planned}"
                );
            }
        }
    }

    #[test]
    fn suggestions_are_stable_across_releases() {
        let space = numbers(2);
        let mut sampler = AutoSampler::new();
        let bench = run(&space, 30, Some(100), &mut sampler, |point| Outcome::value(point.unit(0) + point.unit(1)));
        let found: Vec<_> = [0, 12, 27].map(|trial| bench.units(trial)).into();
        let expected = [
            [0.246_593_761_511_996_1, 0.600_567_451_432_530_7],
            [0.044_287_920_879_707_8, 0.229_607_300_035_808_68],
            [0.002_867_512_307_170_255, 0.017_950_478_952_779_524],
        ];
        // The last by a Gaussian process, whose fit depends on the platform's `exp` to the last digits.
        for (found, expected) in found.iter().flatten().zip(expected.iter().flatten()) {
            assert!((found - expected).abs() < 1e-5, "{found} for {expected}");
        }
    }

    /// The sampler, told that large is good.
    #[derive(Debug)]
    struct Misled(AutoSampler);

    impl Sampler for Misled {
        fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
            self.0.suggest(space, history, &draw.opposite())
        }

        fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
            self.0.prepare(setup)
        }
    }

    #[test]
    fn random_search_is_beaten_and_by_a_misled_sampler_is_not() {
        let space = numbers(3);
        for seeds in [0..12, 100..112] {
            let random = bests(RandomSampler::new, &space, 40, seeds.clone(), valley);
            assert!(margin(&bests(AutoSampler::new, &space, 40, seeds.clone(), valley), &random) > 3.0);
            assert!(margin(&bests(|| Misled(AutoSampler::new()), &space, 40, seeds, valley), &random) < 3.0);
        }
    }
}
