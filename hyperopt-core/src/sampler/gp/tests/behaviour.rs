//! What holds for every history, and what happens at the edges.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use crate::GpSampler;
use crate::candidates::{Candidates, linrange};
use crate::history::{Goal, History};
use crate::sampler::testing::{Bench, every_kind, guard, minimise, ragged_loss, space};
use crate::sampler::{Draw, RandomSampler, Sampler};
use crate::space::Space;
use crate::trial::{Outcome, State};

fn tell(bench: &mut Bench<'_>, trial: usize) {
    let loss = ragged_loss(bench.history.trials()[trial].point());
    let value = if bench.goal == Goal::Minimize { loss } else { -loss };
    bench.tell(trial, if loss.is_nan() { Outcome::failed("no") } else { Outcome::value(value) });
}

/// Runs trials, at three budgets if there are any, with up to four at a time that are told in an order of their own, and leaves
/// three running.
fn run<'a>(
    space: &'a Space,
    sampler: &mut dyn Sampler,
    (seed, trials): (u64, usize),
    goal: Goal,
    budgets: bool,
) -> Bench<'a> {
    let mut bench = Bench { goal, ..Bench::new(space, seed) };
    sampler.prepare(&bench.setup()).expect("sound options");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut running = Vec::new();
    for _ in 0..trials {
        let budget = [1.0, 3.0, 9.0 * (1.0 + 1e-15)][rng.random_range(0..3)];
        let trial = bench.ask(sampler, budgets.then_some(budget));
        guard(bench.space, bench.history.running_mut(trial).expect("a trial").point_mut());
        running.push(trial);
        if running.len() == 4 {
            let told = running.swap_remove(rng.random_range(0..4));
            tell(&mut bench, told);
        }
    }
    bench
}

#[test]
fn every_kind_of_axis_can_be_swept() {
    let space = every_kind();
    for (seed, budgets) in [(0, false), (1, true)] {
        // The harness looks at every coordinate.
        let bench = run(&space, &mut GpSampler::new(), (seed, 20), Goal::Minimize, budgets);
        assert!(bench.history.count(State::Complete) > 10);
    }
}

/// Both in the order of asking, and where trials end in an order of their own, so that fits are dropped on the way.
#[test]
fn a_fresh_sampler_proposes_what_the_kept_one_does() {
    let space = every_kind();
    for budgets in [false, true] {
        let mut sampler = GpSampler::new().startup(4);
        let bench = run(&space, &mut sampler, (5, 24), Goal::Minimize, budgets);
        for number in [24, 77] {
            let draw = Draw::new(5, number, bench.goal);
            let mut fresh = GpSampler::new().startup(4);
            fresh.prepare(&bench.setup()).unwrap();
            let expected = fresh.suggest(&space, &bench.history, &draw);
            assert_eq!(sampler.suggest(&space, &bench.history, &draw), expected);
            assert_eq!(sampler.clone().suggest(&space, &bench.history, &draw), expected);
        }
    }
}

/// The same beyond the cap, where points are chosen anew now and then.
#[test]
fn a_long_history_is_the_same_to_a_fresh_sampler() {
    let space = space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension()]);
    let small = || GpSampler::new().max_points(16).candidates(8);
    let (mut bench, mut sampler) = (Bench::new(&space, 3), small());
    for trial in 0..140 {
        bench.ask(&mut RandomSampler::new(), None);
        tell(&mut bench, trial);
        if trial > 4 && trial % 3 == 0 {
            let draw = Draw::new(3, trial + 1, bench.goal);
            let kept = sampler.suggest(&space, &bench.history, &draw);
            if trial % 21 == 0 {
                assert_eq!(kept, small().suggest(&space, &bench.history, &draw), "{trial}");
            }
        }
    }
}

#[test]
fn another_history_is_read_from_the_start() {
    let space = every_kind();
    let mut sampler = GpSampler::new();
    let long = run(&space, &mut sampler, (5, 24), Goal::Minimize, false);
    let short = run(&space, &mut RandomSampler::new(), (6, 16), Goal::Minimize, false);
    let draw = Draw::new(1, 40, Goal::Minimize);
    sampler.suggest(&space, &long.history, &draw);
    assert_eq!(sampler.suggest(&space, &short.history, &draw), GpSampler::new().suggest(&space, &short.history, &draw));
}

