//! What holds for every history, and what happens at the edges.

use proptest::prelude::*;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use crate::CmaEsSampler;
use crate::candidates::{Candidates, Dimension, exp_linrange, linrange, log, ordinal};
use crate::history::{Goal, History};
use crate::sampler::testing::{Bench, every_kind, guard, ragged_loss, space};
use crate::sampler::{Draw, RandomSampler, Sampler};
use crate::space::{Axis, Point, Space};
use crate::trial::{Outcome, State};

/// Runs trials, `jobs` at a time, tells them in an order of its own, gives some of them up, and leaves the last ones running.
fn run<'a>(
    space: &'a Space,
    sampler: &mut dyn Sampler,
    trials: usize,
    (seed, jobs, goal): (u64, usize, Goal),
) -> Bench<'a> {
    let mut bench = Bench { goal, ..Bench::new(space, seed) };
    sampler.prepare(&bench.setup()).expect("sound options");
    go_on(&mut bench, sampler, trials, jobs, &[None]);
    bench
}

/// Each of `budgets` for 23 configurations, one after the other.
fn go_on(bench: &mut Bench<'_>, sampler: &mut dyn Sampler, trials: usize, jobs: usize, budgets: &[Option<f64>]) {
    let mut rng = ChaCha8Rng::seed_from_u64(bench.seed);
    let mut running = Vec::new();
    for asked in 0..trials {
        let trial = bench.ask(sampler, budgets[asked / 23 % budgets.len()]);
        guard(bench.space, bench.history.running_mut(trial).expect("a trial").point_mut());
        running.push(trial);
        if running.len() == jobs {
            let told = running.swap_remove(rng.random_range(0..jobs));
            let loss = ragged_loss(bench.history.trials()[told].point());
            let sign = if bench.goal == Goal::Minimize { 1.0 } else { -1.0 };
            if told % 17 == 3 {
                let state = if told % 2 == 0 { State::Pruned } else { State::Cancelled };
                bench
                    .history
                    .closing(told)
                    .expect("a running trial")
                    .close(Outcome::left(state), std::time::Duration::ZERO);
            } else {
                bench.tell(told, if loss.is_nan() { Outcome::failed("no") } else { Outcome::value(sign * loss) });
            }
        }
    }
}

fn next(sampler: &mut CmaEsSampler, bench: &Bench<'_>) -> Point {
    let draw = Draw::new(bench.seed, bench.history.configurations(), bench.goal);
    sampler.suggest(bench.space, &bench.history, &draw).expect("an endless sampler")
}

fn prepared(bench: &Bench<'_>) -> CmaEsSampler {
    let mut sampler = CmaEsSampler::new();
    sampler.prepare(&bench.setup()).expect("sound options");
    sampler
}

/// Any number of trials at a time, told in any order.
#[test]
fn suggestions_depend_on_seed_history_and_number_alone() {
    let space = every_kind();
    for jobs in [1, 3, 8, 40] {
        let mut sampler = CmaEsSampler::new();
        let mut bench = run(&space, &mut sampler, 60, (5, jobs, Goal::Minimize));
        for _ in 0..10 {
            let expected = next(&mut prepared(&bench), &bench);
            assert_eq!(next(&mut sampler, &bench), expected, "{jobs} jobs");
            assert_eq!(next(&mut sampler.clone(), &bench), expected);
            assert_ne!(
                next(
                    &mut sampler.clone(),
                    &Bench { seed: 6, history: bench.history.clone(), goals: bench.goals.clone(), ..bench }
                ),
                expected
            );
            go_on(&mut bench, &mut sampler, 7, jobs.min(7), &[None]);
        }
    }
}

#[test]
fn another_history_is_read_from_the_start() {
    let space = every_kind();
    let mut sampler = CmaEsSampler::new();
    run(&space, &mut sampler, 150, (5, 8, Goal::Minimize));
    for (seed, goal, trials) in [(6, Goal::Minimize, 100), (6, Goal::Maximize, 120), (6, Goal::Minimize, 300)] {
        let other = run(&space, &mut RandomSampler::new(), trials, (seed, 3, goal));
        assert_eq!(next(&mut sampler, &other), next(&mut prepared(&other), &other));
    }
}

#[test]
fn budgets_are_kept_apart() {
    let space = every_kind();
    let mut sampler = CmaEsSampler::new();
    let mut bench = Bench::new(&space, 2);
    sampler.prepare(&bench.setup()).expect("sound options");
    go_on(&mut bench, &mut sampler, 150, 3, &[Some(1.0), Some(3.0), Some(9.0)]);
    // Later rungs tell nothing new.
    let before = next(&mut sampler, &bench);
    for trial in 0..5 {
        let promoted = bench.promote(trial, 27.0);
        bench.tell(promoted, Outcome::value(-1e9));
    }
    assert_eq!(next(&mut sampler, &bench), before);
    assert_eq!(next(&mut prepared(&bench), &bench), before);
}

