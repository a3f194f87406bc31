//! Mean best of 100 trials on the sphere over [-5, 5]^10, one budget: `HpBandSter`'s BOHB 19.2 over 110 seeds (its numpy
//! double 20.1 over 240), random search 30 to 31.

use std::ops::Range;

use super::{Sabotage, mean, sabotaged};
use crate::candidates::Candidates;
use crate::sampler::testing::{minimise, space};
use crate::sampler::{RandomSampler, Sampler};
use crate::{BohbSampler, Point, Space};

fn cube() -> Space {
    space((0..10).map(|_| (-5.0..=5.0).dimension()))
}

fn bests<S: Sampler>(sampler: impl Fn() -> S, seeds: Range<u64>, batch: usize) -> Vec<f64> {
    let space = cube();
    let sphere = |point: &Point| point.iter().flatten().map(|unit| (10.0 * unit - 5.0).powi(2)).sum();
    let best =
        |seed| minimise(&mut sampler(), &space, (100, batch, seed), sphere).into_iter().fold(f64::INFINITY, f64::min);
    seeds.map(best).collect()
}

/// Where BOHB and random search have to end up, and that the difference is no chance.
fn passes(found: &[f64], random: &[f64]) -> bool {
    let ((found, error), (random, random_error)) = (mean(found), mean(random));
    (17.0..=23.0).contains(&found)
        && (28.0..=32.0).contains(&random)
        && found + 3.0 * error.hypot(random_error) < random
}

fn beats_random_search(seeds: &Range<u64>) {
    let random = bests(RandomSampler::new, seeds.clone(), 1);
    assert!(passes(&bests(BohbSampler::new, seeds.clone(), 1), &random));
    assert!(passes(&bests(BohbSampler::faithful, seeds.clone(), 1), &random));
}

/// The negative control: a model that tells nothing, or the opposite, has to fail.
fn a_spoilt_model_does_not(seeds: &Range<u64>) {
    let random = bests(RandomSampler::new, seeds.clone(), 1);
    for sabotage in [Sabotage::Swapped, Sabotage::SameSet] {
        assert!(!passes(&bests(|| sabotaged(sabotage), seeds.clone(), 1), &random));
    }
}

#[test]
fn on_sixty_seeds() {
    beats_random_search(&(0..60));
    a_spoilt_model_does_not(&(0..20));
}

#[test]
#[ignore = "the same on more seeds and in batches: `cargo test --release sphere -- --ignored`"]
fn on_more_seeds() {
    for seeds in [0..120, 120..240, 240..360] {
        beats_random_search(&seeds);
        a_spoilt_model_does_not(&seeds);
        let random = bests(RandomSampler::new, seeds.clone(), 1);
        assert!(passes(&bests(BohbSampler::new, seeds, 10), &random));
    }
}

#[test]
#[ignore = "a table to look at; run it in a release build"]
fn table() {
    let show = |name: &str, values: &[f64]| {
        let (mean, error) = mean(values);
        eprintln!("{name:24} {mean:.2} ± {error:.2}");
    };
    for seeds in [0..240, 240..480] {
        show("random", &bests(RandomSampler::new, seeds.clone(), 1));
        show("corrected", &bests(BohbSampler::new, seeds.clone(), 1));
        show("corrected, rho 0", &bests(|| BohbSampler::new().random_fraction(0.0), seeds.clone(), 1));
        show("corrected, batch 10", &bests(BohbSampler::new, seeds.clone(), 10));
        show("faithful", &bests(BohbSampler::faithful, seeds.clone(), 1));
        show("swapped", &bests(|| sabotaged(Sabotage::Swapped), seeds.clone(), 1));
        show("same set", &bests(|| sabotaged(Sabotage::SameSet), seeds.clone(), 1));
    }
}
