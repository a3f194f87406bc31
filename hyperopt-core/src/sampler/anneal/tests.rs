//! What annealing proposes, and that it is the same whether the history is read at once or step by step.

use super::*;
use crate::candidates::{Candidates, categorical};
use crate::history::Goal;
use crate::sampler::RandomSampler;
use crate::sampler::testing::{Bench, bests, margin, minimise, space};
use crate::trial::{Outcome, Trial};

fn square() -> Space {
    space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension(), (0.0..=1.0).dimension()])
}

fn valley(point: &Point) -> f64 {
    point.iter().flatten().map(|unit| (unit - 0.3).powi(2)).sum()
}

/// No release of a crate can change a seed's sweep unnoticed.
#[test]
fn suggestions_are_stable_across_releases() {
    let space = square();
    let mut bench = Bench::new(&space, 7);
    let mut sampler = AnnealSampler::new();
    for _ in 0..12 {
        let trial = bench.ask(&mut sampler, None);
        let value = valley(bench.history.trials()[trial].point());
        bench.tell(trial, Outcome::value(value));
    }
    let random = [0.465_937_615_119_960_9, 0.386_125_984_332_761_24, 0.193_848_021_913_976_32];
    let near = [0.229_126_474_781_453_26, 0.104_400_033_880_433_53, 0.089_247_074_869_961_42];
    assert_eq!((bench.units(0), bench.units(11)), (random.to_vec(), near.to_vec()));
}

#[test]
fn a_place_among_the_best_is_geometric() {
    let mean = |index: f64| {
        let draws = (0..1000).map(|k| geometric(index, (f64::from(k) + 0.5) / 1000.0) as f64 + 1.0);
        draws.sum::<f64>() / 1000.0
    };
    assert_eq!(mean(1.0), 1.0);
    assert!((mean(2.0) - 2.0).abs() < 0.02 && (mean(5.0) - 5.0).abs() < 0.1, "{} {}", mean(2.0), mean(5.0));
}

/// The interval lies within the axis, around one of the trials, and is as wide as it should be.
#[test]
fn the_neighbourhood_shrinks() {
    let space = space([(0.0..=1.0).dimension()]);
    for seed in 0..20 {
        let mut bench = Bench::new(&space, seed);
        let mut sampler = AnnealSampler::new().avg_best_idx(1.0);
        let mut best = (f64::INFINITY, 0.5);
        for n in 0..60 {
            let trial = bench.ask(&mut sampler, None);
            let unit = bench.units(trial)[0];
            let share = 1.0 / (1.0 + f64::from(n) * 0.1);
            assert!((unit - best.1).abs() <= share, "{n}: {unit}");
            let value = (unit - 0.9).abs();
            if value < best.0 {
                best = (value, unit);
            }
            bench.tell(trial, Outcome::value(value));
        }
    }
}

#[test]
fn levels_without_order_are_kept_more_and_more_often() {
    let space = space([categorical([0, 1, 2, 3]).labels([0, 1, 2, 3]).dimension()]);
    let count = |trials: usize| {
        let kept = |seed| {
            let values = minimise(&mut AnnealSampler::new().avg_best_idx(1.0), &space, (trials, 1, seed), |point| {
                if point.get(0).is_some_and(|unit| (0.5..0.75).contains(&unit)) { 0.0 } else { 1.0 }
            });
            values.last() == Some(&0.0)
        };
        (0..400).filter(|&seed| kept(seed)).count()
    };
    let (early, late) = (count(2), count(30));
    assert!((60..160).contains(&early) && late > 280, "{early} {late}");
}

#[test]
fn beats_random_search_and_loses_upside_down() {
    let space = square();
    let of = |sampler: &dyn Fn() -> Box<dyn Sampler>| bests(sampler, &space, 60, 0..40, valley);
    let (anneal, random) = (of(&|| Box::new(AnnealSampler::new())), of(&|| Box::new(RandomSampler::new())));
    assert!(margin(&anneal, &random) > 5.0, "{}", margin(&anneal, &random));
    let opposite = of(&|| Box::new(UpsideDown));
    assert!(margin(&opposite, &random) < -3.0, "{}", margin(&opposite, &random));
}

/// Takes the worst for the best.
#[derive(Debug)]
struct UpsideDown;

impl Sampler for UpsideDown {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        AnnealSampler::new().suggest(space, history, &draw.opposite())
    }
}

#[test]
fn nonsense_is_an_error() {
    let space = square();
    let fault = |sampler: AnnealSampler| {
        let mut sampler = sampler;
        sampler.prepare(&Bench::new(&space, 0).setup()).err().map(|error| error.to_string())
    };
    assert_eq!(fault(AnnealSampler::new()), None);
    assert!(fault(AnnealSampler::new().avg_best_idx(0.5)).unwrap().contains("avg_best_idx(0.5)"));
    assert!(fault(AnnealSampler::new().shrink_coef(f64::NAN)).unwrap().contains("shrink_coef(NaN)"));
    let mut several = Bench::new(&space, 0);
    several.goals = vec![Goal::Minimize; 2];
    assert!(AnnealSampler::new().prepare(&several.setup()).is_err());
}

/// What is kept between suggestions is what sorting the whole history would give: with ties, failures, conditional axes, trials
/// that are closed late, and for a sampler that begins anew.
#[test]
fn the_ranking_is_that_of_the_history() {
    let numbers = |ranking: &Ranking, axis: usize| ranking.of(axis).iter().copied().collect::<Vec<_>>();
    let named = |name: &str, parents: &[usize]| (0.0..=1.0).dimension().axis(name, name, parents).unwrap();
    let space = Space::new(vec![named("a", &[]), named("b", &[0])]);
    for goal in [Goal::Minimize, Goal::Maximize] {
        let mut bench = Bench::new(&space, 3);
        bench.goal = goal;
        let (mut kept, mut open) = (Ranking::default(), Vec::new());
        for step in 0..80_usize {
            let mut point = Point::from(vec![0.5, 0.5]);
            if step % 3 == 0 {
                point.deactivate(1);
            }
            bench.history.push(Trial::running(step, step, None, point));
            open.push(step);
            if step % 4 == 3 {
                for trial in open.drain(1..) {
                    let outcome =
                        if trial % 7 == 0 { Outcome::failed("no") } else { Outcome::value((trial * 37 % 11) as f64) };
                    bench.tell(trial, outcome);
                }
            }
            kept.update(&space, &bench.history, goal);
            let ranked = bench.history.ranked(goal);
            let expected = |axis: usize| {
                let active = ranked.iter().filter(move |(trial, _)| trial.point().is_active(axis));
                active.map(|(trial, _)| trial.number()).collect::<Vec<_>>()
            };
            let mut fresh = Ranking::default();
            fresh.update(&space, &bench.history, goal);
            for axis in [0, 1] {
                assert_eq!(numbers(&kept, axis), expected(axis), "{step}");
                assert_eq!(numbers(&fresh, axis), expected(axis), "{step}");
            }
        }
        // Another sweep, which is longer.
        let mut other = Bench::new(&space, 4);
        for number in 0..100 {
            other.history.push(Trial::running(number, number, None, Point::from(vec![0.5, 0.5])));
            other.tell(number, Outcome::value(number as f64));
        }
        kept.update(&space, &other.history, Goal::Minimize);
        assert_eq!(numbers(&kept, 0), (0..100).collect::<Vec<_>>());
    }
}