#[test]
fn maximizing_is_minimizing_the_opposite() {
    let space = every_kind();
    let [small, large] = [Goal::Minimize, Goal::Maximize].map(|goal| {
        let bench = run(&space, &mut GpSampler::new(), (3, 20), goal, false);
        (0..bench.history.len()).map(|trial| bench.history.trials()[trial].point().clone()).collect::<Vec<_>>()
    });
    assert_eq!(small, large);
}

/// Exact up to what another processor's arithmetic and logarithms may differ by.
#[test]
fn suggestions_are_stable_across_releases() {
    let space = space([(0.0..=1.0).dimension(), [0.0, 1.0, 2.0].dimension(), linrange(0.0, 1.0, 5).dimension()]);
    let (mut bench, mut sampler) = (Bench::new(&space, 7), GpSampler::new());
    sampler.prepare(&bench.setup()).unwrap();
    for _ in 0..12 {
        let trial = bench.ask(&mut sampler, None);
        tell(&mut bench, trial);
    }
    for (trial, expected) in STABLE {
        let found = bench.units(trial);
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5), "{trial}: {found:?}");
    }
}

const STABLE: [(usize, [f64; 3]); 3] =
    [(0, [0.352_821_808_4, 0.5, 0.7]), (6, [0.434_000_455_3, 0.5, 0.1]), (11, [0.320_099_733_4, 0.833_333_333_3, 0.1])];

/// The first trials are a Latin hypercube: with five of them, one in each fifth of every axis.
#[test]
fn the_first_trials_are_planned() {
    let space = space((0..3).map(|_| (0.0..=1.0).dimension()));
    let (mut bench, mut sampler) = (Bench::new(&space, 1), GpSampler::new());
    sampler.prepare(&bench.setup()).unwrap();
    let asked: Vec<_> = (0..5).map(|_| bench.ask(&mut sampler, None)).collect();
    for axis in 0..3 {
        let mut fifths: Vec<_> = asked.iter().map(|&trial| (bench.units(trial)[axis] * 5.0) as usize).collect();
        fifths.sort_unstable();
        assert_eq!(fifths, [0, 1, 2, 3, 4]);
    }
    // A sweep that goes on has had its plan.
    for trial in asked {
        tell(&mut bench, trial);
    }
    let mut again = GpSampler::new();
    again.prepare(&bench.setup()).unwrap();
    assert!(again.design.is_none());
}

/// Eight proposals before any is told, all of one model, are no eight times the same.
#[test]
fn a_wave_is_diverse() {
    let space = space((0..2).map(|_| (0.0..=1.0).dimension()));
    for seed in 0..2 {
        let (mut bench, mut sampler) = (Bench::new(&space, seed), GpSampler::new());
        sampler.prepare(&bench.setup()).unwrap();
        for trial in 0..10 {
            bench.ask(&mut sampler, None);
            let x = bench.units(trial);
            bench.tell(trial, Outcome::value((13.0 * x[0]).sin() * (11.0 * x[1]).cos() + x[0]));
        }
        let asked: Vec<_> = (0..8).map(|_| bench.ask(&mut sampler, None)).collect();
        let batch: Vec<_> = asked.into_iter().map(|trial| bench.units(trial)).collect();
        for (i, a) in batch.iter().enumerate() {
            for b in &batch[..i] {
                let apart = (a[0] - b[0]).abs().max((a[1] - b[1]).abs());
                assert!(apart >= 1e-3, "{a:?} {b:?}");
            }
        }
    }
}

/// Without fantasies they would be one place, but for how far the search for it gets.
#[test]
fn running_trials_are_reckoned_with() {
    let space = space([(0.0..=1.0).dimension()]);
    let mut bench = Bench::new(&space, 0);
    for trial in 0..6 {
        bench.ask(&mut RandomSampler::new(), None);
        tell(&mut bench, trial);
    }
    let draw = Draw::new(0, 9, Goal::Minimize);
    let alone = GpSampler::new().suggest(&space, &bench.history, &draw).unwrap().unit(0);
    let trial = bench.ask(&mut RandomSampler::new(), None);
    bench.history.running_mut(trial).unwrap().point_mut().set(0, alone);
    let beside = GpSampler::new().suggest(&space, &bench.history, &draw).unwrap().unit(0);
    assert!((alone - beside).abs() > 1e-3, "{alone} {beside}");
}

