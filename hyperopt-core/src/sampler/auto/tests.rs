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
    run(&space, 42, Some(1000), &mut sampler, |point| Outcome::value(valley(point)));
    let counts = sampler.proposed;
    assert_eq!((counts[0], counts[1], counts[4], counts.iter().sum()), (1, 8, 0, 42));
    assert!(counts[2] >= 25 && counts[3] > 0, "{counts:?}");
    let expected = format!(
        "AutoSampler (1 by the middle, 8 by TpeSampler, {} by GpSampler, {} by quadratic models)",
        counts[2], counts[3]
    );
    assert_eq!(sampler.name(), expected);
    run(&space, 40, Some(1_000_000), &mut sampler, |point| Outcome::value(valley(point)));
    let counts = sampler.proposed;
    assert_eq!((counts[0], counts[1], counts[2], counts.iter().sum()), (0, 20, 0, 40));
    assert!(counts[4] >= 15 && counts[3] > 0, "{counts:?}");
}

#[test]
fn the_plan_follows_space_and_budget() {
    let plan = |space: &Space, trials| {
        let bench = Bench::new(space, 0);
        Plan::new(&Setup { trials, ..bench.setup() })
    };
    let until = |gp_until, has_cma_es| Plan { tpe_until: 0, gp_until, has_cma_es };
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

/// A search of 220 trials, which goes through all members, with and without constants behind its axes.
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
    assert_eq!(sampler.name(), "AutoSampler (1 by the middle, 59 by TpeSampler)");
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
    let found: Vec<_> = [3, 11, 12].map(|trial| bench.units(trial)).into();
    let expected = [
        [0.662_809_048_279_762_2, 0.780_630_065_220_029_9],
        [0.053_935_370_697_047_51, 0.000_911_899_277_124_260_5],
        [0.186_317_263_208_59, 0.704_196_688_242_259],
    ];
    // By a Gaussian process's plan, by TPE, and evenly, since the corner has been tried.
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

#[test]
fn it_begins_in_the_middle() {
    let space = space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension(), (0.0..=1.0).dimension()]);
    for seed in 0..10 {
        let mut bench = Bench::new(&space, seed);
        let mut sampler = AutoSampler::new();
        sampler.prepare(&bench.setup()).unwrap();
        for number in 0..5 {
            let trial = bench.ask(&mut sampler, None);
            let far = bench.units(trial).iter().fold(0.0_f64, |far, unit| far.max((unit - 0.5).abs()));
            assert!(if number == 0 { far == 0.0 } else { far <= 0.35 }, "{far} of trial {number}, seed {seed}");
            bench.tell(trial, Outcome::value(0.0));
        }
    }
}