#[test]
fn maximizing_is_minimizing_the_opposite() {
    let space = every_kind();
    let [small, large] = [Goal::Minimize, Goal::Maximize].map(|goal| {
        let bench = run(&space, &mut CmaEsSampler::new(), 100, (3, 8, goal));
        bench.history.trials().iter().map(|trial| trial.point().clone()).collect::<Vec<_>>()
    });
    assert_eq!(small, large);
}

#[test]
fn objectives_count_by_rank_alone() {
    let space = every_kind();
    let points = |transform: fn(f64) -> f64| {
        let mut bench = Bench::new(&space, 4);
        let mut sampler = prepared(&bench);
        for _ in 0..150 {
            let trial = bench.ask(&mut sampler, None);
            let loss = ragged_loss(bench.history.trials()[trial].point());
            let value = if loss.is_nan() { 7.0 } else { loss };
            bench.tell(trial, Outcome::value(transform(value)));
        }
        bench.history.trials().iter().map(|trial| trial.point().clone()).collect::<Vec<_>>()
    };
    assert_eq!(points(|value| value), points(|value| (5.0 * value).exp() * 1e9 - 1e12));
}

/// Failures, ties, infinities, and a history with no objective at all.
#[test]
fn any_objective_is_taken() {
    let spaces = [
        every_kind(),
        space([(0.0..=1.0).dimension()]),
        space([[true, false].dimension()]),
        space([["only"].map(String::from).dimension()]),
        space([ordinal([1, 2]).dimension()]),
        Space::new(Vec::new()),
    ];
    let huge = |trial: usize| if trial.is_multiple_of(2) { f64::MAX } else { f64::MIN };
    let outcomes: [fn(usize) -> f64; 5] = [
        |_| f64::NAN,
        |_| f64::INFINITY,
        |_| 1.0,
        |trial| (trial % 2) as f64,
        |trial| if trial % 9 == 0 { 0.0 } else { f64::NAN },
    ];
    for space in &spaces {
        for outcome in outcomes.into_iter().chain([huge as fn(usize) -> f64]) {
            let mut bench = Bench::new(space, 1);
            let mut sampler = prepared(&bench);
            for _ in 0..400 {
                let trial = bench.ask(&mut sampler, None);
                let value = outcome(trial);
                bench.tell(trial, if value.is_finite() { Outcome::value(value) } else { Outcome::failed("no") });
            }
            assert_eq!(next(&mut sampler, &bench), next(&mut prepared(&bench), &bench));
        }
    }
}

#[test]
fn sweeps_go_on_from_other_samplers() {
    let space = space((0..4).map(|_| (0.0..=1.0).dimension()));
    let mut bench = Bench::new(&space, 8);
    let target = |point: &Point| point.iter().flatten().map(|unit| (unit - 0.8).powi(2)).sum::<f64>();
    let run = |bench: &mut Bench<'_>, sampler: &mut dyn Sampler, trials: usize| {
        let first = bench.history.len();
        for _ in 0..trials {
            let trial = bench.ask(sampler, None);
            let value = target(bench.history.trials()[trial].point());
            bench.tell(trial, Outcome::value(value));
        }
        bench.history.trials()[first..].iter().map(|trial| trial.objective().unwrap()).sum::<f64>() / trials as f64
    };
    let random = run(&mut bench, &mut RandomSampler::new(), 64);
    let mut warm = prepared(&bench);
    let warm_mean = run(&mut bench, &mut warm, 16);
    let cold_mean = run(&mut Bench::new(&space, 8), &mut CmaEsSampler::new(), 16);
    assert!(
        warm_mean < 0.5 * cold_mean && cold_mean < 1.5 * random,
        "{warm_mean} after {random}, {cold_mean} from nothing"
    );
    assert_eq!(next(&mut warm, &bench), next(&mut prepared(&bench), &bench));
    run(&mut bench, &mut warm, 60);
    let later = run(&mut bench, &mut warm, 16);
    assert!(later < 0.3 * warm_mean, "{later} after {warm_mean}");
    assert_eq!(next(&mut warm, &bench), next(&mut prepared(&bench), &bench));
}

