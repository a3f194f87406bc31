//! What holds for every history, and what happens at the edges.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use crate::TpeSampler;
use crate::candidates::{Candidates, ordinal};
use crate::history::{Goal, History};
use crate::sampler::testing::{Bench, every_kind, guard, mean, ragged_loss, space};
use crate::sampler::toolkit::Pool;
use crate::sampler::{Draw, RandomSampler, Sampler};
use crate::space::{Point, Space};
use crate::trial::Outcome;

/// Runs trials at three budgets, or at one, eight at a time, and tells them in an order of its own; leaves the last ones
/// running.
fn run<'a>(space: &'a Space, sampler: &mut dyn Sampler, seed: u64, trials: usize, goal: Goal) -> Bench<'a> {
    let mut bench = Bench { goal, ..Bench::new(space, seed) };
    sampler.prepare(&bench.setup()).expect("sound options");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut running = Vec::new();
    for _ in 0..trials {
        let budget = [1.0, 3.0, 9.0 * (1.0 + 1e-15)][rng.random_range(0..3)];
        let trial = bench.ask(sampler, seed.is_multiple_of(2).then_some(budget));
        guard(bench.space, bench.history.running_mut(trial).expect("a trial").point_mut());
        running.push(trial);
        if running.len() == 8 {
            let told = running.swap_remove(rng.random_range(0..8));
            if told.is_multiple_of(11) {
                bench.history.closing(told).expect("running").close(Outcome::pruned(), std::time::Duration::ZERO);
                continue;
            }
            let loss = ragged_loss(bench.history.trials()[told].point());
            let value = if goal == Goal::Minimize { loss } else { -loss };
            bench.tell(told, if loss.is_nan() { Outcome::failed("no") } else { Outcome::value(value) });
        }
    }
    bench
}

/// Every coordinate is checked where the trial is asked for.
#[test]
fn suggestions_depend_on_seed_history_and_number_alone() {
    let space = every_kind();
    for (seed, multivariate) in [(4, true), (5, true), (6, false), (7, false)] {
        let options = || TpeSampler::new().multivariate(multivariate);
        let mut sampler = options();
        let bench = run(&space, &mut sampler, seed, 130, Goal::Minimize);
        for number in 0..8 {
            let draw = Draw::new(5, number, bench.goal);
            let expected = options().suggest(&space, &bench.history, &draw);
            assert_eq!(sampler.suggest(&space, &bench.history, &draw), expected);
            assert_eq!(sampler.clone().suggest(&space, &bench.history, &draw), expected);
            assert_ne!(sampler.suggest(&space, &bench.history, &Draw::new(6, number, bench.goal)), expected);
        }
    }
}

/// The same where the worse group is a sample.
#[test]
fn a_long_history_is_modelled_as_by_a_fresh_sampler() {
    let space = space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension()]);
    let mut sampler = TpeSampler::new();
    let bench = run(&space, &mut sampler, 1, 900, Goal::Minimize);
    for number in 0..5 {
        let draw = Draw::new(5, number, bench.goal);
        let fresh = TpeSampler::new().suggest(&space, &bench.history, &draw);
        assert_eq!(sampler.suggest(&space, &bench.history, &draw), fresh);
    }
}

#[test]
fn another_history_is_read_from_the_start() {
    let space = every_kind();
    let mut sampler = TpeSampler::new();
    let long = run(&space, &mut sampler, 5, 150, Goal::Minimize);
    let short = run(&space, &mut TpeSampler::new(), 6, 100, Goal::Minimize);
    sampler.suggest(&space, &long.history, &Draw::new(1, 0, Goal::Minimize));
    for number in 0..5 {
        let draw = Draw::new(1, number, Goal::Minimize);
        let fresh = TpeSampler::new().suggest(&space, &short.history, &draw);
        assert_eq!(sampler.suggest(&space, &short.history, &draw), fresh);
    }
}

