use super::*;
use crate::candidates::{Candidates, Dimension, categorical};
use crate::sampler::RandomSampler;
use crate::sampler::testing::{Bench, space};
use crate::trial::Outcome;

/// `trials` random trials of a loss.
fn told(space: &Space, seed: u64, trials: usize, loss: impl Fn(&Point) -> f64) -> Bench<'_> {
    let mut bench = Bench::new(space, seed);
    for _ in 0..trials {
        let trial = bench.ask(&mut RandomSampler::new(), None);
        let value = loss(bench.history.trials()[trial].point());
        bench.tell(trial, Outcome::value(value));
    }
    bench
}

fn step(bench: &Bench<'_>) -> Option<Point> {
    QuadraticStep::default().suggest(bench.space, &bench.history, &bench.draw(bench.history.len()))
}

fn numbers(axes: usize) -> Space {
    space((0..axes).map(|_| (0.0..=1.0).dimension()))
}

/// A narrow valley that lies across the axes, with its minimum of 1 where `offset` is 0.
fn valley(offset: &[f64]) -> f64 {
    let along: f64 = offset.iter().sum();
    1.0 + along * along + 50.0 * offset.windows(2).map(|pair| (pair[0] - 2.0 * pair[1]).powi(2)).sum::<f64>()
}

/// Makes up to `most` steps; the trust region may end before the minimum.
fn follow(bench: &mut Bench<'_>, most: usize, loss: impl Fn(&Point) -> f64) -> Point {
    for _ in 0..most {
        let Some(found) = step(bench) else { break };
        let trial = bench.history.len();
        bench.history.push(Trial::running(trial, trial, None, found.clone()));
        bench.tell(trial, Outcome::value(loss(&found)));
    }
    bench.history.best(bench.goal).unwrap().0.point().clone()
}

#[test]
fn reaches_the_minimum_of_a_quadratic_function_in_few_steps() {
    for axes in [2, 4] {
        let space = numbers(axes);
        let optimum = |axis: usize| 0.4 + 0.05 * axis as f64;
        let offset = |point: &Point| (0..axes).map(|axis| point.unit(axis) - optimum(axis)).collect::<Vec<_>>();
        let loss = |point: &Point| valley(&offset(point));
        for seed in 0..10 {
            let found = follow(&mut told(&space, seed, 3 * (axes + 1) * (axes + 2) / 2, loss), 3, loss);
            let miss = offset(&found).iter().fold(0.0_f64, |most, x| most.max(x.abs()));
            assert!(miss < 1e-3, "{miss} of seed {seed} on {axes} axes");
        }
    }
}

#[test]
fn a_minimum_at_a_bound_is_met_exactly() {
    let space = numbers(3);
    for seed in 0..10 {
        let loss = |point: &Point| (point.unit(0) - 0.5).powi(2) + point.unit(1) + (1.2 - point.unit(2)).powi(2);
        let best = follow(&mut told(&space, seed, 40, loss), 4, loss);
        assert_eq!((best.unit(1), best.unit(2)), (0.0, 1.0), "seed {seed}");
    }
}

/// Noise as large as the differences among the best few of 60 trials: steps lead to better points than the best trial of 60.
#[test]
fn noise_is_smoothed() {
    let space = numbers(3);
    for seeds in [0..30, 30..60] {
        let mut better = 0;
        for seed in seeds.clone() {
            let loss = |point: &Point| (0..3).map(|axis| (point.unit(axis) - 0.45).powi(2)).sum::<f64>();
            let noise = |point: &Point| 0.004 * (1e4 * point.unit(0) + 1e3 * point.unit(1)).sin();
            let bench = told(&space, seed, 60, |point| loss(point) + noise(point));
            let (best, _) = bench.history.best(bench.goal).unwrap();
            better += usize::from(step(&bench).is_some_and(|found| loss(&found) < loss(best.point())));
        }
        // A fair coin gives 15, and 8 more are three standard errors.
        assert!(better > 23, "{better} of seeds {seeds:?}");
    }
}

#[test]
fn what_no_quadratic_explains_has_no_step() {
    let space = numbers(4);
    let ragged = |point: &Point| ((1e5 * point.unit(0)).sin() + (1e5 * point.unit(1)).cos()).abs();
    let steps = (0..20).filter(|&seed| step(&told(&space, seed, 60, ragged)).is_some());
    assert!(steps.count() <= 2);
    assert_eq!(step(&told(&space, 0, 60, |_| 1.0)), None);
    assert_eq!(step(&told(&space, 0, 4, |point| point.unit(0))), None, "fewer neighbours than axes");
    assert_eq!(step(&told(&space, 0, 0, |_| 1.0)), None);
}