/// A sampler that has come close is followed at its own width, and each axis at its own.
#[test]
fn a_start_is_as_wide_as_the_good_trials() {
    let space = space((0..4).map(|_| (0.0..=1.0).dimension()));
    for seed in 0..6 {
        let mut bench = Bench::new(&space, seed);
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let widths = [0.001, 0.001, 0.01, 0.05];
        for number in 0..60 {
            let units = widths.map(|width: f64| 0.6 + width * rng.random_range(-1.0..1.0));
            let value = units.iter().zip(widths).map(|(unit, width)| ((unit - 0.6) / width).powi(2)).sum::<f64>();
            bench.history.push(crate::Trial::running(number, number, None, Point::from(units.to_vec())));
            bench.tell(number, Outcome::value(value));
        }
        let mut sampler = prepared(&bench);
        for (axis, width) in widths.into_iter().enumerate() {
            next(&mut sampler, &bench);
            let deviation = sampler.search.gaussian.deviation(axis);
            assert!((0.1 * width..width).contains(&deviation), "{axis}: {deviation}");
            assert!((sampler.search.gaussian.mean[axis] - 0.6).abs() < width, "{axis}");
        }
    }
}

#[test]
fn bad_options_are_named() {
    let space = every_kind();
    let bench = Bench::new(&space, 0);
    let cases = [
        (CmaEsSampler::new().population(3), "population(3)"),
        (CmaEsSampler::new().population(usize::MAX), "population(18446744073709551615)"),
        (CmaEsSampler::new().sigma(0.0), "sigma(0.0)"),
        (CmaEsSampler::new().sigma(f64::NAN), "sigma(NaN)"),
        (CmaEsSampler::new().sigma(1.5), "sigma(1.5)"),
    ];
    for (mut sampler, named) in cases {
        let message = sampler.prepare(&bench.setup()).expect_err("a bad option").to_string();
        assert!(message.starts_with(named) && message.contains("write"), "{message}");
    }
}

#[test]
fn batches_are_generations() {
    let space = every_kind();
    let bench = Bench::new(&space, 0);
    assert_eq!(Sampler::batch(&CmaEsSampler::new()), None);
    // 4 + 3 ln 8 = 10.2: two of the ten axes are constants.
    assert_eq!(Sampler::batch(&prepared(&bench)), Some(10));
    assert_eq!(Sampler::batch(&prepared(&bench).population(20).batch(3)), Some(3));
}

/// Returns the space of the values below: it never changes.
fn pinned_space() -> Space {
    fn axis<V>(dimension: &Dimension<V>, name: &str, parents: &[usize]) -> Axis {
        dimension.axis(name, name, parents).expect("sound candidates")
    }
    Space::new(vec![
        axis(&["x", "y", "z"].map(String::from).dimension(), "kernel", &[]),
        axis(&linrange(1.0, 5.0, 1000).dimension(), "a", &[]),
        axis(&exp_linrange(-1.0, 3.0, 7).dimension(), "b", &[]),
        axis(&(0.0..=1.0).dimension(), "gamma", &[0]),
        axis(&[true, false].dimension(), "shrink", &[0]),
        axis(&log(1e-5..=1e-1).dimension(), "lr", &[]),
        axis(&log(1..=64).dimension(), "n", &[]),
        axis(&ordinal([16, 32]).dimension(), "batch", &[]),
        axis(&["only"].map(String::from).dimension(), "one", &[]),
        axis(&(2.0..=2.0).dimension(), "two", &[]),
    ])
}

#[test]
fn suggestions_are_stable_across_releases() {
    let space = pinned_space();
    let mut sampler = CmaEsSampler::new();
    let first = next(&mut sampler, &Bench::new(&space, 7));
    let later = run(&space, &mut sampler, 100, (7, 3, Goal::Minimize));
    let later = next(&mut sampler, &later);
    let round = |point: Point| point.iter().map(|unit| (unit.unwrap() * 1e6).round() / 1e6).collect::<Vec<_>>();
    assert_eq!(round(first), [0.5, 0.6195, 0.5, 0.078_039, 0.25, 0.413_258, 0.427_885, 0.25, 0.5, 0.5]);
    assert_eq!(round(later), [0.5, 0.4535, 0.071_429, 0.215_576, 0.25, 0.458_048, 0.285_257, 0.25, 0.5, 0.5]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Coordinates stay in [0, 1], which `Bench::ask` checks, and a new sampler proposes the same, for any history.
    #[test]
    fn any_history_is_taken(seed: u64, trials in 0_usize..120, jobs in 1_usize..12, population in 4_usize..20, foreign: bool) {
        let space = every_kind();
        let mut sampler = CmaEsSampler::new().population(population);
        let mut random = RandomSampler::new();
        let first: &mut dyn Sampler = if foreign { &mut random } else { &mut sampler };
        let mut bench = run(&space, first, trials, (seed, jobs, Goal::Minimize));
        go_on(&mut bench, &mut sampler, 30, jobs, &[None]);
        let mut fresh = CmaEsSampler::new().population(population);
        prop_assert_eq!(next(&mut sampler, &bench), next(&mut fresh, &bench));
    }
}

#[test]
fn history_may_be_empty() {
    let space = every_kind();
    let draw = Draw::new(0, 0, Goal::Minimize);
    assert!(CmaEsSampler::new().suggest(&space, &History::default(), &draw).is_some());
}