/// A bracket reads no trial again; another history, or a trial that is run once more, is read from the start.
#[test]
fn what_was_read_is_kept_for_the_next_bracket() {
    let space = every_kind();
    let mut sampler = TpeSampler::new();
    let mut bench = run(&space, &mut sampler, 4, 100, Goal::Minimize);
    let is_kept = |sampler: &mut TpeSampler, bench: &Bench<'_>| {
        sampler.suggest(&space, &bench.history, &Draw::new(1, 0, Goal::Minimize));
        sampler.prepare(&bench.setup()).expect("sound options");
        !sampler.models.is_empty()
    };
    assert!(is_kept(&mut sampler, &bench));
    let other = run(&space, &mut TpeSampler::new(), 5, 100, Goal::Minimize);
    sampler.prepare(&other.setup()).expect("sound options");
    assert!(sampler.models.is_empty() && is_kept(&mut sampler, &other));
    sampler.prepare(&bench.setup()).expect("sound options");
    assert!(is_kept(&mut sampler, &bench));
    let closed = bench.history.trials().iter().position(|trial| trial.objective().is_some()).expect("one of them");
    bench.history.reopen(closed);
    sampler.prepare(&bench.setup()).expect("sound options");
    assert!(sampler.models.is_empty());
    assert!(is_kept(&mut sampler, &bench));
    bench.goal = Goal::Maximize;
    sampler.prepare(&bench.setup()).expect("sound options");
    assert!(sampler.models.is_empty());
}

#[test]
fn maximizing_is_minimizing_the_opposite() {
    let space = every_kind();
    let [small, large] = [Goal::Minimize, Goal::Maximize].map(|goal| {
        let bench = run(&space, &mut TpeSampler::new(), 3, 100, goal);
        (0..bench.history.len()).map(|trial| bench.history.trials()[trial].point().clone()).collect::<Vec<_>>()
    });
    assert_eq!(small, large);
}

#[test]
fn the_first_trials_are_a_latin_hypercube() {
    let space = space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension()]);
    let mut bench = Bench::new(&space, 3);
    let mut sampler = TpeSampler::new();
    let mut ask = || {
        let trial = bench.ask(&mut sampler, None);
        bench.units(trial)
    };
    let points: Vec<_> = (0..10).map(|_| ask()).collect();
    for axis in 0..2 {
        let mut strata: Vec<_> = points.iter().map(|point| (point[axis] * 10.0) as usize).collect();
        strata.sort_unstable();
        assert_eq!(strata, (0..10).collect::<Vec<_>>());
    }
}

/// Trials of one batch are further apart than draws of one model that does not know of them.
#[test]
fn trials_of_a_wave_differ() {
    let space = space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension()]);
    let mut distances = [Vec::new(), Vec::new()];
    for seed in 0..30 {
        let mut bench = Bench::new(&space, seed);
        let mut sampler = TpeSampler::new();
        for _ in 0..40 {
            let trial = bench.ask(&mut sampler, None);
            bench.tell(trial, Outcome::value(ragged_loss(bench.history.trials()[trial].point())));
        }
        let apart: Vec<_> = (40..48)
            .map(|number| sampler.suggest(&space, &bench.history, &Draw::new(seed, number, Goal::Minimize)).unwrap())
            .collect();
        let batch: Vec<_> = (0..8).map(|_| bench.ask(&mut sampler, None)).collect();
        let batch: Vec<_> = batch.into_iter().map(|trial| bench.history.trials()[trial].point().clone()).collect();
        for (distances, points) in distances.iter_mut().zip([batch, apart]) {
            distances.push(nearest(&points));
        }
    }
    let [(batch, _), (apart, _)] = distances.each_ref().map(|distances| mean(distances));
    assert!(batch > apart * 1.2, "{batch} to {apart}");
}

/// Returns the mean distance of the points to the nearest other one.
fn nearest(points: &[Point]) -> f64 {
    let distance = |a: &Point, b: &Point| (a.unit(0) - b.unit(0)).hypot(a.unit(1) - b.unit(1));
    let nearest = |(index, point): (usize, &Point)| {
        let others = points.iter().enumerate().filter(|(other, _)| *other != index);
        others.map(|(_, other)| distance(point, other)).fold(f64::INFINITY, f64::min)
    };
    points.iter().enumerate().map(nearest).sum::<f64>() / points.len() as f64
}

/// Sixteen configurations take seventeen trials to repeat one.
#[test]
fn configurations_do_not_come_twice_while_others_are_left() {
    let space = space([(1..=4).dimension(), ordinal([1, 2, 3, 4]).dimension()]);
    for seed in 0..10 {
        let mut bench = Bench::new(&space, seed);
        let mut sampler = TpeSampler::new().startup(2);
        let mut repeats = 0;
        for _ in 0..14 {
            let trial = bench.ask(&mut sampler, None);
            let point = bench.history.trials()[trial].point().clone();
            repeats += usize::from(bench.history.trials()[..trial].iter().any(|earlier| *earlier.point() == point));
            bench.tell(trial, Outcome::value(ragged_loss(&point)));
        }
        assert_eq!(repeats, 0);
        // Nothing is left in the end, and there is a suggestion all the same.
        for _ in 0..10 {
            let trial = bench.ask(&mut sampler, None);
            bench.tell(trial, Outcome::value(1.0));
        }
    }
}

