//! What holds on every space and history.

use super::*;
use crate::history::Goal::{Maximize, Minimize};
use crate::sampler::RandomSampler;
use crate::sampler::testing::{margin, space};
use crate::trial::{Metrics, Outcome};
use crate::{Candidates, categorical, linrange, log, ordinal};

/// Axes of every kind, each always active.
fn unconditional() -> Space {
    let axes = [
        (0.0..=1.0).dimension().axis("real", "real", &[]),
        log(1e-5..=1e-1).dimension().axis("log", "log", &[]),
        (1..=5).dimension().axis("integer", "integer", &[]),
        ordinal([16, 32, 64]).dimension().axis("ordinal", "ordinal", &[]),
        categorical(["a", "b", "c"]).dimension().axis("choice", "choice", &[]),
        [1].dimension().axis("constant", "constant", &[]),
        linrange(2.0, 2.0, 1).dimension().axis("point", "point", &[]),
    ];
    Space::new(axes.into_iter().map(Result::unwrap).collect())
}

fn two(x: &[f64]) -> Outcome {
    let sum: f64 = x.iter().sum();
    Outcome::values([sum, (x[0] - 0.7).powi(2) - x[4]])
}

/// With one trial in seven failed, and batches told from the last to the first.
fn ragged(space: &Space, seed: u64, trials: usize) -> Bench<'_> {
    let mut sampler = Nsga2Sampler::new();
    let mut bench = Bench::new(space, seed);
    bench.goals = vec![Minimize, Maximize];
    sampler.prepare(&bench.setup()).unwrap();
    let mut running = Vec::new();
    while bench.history.len() < trials {
        running.push(bench.ask(&mut sampler, None));
        if running.len() > 5 {
            let told = running.remove(running.len() / 2);
            let outcome = if told % 7 == 3 { Outcome::failed("no") } else { two(&bench.units(told)) };
            bench.tell(told, outcome);
        }
    }
    bench
}

/// No release of a crate can change a seed's sweep unnoticed.
#[test]
fn suggestions_are_stable_across_releases() {
    let space = unconditional();
    let bench = run(&mut Nsga2Sampler::new(), &space, &[Minimize; 2], (60, 1, 7), two);
    let random = [0.041_148_704_847_102_98, 0.292_193_510_385_710_4, 0.7, 2.5 / 3.0, 2.5 / 3.0, 0.5, 0.5];
    let child = [0.054_959_507_774_790_86, 0.137_123_570_891_681_87, 0.3, 0.5, 0.5 / 3.0, 0.5, 0.5];
    let later = [0.714_391_011_154_697_6, 0.900_026_141_493_784_7, 0.5, 0.5 / 3.0, 2.5 / 3.0, 0.5, 0.5];
    for (trial, expected) in [(24, random), (40, child), (59, later)] {
        let units = bench.units(trial);
        let is_near = units.iter().zip(expected).all(|(unit, expected)| (unit - expected).abs() < 1e-12);
        assert!(is_near, "{trial}: {units:?}");
    }
}

#[test]
fn suggestions_depend_on_seed_history_and_number_alone() {
    let space = unconditional();
    for seed in 0..3 {
        let bench = ragged(&space, seed, 130);
        let mut kept = Nsga2Sampler::new();
        for number in 0..30 {
            let draw = bench.draw(number);
            let fresh = Nsga2Sampler::new().suggest(&space, &bench.history, &draw);
            assert_eq!(kept.suggest(&space, &bench.history, &draw), fresh);
        }
        // Told trial by trial, and one that has been running for long.
        let mut replayed = ragged(&space, seed, 60);
        let mut sampler = Nsga2Sampler::new();
        sampler.prepare(&replayed.setup()).unwrap();
        for trial in (0..60).rev().filter(|trial| trial % 2 == 0) {
            if replayed.history.trials()[trial].state() == crate::trial::State::Running {
                let outcome = two(&replayed.units(trial));
                replayed.tell(trial, outcome);
            }
            let draw = replayed.draw(60 + trial);
            let fresh = Nsga2Sampler::new().suggest(&space, &replayed.history, &draw);
            assert_eq!(sampler.suggest(&space, &replayed.history, &draw), fresh);
        }
    }
}

#[test]
fn another_history_is_read_from_the_start() {
    let space = unconditional();
    let (long, short) = (ragged(&space, 1, 120), ragged(&space, 2, 80));
    let mut sampler = Nsga2Sampler::new();
    sampler.suggest(&space, &long.history, &long.draw(0));
    let fresh = Nsga2Sampler::new().suggest(&space, &short.history, &short.draw(0));
    assert_eq!(sampler.suggest(&space, &short.history, &short.draw(0)), fresh);
}

