//! Against random search, on problems of the kinds that sweeps meet; the spoilt searches must fail where the sound one passes.

use std::ops::Range;

use super::super::options::{Options, Sabotage};
use crate::CmaEsSampler;
use crate::candidates::{Candidates, Dimension, linrange};
use crate::sampler::testing::{margin, mean, minimise, space};
use crate::sampler::{RandomSampler, Sampler};
use crate::space::{Point, Space};

fn sabotaged(sabotage: Sabotage) -> CmaEsSampler {
    CmaEsSampler { options: Options { sabotage, ..Options::default() }, ..CmaEsSampler::default() }
}

/// Numbers, few and many levels, and choices.
fn mixed() -> Space {
    let levels = [3, 8, 64].map(|levels| linrange(0.0, 1.0, levels).dimension());
    let choices: [Dimension<f64>; 2] = [[0.0, 0.5, 1.0].dimension(), [0.0, 1.0].dimension()];
    space((0..3).map(|_| (0.0..=1.0).dimension()).chain(levels).chain(choices))
}

/// A valley with its bottom in another place for each seed; the levels of choices lie at the corners of a simplex.
fn valley(seed: u64) -> impl Fn(&Point) -> f64 {
    let place = move |axis: usize| 0.15 + 0.7 * ((seed as f64 + 1.0) * (axis as f64 + 1.0) * 0.754_877_666).fract();
    move |point| {
        let terms = point.iter().flatten().enumerate().map(|(axis, unit)| match axis {
            0..6 => (axis as f64 + 1.0) * (unit - place(axis)).powi(2),
            _ => {
                if (place(axis) * 3.0) as u64 == (unit * 3.0) as u64 {
                    0.0
                } else {
                    0.2
                }
            }
        });
        terms.sum::<f64>().max(1e-12).log10()
    }
}

fn bests(sampler: impl Fn() -> Box<dyn Sampler>, seeds: Range<u64>, batch: usize) -> Vec<f64> {
    let space = mixed();
    let best = |seed| {
        minimise(&mut *sampler(), &space, (200, batch, seed), valley(seed)).into_iter().fold(f64::INFINITY, f64::min)
    };
    seeds.map(best).collect()
}

/// Closer than random search, in the geometric mean, by three standard errors.
fn passes(bests: &[f64], random: &[f64]) -> bool {
    margin(bests, random) > 3.0
}

#[test]
#[ignore = "a table to look at; run it in a release build"]
fn table() {
    let show = |name: &str, values: &[f64]| {
        let (mean, error) = mean(values);
        eprintln!("{name:24} {mean:.2} ± {error:.2}");
    };
    show("random", &bests(|| Box::new(RandomSampler::new()), 0..40, 1));
    for batch in [1, 3, 8, 10, 16, 40] {
        show(&format!("batches of {batch}"), &bests(|| Box::new(CmaEsSampler::new()), 0..40, batch));
    }
    for sabotage in [Sabotage::Inverted, Sabotage::Unranked] {
        show(&format!("{sabotage:?}"), &bests(|| Box::new(sabotaged(sabotage)), 0..40, 10));
    }
}

fn compare(seeds: &Range<u64>) {
    let random = bests(|| Box::new(RandomSampler::new()), seeds.clone(), 1);
    for batch in [1, 8, 10] {
        assert!(passes(&bests(|| Box::new(CmaEsSampler::new()), seeds.clone(), batch), &random), "batches of {batch}");
    }
    for sabotage in [Sabotage::Inverted, Sabotage::Unranked] {
        assert!(!passes(&bests(|| Box::new(sabotaged(sabotage)), seeds.clone(), 10), &random), "{sabotage:?}");
    }
}

/// Draws do not pile up on the first and the last levels, as they do where none is drawn again for lying beyond a bound.
#[test]
fn many_levels_are_searched_as_numbers_are() {
    let space = space((0..6).map(|_| (0..=49).dimension()));
    for seeds in [0..16, 16..32] {
        let found = seeds.map(|seed: u64| {
            let place =
                |axis: usize| (((seed + 1) as f64 * (axis as f64 + 1.0) * 0.754_877_666).fract() * 50.0).floor();
            let loss = |point: &Point| {
                let level = |unit: f64| (unit * 50.0).floor();
                let terms = point
                    .iter()
                    .flatten()
                    .enumerate()
                    .map(|(axis, unit)| (axis as f64 + 1.0) * (level(unit) - place(axis)).powi(2));
                terms.sum::<f64>() / 2500.0
            };
            let values = minimise(&mut CmaEsSampler::new(), &space, (200, 9, seed), loss);
            values.into_iter().fold(f64::INFINITY, f64::min).max(1e-4).log10()
        });
        let (mean, error) = mean(&found.collect::<Vec<_>>());
        assert!(mean < -1.75, "{mean} ± {error}");
    }
}

#[test]
fn it_is_closer_than_random_search() {
    for seeds in [0..20, 20..40] {
        compare(&seeds);
    }
}
