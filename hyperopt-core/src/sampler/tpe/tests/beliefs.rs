//! Priors, and the best points of an earlier sweep: good ones help at once, bad ones are left.

use std::ops::Range;

use super::super::TpeSampler;
use crate::candidates::{Candidates, Dimension, WithPrior, linrange};
use crate::sampler::testing::{Bench, margin, mean};
use crate::sampler::{Draw, Sampler, Setup};
use crate::space::{Axis, Point, Space};
use crate::trial::Outcome;

const OPTIMUM: [f64; 5] = [0.3, 0.25, 0.2, 0.35, 0.6];

fn axis<V>(dimension: &Dimension<V>, name: &str) -> Axis {
    dimension.axis(name, name, &[]).expect("sound candidates")
}

/// Priors that lie `off` the optimum along three numbers and four levels; the last number has none.
fn believing(off: f64) -> Space {
    let number = |index: usize| (0.0..=1.0).prior(OPTIMUM[index] + off);
    let level = if off < 0.3 { "b" } else { "d" };
    Space::new(vec![
        axis(&number(0).dimension(), "x"),
        axis(&number(1).dimension(), "y"),
        axis(&linrange(0.0, 1.0, 21).prior(if off < 0.3 { 0.25 } else { 0.85 }).dimension(), "steps"),
        axis(&["a", "b", "c", "d"].prior(level).dimension(), "level"),
        axis(&(0.0..=1.0).dimension(), "free"),
    ])
}

fn blind() -> Space {
    Space::new(vec![
        axis(&(0.0..=1.0).dimension(), "x"),
        axis(&(0.0..=1.0).dimension(), "y"),
        axis(&linrange(0.0, 1.0, 21).dimension(), "steps"),
        axis(&["a", "b", "c", "d"].dimension(), "level"),
        axis(&(0.0..=1.0).dimension(), "free"),
    ])
}

/// With the optimum moved by `shift` along all numbers.
fn loss(point: &Point, shift: f64) -> f64 {
    let numbers = [0, 1, 2, 4].map(|index| (point.unit(index) - OPTIMUM[index] - shift).powi(2));
    numbers.iter().sum::<f64>() + if (0.25..0.5).contains(&point.unit(3)) { 0.0 } else { 0.1 }
}

fn bench<'a>(space: &'a Space, seed: u64, transferred: &[Point], trials: usize, shift: f64) -> Bench<'a> {
    let mut bench = Bench::new(space, seed);
    let mut sampler = TpeSampler::new();
    sampler.prepare(&Setup { transferred, ..bench.setup() }).expect("sound options");
    for _ in 0..trials {
        let trial = bench.ask(&mut sampler, None);
        let value = loss(bench.history.trials()[trial].point(), shift);
        bench.tell(trial, Outcome::value(value));
    }
    bench
}

fn best(bench: &Bench<'_>) -> f64 {
    bench.history.best(bench.goal).expect("a complete trial").1
}

fn bests(space: &Space, trials: usize, seeds: &Range<u64>) -> Vec<f64> {
    seeds.clone().map(|seed| best(&bench(space, seed, &[], trials, 0.0))).collect()
}

/// Returns the best five of 50 trials of the problem that is moved by `shift`.
fn earlier(space: &Space, seed: u64, shift: f64) -> Vec<Point> {
    let bench = bench(space, seed + 10_000, &[], 50, shift);
    bench.history.ranked(bench.goal).iter().take(5).map(|(trial, _)| trial.point().clone()).collect()
}

fn transferring(shift: f64, trials: usize, seeds: &Range<u64>) -> Vec<f64> {
    let space = blind();
    seeds.clone().map(|seed| best(&bench(&space, seed, &earlier(&space, seed, shift), trials, 0.0))).collect()
}

fn good_priors_help_at_once(seeds: &Range<u64>) {
    let (good, bad, plain) = (believing(0.05), believing(0.6), bests(&blind(), 30, seeds));
    assert!(margin(&bests(&good, 30, seeds), &plain) > 3.0);
    // The control: beliefs as such do not.
    assert!(margin(&bests(&bad, 30, seeds), &plain) < 3.0);
}

#[test]
fn good_priors_help() {
    good_priors_help_at_once(&(0..60));
}

#[test]
#[ignore = "100 seeds: `cargo test --release tpe -- --ignored`"]
fn good_priors_help_and_bad_ones_are_overcome() {
    for seeds in [0..100, 1000..1100] {
        good_priors_help_at_once(&seeds);
        let (bad, plain) = (bests(&believing(0.6), 100, &seeds), bests(&blind(), 100, &seeds));
        println!("{:?} {:?}", mean(&bad), mean(&plain));
        assert!(margin(&plain, &bad) < 3.0 && mean(&bad).0 < 2.0 * mean(&plain).0);
    }
}

/// An unrelated problem costs trials, not the sweep.
#[test]
#[ignore = "100 seeds: `cargo test --release tpe -- --ignored`"]
fn a_related_problem_helps_and_an_unrelated_one_is_overcome() {
    for seeds in [0..100, 1000..1100] {
        let plain = bests(&blind(), 30, &seeds);
        assert!(margin(&transferring(0.05, 30, &seeds), &plain) > 3.0);
        assert!(margin(&transferring(0.4, 30, &seeds), &plain) < 3.0);
        let unrelated = transferring(0.4, 100, &seeds);
        println!("{:?} {:?}", mean(&unrelated), mean(&plain));
        assert!(margin(&unrelated, &plain) > 3.0);
    }
}

/// What an earlier sweep does not know along an axis is no reason to forget the rest.
#[test]
fn gaps_in_what_is_transferred_are_filled() {
    let space = blind();
    for seed in 0..5 {
        let mut points = earlier(&space, seed, 0.05);
        for point in &mut points {
            point.set(4, f64::NAN);
        }
        points.push(space.axes().iter().map(|_| f64::NAN).collect());
        let mut found = bench(&space, seed, &points, 20, 0.0);
        let mut sampler = TpeSampler::new();
        sampler.prepare(&Setup { transferred: &points, ..Bench::new(&space, seed).setup() }).expect("sound options");
        assert_eq!(sampler.suggest(&space, &found.history, &found.draw(20)), {
            let mut again = sampler.clone();
            again.prepare(&Setup { transferred: &points, ..Bench::new(&space, seed).setup() }).expect("sound options");
            again.suggest(&space, &found.history, &found.draw(20))
        });
        assert_eq!(sampler.models[0].better[0].kernels(), 1 + 3 + 5);
        // Nor is anything that has failed.
        let trial = found.ask(&mut sampler, None);
        found.tell(trial, Outcome::failed("no"));
        sampler.suggest(&space, &found.history, &Draw::new(seed, 21, found.goal));
    }
}

/// Where no trial has been better, the earlier points and the prior are all there is.
#[test]
fn priors_do_no_harm_where_nothing_is_told() {
    let space = believing(0.05);
    let points = earlier(&space, 0, 0.0);
    let mut bench = Bench::new(&space, 0);
    let mut sampler = TpeSampler::new();
    sampler.prepare(&Setup { transferred: &points, ..bench.setup() }).expect("sound options");
    for number in 0..60 {
        let trial = bench.ask(&mut sampler, None);
        bench.tell(trial, if number == 30 { Outcome::value(f64::MAX) } else { Outcome::failed("no") });
    }
}
