//! Hypervolumes against random search.
//!
//! `cargo test --release -p hypersweep-core nsga2::tests::volume::table -- --ignored --nocapture`

use std::ops::Range;

use super::*;
use crate::sampler::RandomSampler;
use crate::sampler::testing::mean;
use crate::sampler::testing::problems::{self, Opposite, Problem, problems};

fn beats_random_search(problem: &Problem, trials: usize, seeds: &Range<u64>) {
    let spoilt = || Opposite(Nsga2Sampler::new());
    problems::beats_random_search((Nsga2Sampler::new, spoilt), problem, trials, seeds);
}

#[test]
fn on_twenty_seeds() {
    for problem in problems() {
        beats_random_search(&problem, 150, &(0..20));
    }
}

#[test]
#[ignore = "the same on more seeds: `cargo test --release nsga2 -- --ignored`"]
fn on_more_seeds() {
    for problem in problems() {
        for seeds in [0..30, 30..60] {
            beats_random_search(&problem, 150, &seeds);
            beats_random_search(&problem, 300, &seeds);
        }
    }
}

#[test]
#[ignore = "a table, no test"]
fn table() {
    for trials in [100, 250, 1000] {
        for problem in problems() {
            let show = |name: &str, losses: &[f64]| {
                let (mean, error) = mean(losses);
                println!("{trials:5} {:7} {name:10} {:.3} ± {error:.3}", problem.name, -mean);
            };
            show("random", &problem.losses(RandomSampler::new, trials, 1, 0..20));
            show("batch 1", &problem.losses(Nsga2Sampler::new, trials, 1, 0..20));
            show("batch 8", &problem.losses(Nsga2Sampler::new, trials, 8, 0..20));
            show("of 50", &problem.losses(|| Nsga2Sampler::new().population(50), trials, 1, 0..20));
            show("opposite", &problem.losses(|| Opposite(Nsga2Sampler::new()), trials, 1, 0..20));
        }
    }
}