/// Nothing is tried twice while anything is untried, and after that the sampler goes on all the same.
#[test]
fn points_of_a_finite_space_are_tried_once() {
    let space =
        space([["a", "b", "c"].map(String::from).dimension(), ["u", "v", "w", "x"].map(String::from).dimension()]);
    let (mut bench, mut sampler) = (Bench::new(&space, 2), GpSampler::new());
    sampler.prepare(&bench.setup()).unwrap();
    let mut seen = Vec::new();
    for trial in 0..16 {
        bench.ask(&mut sampler, None);
        tell(&mut bench, trial);
        seen.push(bench.units(trial));
    }
    let twelve = |seen: &[Vec<f64>]| {
        let mut seen = seen.to_vec();
        seen.sort_by(|a, b| a.partial_cmp(b).unwrap());
        seen.dedup();
        seen.len()
    };
    let planned = twelve(&seen[..5]);
    assert_eq!(twelve(&seen[..12 + 5 - planned]), 12);
}

/// Where points may repeat, the model is asked alone, and comes back to what it expects to be good.
#[test]
fn points_repeat_if_they_may() {
    let space = space([(0..=5).dimension(), (0..=5).dimension()]);
    let distinct = |repeats| {
        let (mut bench, mut sampler) = (Bench::new(&space, 3), GpSampler::new());
        bench.repeats = repeats;
        sampler.prepare(&bench.setup()).unwrap();
        let mut seen: Vec<Vec<f64>> = Vec::new();
        for trial in 0..30 {
            bench.ask(&mut sampler, None);
            let units = bench.units(trial);
            let noise = (trial as f64 * 12.9898).sin();
            bench.tell(trial, Outcome::value((units[0] - 0.4).powi(2) + (units[1] - 0.6).powi(2) + 0.3 * noise));
            if !seen.contains(&units) {
                seen.push(units);
            }
        }
        seen.len()
    };
    assert_eq!(distinct(false), 30);
    assert!(distinct(true) < 25, "{}", distinct(true));
}

/// Half the space fails; the model learns to stay out of it.
#[test]
fn failures_are_avoided() {
    let space = space((0..2).map(|_| (0.0..=1.0).dimension()));
    let (mut bench, mut sampler) = (Bench::new(&space, 0), GpSampler::new());
    sampler.prepare(&bench.setup()).unwrap();
    for trial in 0..25 {
        bench.ask(&mut sampler, None);
        let x = bench.units(trial);
        // The slope leads into the half that fails.
        bench.tell(trial, if x[0] < 0.5 { Outcome::failed("no") } else { Outcome::value(x[0] + x[1]) });
    }
    let failed = bench.history.trials()[5..].iter().filter(|trial| trial.state() == State::Failed).count();
    assert!(failed <= 10, "{failed} of 20");
}

#[test]
fn odd_objectives_do_no_harm() {
    let space = every_kind();
    let odd: [fn(usize) -> Outcome; 5] = [
        |_| Outcome::failed("no"),
        |_| Outcome::value(1.0),
        |number| Outcome::value([f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1.0, 2.0][number % 5]),
        |number| Outcome::value([f64::MAX, f64::MIN, 0.0, 1e-300][number % 4]),
        |number| if number < 8 { Outcome::failed("no") } else { Outcome::value((number % 7) as f64) },
    ];
    for outcome in odd {
        let (mut bench, mut sampler) = (Bench::new(&space, 0), GpSampler::new());
        sampler.prepare(&bench.setup()).unwrap();
        for trial in 0..16 {
            bench.ask(&mut sampler, None);
            guard(bench.space, bench.history.running_mut(trial).expect("a trial").point_mut());
            bench.tell(trial, outcome(trial));
        }
    }
}