/// A group that is active in some trials only learns from these.
#[test]
fn conditional_hyperparameters_are_learned_where_they_are_active() {
    let space = every_kind();
    let found: Vec<f64> = (0..10)
        .map(|seed| {
            let mut bench = Bench::new(&space, seed);
            let mut sampler = TpeSampler::new();
            for _ in 0..80 {
                let trial = bench.ask(&mut sampler, None);
                guard(bench.space, bench.history.running_mut(trial).unwrap().point_mut());
                let point = bench.history.trials()[trial].point();
                let value = point.get(3).map_or(0.05, |gamma| (gamma - 0.8).powi(2));
                bench.tell(trial, Outcome::value(value));
            }
            assert_eq!(sampler.models.len(), 3);
            let draws = (0..20).map(|number| Draw::new(seed, 1000 + number, Goal::Minimize));
            let gammas = draws.map(|draw| sampler.suggest(&space, &bench.history, &draw).unwrap().unit(3));
            gammas.map(|gamma| (gamma - 0.8).abs()).sum::<f64>() / 20.0
        })
        .collect();
    // Even draws are 0.34 away on average.
    let (mean, error) = mean(&found);
    assert!(mean + 3.0 * error < 0.2, "{mean} ± {error}");
}

#[test]
fn nothing_but_failures_ties_and_levels_do_no_harm() {
    let spaces = [every_kind(), space([["x", "y"].dimension(), ["u", "v"].dimension()]), Space::new(Vec::new())];
    for space in &spaces {
        for outcome in [f64::NAN, 1.0, f64::INFINITY, f64::NEG_INFINITY, f64::MAX] {
            let mut bench = Bench::new(space, 0);
            let mut sampler = TpeSampler::new();
            for number in 0..60 {
                let trial = bench.ask(&mut sampler, None);
                let value = if number % 7 == 0 { 2.0 } else { outcome };
                bench.tell(trial, if outcome.is_nan() { Outcome::failed("no") } else { Outcome::value(value) });
            }
        }
    }
}

#[test]
fn the_largest_budget_with_enough_trials_counts() {
    let space = space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension()]);
    let mut bench = Bench::new(&space, 0);
    let mut sampler = TpeSampler::new();
    let mut budgets = Vec::new();
    for number in 0..25 {
        let trial = bench.ask(&mut RandomSampler::new(), Some(if number < 12 { 1.0 } else { 3.0 }));
        bench.tell(trial, Outcome::value(1.0));
        sampler.suggest(&space, &bench.history, &Draw::new(0, 0, Goal::Minimize));
        budgets.push(sampler.observations.pooled(10).and_then(Pool::floor));
    }
    assert_eq!(budgets[..9], [None; 9]);
    assert_eq!(budgets[9..21], [Some(1.0); 12]);
    assert_eq!(budgets[21..], [Some(3.0); 4]);
}

#[test]
fn faulty_options_are_refused() {
    let space = every_kind();
    let faulty = [
        (TpeSampler::new().startup(1), "startup(1)"),
        (TpeSampler::new().candidates(0), "candidates(0)"),
        (TpeSampler::new().gamma(0.0), "gamma(0)"),
        (TpeSampler::new().gamma(f64::NAN), "gamma(NaN)"),
        (TpeSampler::new().better_at_most(0), "better_at_most(0)"),
        (TpeSampler::new().prior_weight(0.0), "prior_weight(0)"),
        (TpeSampler::new().min_bandwidth(2.0), "min_bandwidth(2)"),
        (TpeSampler::new().reach(-0.5), "reach(-0.5)"),
        (TpeSampler::new().random_fraction(1.5), "random_fraction(1.5)"),
    ];
    for (mut sampler, named) in faulty {
        let mut bench = Bench::new(&space, 0);
        let error = sampler.prepare(&bench.setup()).expect_err("a faulty option").to_string();
        assert!(error.contains("write ") && error.contains(named), "{error}");
        // Asked all the same, it proposes something.
        for _ in 0..40 {
            let trial = bench.ask(&mut sampler, None);
            let value = ragged_loss(bench.history.trials()[trial].point());
            bench.tell(trial, if value.is_nan() { Outcome::failed("no") } else { Outcome::value(value) });
        }
    }
    let history = History::default();
    assert!(TpeSampler::new().suggest(&space, &history, &Draw::new(0, 0, Goal::Minimize)).is_some());
}