#[test]
fn levels_without_an_order_stay_those_of_the_best_trial() {
    let kinds: [Dimension<f64>; 2] = [(0.0..=1.0).dimension(), (0.0..=1.0).dimension()];
    let space = space(kinds.into_iter().chain([categorical([1.0, 2.0, 3.0]).dimension()]));
    let level = |point: &Point| space.axes()[2].level(point.unit(2)).unwrap();
    for seed in 0..10 {
        let bench = told(&space, seed, 60, |point| {
            (point.unit(0) - 0.2 * level(point) as f64).powi(2) + (point.unit(1) - 0.5).powi(2) + level(point) as f64
        });
        let found = step(&bench).expect("a step");
        assert_eq!(level(&found), 0);
        assert!(found.unit(0) < 1e-3 && (found.unit(1) - 0.5).abs() < 1e-3, "{found:?}");
    }
    let only_levels = crate::sampler::testing::space([categorical([1, 2, 3]).dimension()]);
    assert_eq!(step(&told(&only_levels, 0, 9, |point| point.unit(0))), None);
}

#[test]
fn a_known_minimum_is_not_proposed_again() {
    let space = space((0..2).map(|_| (0..=20).dimension()));
    let loss = |point: &Point| (0..2).map(|axis| (20.0 * (point.unit(axis) - 0.5)).round().powi(2)).sum::<f64>();
    for seed in 0..10 {
        let mut bench = told(&space, seed, 30, loss);
        while let Some(found) = step(&bench) {
            let trial = bench.history.len();
            let levels = |point: &Point| [0, 1].map(|axis| space.axes()[axis].level(point.unit(axis)));
            let is_new = bench.history.trials().iter().all(|other| levels(other.point()) != levels(&found));
            assert!(is_new && trial < 60, "{found:?} of seed {seed}");
            bench.history.push(Trial::running(trial, trial, None, found.clone()));
            // While it runs, it is known too.
            assert_ne!(step(&bench), Some(found.clone()));
            bench.tell(trial, Outcome::value(loss(&found)));
        }
        assert!(bench.history.best(bench.goal).unwrap().1 <= 1.0);
    }
}

#[test]
fn a_step_follows_from_the_history_alone() {
    let space = numbers(3);
    let mut kept = QuadraticStep::default();
    let mut bench = told(&space, 3, 0, |_| 0.0);
    for _ in 0..40 {
        let trial = bench.ask(&mut RandomSampler::new(), None);
        let value = valley(&bench.units(trial));
        bench.tell(trial, Outcome::value(value));
        let draw = bench.draw(bench.history.len());
        assert_eq!(kept.suggest(&space, &bench.history, &draw), step(&bench));
    }
}

/// Of a batch, each trial is at another point, and the first at the minimum.
#[test]
fn trials_of_a_batch_differ() {
    let space = numbers(3);
    let loss = |point: &Point| (0..3).map(|axis| (point.unit(axis) - 0.2 * axis as f64).powi(2)).sum::<f64>();
    let mut most = 0;
    for seed in 0..10 {
        let mut bench = told(&space, seed, 30, loss);
        let mut proposed: Vec<Point> = Vec::new();
        while let Some(found) = step(&bench) {
            assert!(!proposed.contains(&found), "seed {seed}");
            let trial = bench.history.len();
            bench.history.push(Trial::running(trial, trial, None, found.clone()));
            proposed.push(found);
        }
        // Where the minimum lies in the smallest region as well, there is one.
        assert!((1..=3).contains(&proposed.len()), "{} of seed {seed}", proposed.len());
        most = most.max(proposed.len());
        assert!(loss(&proposed[0]) < 1e-6, "{} of seed {seed}", loss(&proposed[0]));
    }
    assert!(most > 1);
}

#[test]
fn a_failed_step_is_known() {
    let space = numbers(2);
    let loss = |point: &Point| point.unit(1) - point.unit(0);
    for seed in 0..10 {
        let mut bench = told(&space, seed, 30, loss);
        let mut failed = Vec::new();
        while let Some(found) = step(&bench) {
            assert!(!failed.contains(&found), "{found:?} of seed {seed}");
            let trial = bench.history.len();
            bench.history.push(Trial::running(trial, trial, None, found.clone()));
            bench.tell(trial, Outcome::failed("beyond what works"));
            failed.push(found);
        }
        assert!(!failed.is_empty(), "seed {seed}");
    }
}