/// The bench asserts that all coordinates are in [0, 1].
#[test]
fn odd_histories_do_no_harm() {
    let odd: [fn(&[f64]) -> Outcome; 5] = [
        |_| Outcome::failed("no"),
        |_| Outcome::values([1.0, 1.0]),
        |x| Outcome::values([if x[0] < 0.5 { 1e308 } else { -1e308 }, -1e308]),
        |x| Outcome::values([x[0], f64::NAN]),
        |x| Metrics::objectives([("a", x[0]), ("b", x[1])]).constraint("c", f64::NAN).into(),
    ];
    let none = Space::new(Vec::new());
    let one = space([(0.0..=1.0).dimension()]);
    for outcome in odd {
        run(&mut Nsga2Sampler::new(), &unconditional(), &[Minimize, Maximize], (80, 8, 0), outcome);
    }
    run(&mut Nsga2Sampler::new(), &one, &[Minimize; 2], (80, 1, 0), |x| Outcome::values([x[0], -x[0]]));
    run(&mut Nsga2Sampler::new(), &none, &[Minimize], (60, 1, 0), |_| Outcome::value(1.0));
    run(&mut Nsga2Sampler::new().population(2), &unconditional(), &[Minimize; 2], (60, 1, 0), two);
}

#[test]
fn maximizing_is_minimizing_the_opposite() {
    let space = unconditional();
    let small = run(&mut Nsga2Sampler::new(), &space, &[Minimize; 2], (80, 1, 3), two);
    let opposite = |x: &[f64]| Outcome::values(two(x).objectives().iter().map(|value| -value));
    let large = run(&mut Nsga2Sampler::new(), &space, &[Maximize; 2], (80, 1, 3), opposite);
    assert!((0..80).all(|trial| small.units(trial) == large.units(trial)));
}

#[test]
fn small_spaces_are_searched_without_copies() {
    let space = space([categorical([0, 1, 2, 3, 4, 5]).dimension(), categorical([0, 1, 2, 3, 4, 5]).dimension()]);
    let bench =
        run(&mut Nsga2Sampler::new().population(6), &space, &[Minimize], (18, 1, 0), |x| Outcome::value(x[0] + x[1]));
    // Children are no copies of their parents or of the last six.
    for trial in 6..18 {
        assert!((trial - 6..trial).all(|earlier| bench.units(earlier) != bench.units(trial)), "{trial}");
    }
}

/// Both parents lack an axis: it is drawn evenly. One has it: the child has that one's.
#[test]
fn inactive_axes_are_inherited_or_drawn() {
    let space = space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension()]);
    let mut bench = Bench::new(&space, 1);
    let mut sampler = Nsga2Sampler::new().population(4).mutation(0.0).crossover(1.0);
    for trial in 0..4 {
        bench.ask(&mut sampler, None);
        let point = bench.history.running_mut(trial).unwrap().point_mut();
        point.set(0, 0.1 * trial as f64);
        point.set(1, 0.9);
        if trial > 0 {
            point.deactivate(1);
        }
        bench.tell(trial, Outcome::value(0.0));
    }
    let seconds: Vec<f64> =
        (0..200).map(|number| sampler.suggest(&space, &bench.history, &bench.draw(number)).unwrap().unit(1)).collect();
    let inherited = seconds.iter().filter(|&&unit| unit == 0.9).count();
    assert!((20..180).contains(&inherited), "{inherited}");
    assert!(seconds.iter().any(|&unit| unit < 0.2) && seconds.iter().all(|unit| (0.0..=1.0).contains(unit)));
}

/// One trial in a hundred of the cube is feasible.
#[test]
fn constraints_draw_the_search_where_they_are_kept() {
    let space = space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension()]);
    let goals = [Minimize; 2];
    let outcome = |x: &[f64]| -> Outcome {
        let metrics = Metrics::objectives([("a", x[0]), ("b", x[1])]);
        metrics.constraint("near", (x[0] - 0.8).abs() - 0.05).constraint("far", (x[1] - 0.3).abs() - 0.05).into()
    };
    let infeasible = |sampler: &mut dyn Sampler, seed| {
        let bench = run(sampler, &space, &goals, (100, 1, seed), outcome);
        bench.history.trials().iter().filter(|trial| !trial.is_feasible()).count() as f64
    };
    let found: Vec<_> = (0..10).map(|seed| infeasible(&mut Nsga2Sampler::new(), seed)).collect();
    let random: Vec<_> = (0..10).map(|seed| infeasible(&mut RandomSampler::new(), seed)).collect();
    assert!(margin(&found, &random) > 3.0, "{found:?}");
}

#[test]
fn faulty_options_are_refused() {
    let space = unconditional();
    let sampler = Nsga2Sampler::new;
    for mut sampler in [sampler().population(1), sampler().crossover(1.5), sampler().mutation(f64::NAN)] {
        let error = sampler.prepare(&Bench::new(&space, 0).setup()).expect_err("a faulty option").to_string();
        assert!(error.contains("write "), "{error}");
    }
}

#[test]
#[ignore = "a measurement, no test"]
fn cost() {
    let space = space((0..8).map(|_| (0.0..=1.0).dimension()));
    for goals in [1, 2, 3] {
        let outcome = |x: &[f64]| Outcome::values(x[..goals].iter().copied());
        for trials in [1000, 10_000] {
            let started = std::time::Instant::now();
            run(&mut Nsga2Sampler::new(), &space, &vec![Minimize; goals], (trials, 1, 0), outcome);
            println!("{goals} goals, {trials} trials: {:?} each", started.elapsed() / trials as u32);
        }
    }
}