#[test]
fn one_axis_no_axis_and_one_level() {
    let spaces = [
        space([(0.0..=1.0).dimension()]),
        space([linrange(0.0, 1.0, 2).dimension()]),
        space([linrange(2.0, 2.0, 1).dimension(), (3.0..=3.0).dimension()]),
        Space::new(Vec::new()),
    ];
    for space in spaces {
        minimise(&mut GpSampler::new(), &space, (15, 1, 0), ragged_loss);
    }
}

#[test]
fn the_largest_budget_with_enough_trials_counts() {
    let space = space([(0.0..=1.0).dimension()]);
    let mut bench = Bench::new(&space, 0);
    let mut sampler = GpSampler::new();
    sampler.reset(&space);
    let mut seen = Vec::new();
    for number in 0..20 {
        let trial = bench.ask(&mut RandomSampler::new(), Some(if number < 10 { 1.0 } else { 3.0 }));
        bench.tell(trial, Outcome::value(1.0));
        sampler.suggest(&space, &bench.history, &Draw::new(0, 99, Goal::Minimize));
        seen.push(sampler.observations.len());
    }
    assert_eq!(seen, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10, 4, 5, 6, 7, 8, 9, 10]);
}

#[test]
fn faulty_options_are_refused() {
    let space = every_kind();
    for (mut sampler, name) in [
        (GpSampler::new().startup(1), "startup(1)"),
        (GpSampler::new().candidates(0), "candidates(0)"),
        (GpSampler::new().max_points(2), "max_points(2)"),
    ] {
        let mut bench = Bench::new(&space, 0);
        let error = sampler.prepare(&bench.setup()).expect_err("a faulty option").to_string();
        assert!(error.contains(name) && error.contains("write "), "{error}");
        // Asked all the same, it proposes something.
        for trial in 0..8 {
            bench.ask(&mut sampler, None);
            tell(&mut bench, trial);
        }
    }
    let history = History::default();
    assert!(GpSampler::new().suggest(&space, &history, &Draw::new(0, 0, Goal::Minimize)).is_some());
}

/// The best of one axis is its end: once it has been tried, trials are spread.
#[test]
fn a_corner_is_tried_once() {
    for axes in [1, 2] {
        let space = space((0..axes).map(|_| (0.0..=1.0).dimension()));
        for seed in 0..6 {
            let tried = minimise(&mut GpSampler::new(), &space, (40, 1, seed), |point| point.iter().flatten().sum());
            let corners = tried.iter().filter(|value| **value < 1e-4).count();
            assert!((1..=2).contains(&corners), "{corners} of seed {seed} on {axes} axes");
            let far = tried.iter().filter(|value| **value > 0.25 * f64::from(axes)).count();
            assert!(far > 15, "{far} of seed {seed} on {axes} axes");
        }
    }
}

#[test]
fn a_corner_is_tried_again_where_points_may_repeat() {
    let space = space([(0.0..=1.0).dimension()]);
    let mut bench = Bench { repeats: true, ..Bench::new(&space, 0) };
    let mut sampler = GpSampler::new();
    sampler.prepare(&bench.setup()).expect("sound options");
    for _ in 0..30 {
        let trial = bench.ask(&mut sampler, None);
        let value = bench.units(trial)[0];
        bench.tell(trial, Outcome::value(value));
    }
    let corners = (0..30).filter(|&trial| bench.units(trial)[0] < 1e-4).count();
    assert!(corners > 10, "{corners}");
}

/// A wide basin that ends at a bound, and a better one a twentieth as wide as the axis.
#[test]
fn a_second_basin_is_found_after_the_first() {
    let space = space([(0.0..=1.0).dimension()]);
    for seeds in [0..10, 10..20] {
        let found = seeds.clone().filter(|&seed| {
            let values = minimise(&mut GpSampler::new(), &space, (60, 1, seed), |point| {
                let x = point.unit(0);
                (0.5 + x).min(400.0 * (x - 0.77).powi(2))
            });
            values.iter().any(|value| *value < 0.1)
        });
        // Fifty even draws miss the basin in one of thirteen seeds.
        assert!(found.count() >= 7, "of seeds {seeds:?}");
    }
}
