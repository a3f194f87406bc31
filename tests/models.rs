//! The samplers of the feature `models` as a user writes them.

use hyperopt::prelude::*;
use hyperopt::{Point, Sampler, Strategy, Sweep, Trials};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Numbers, integers and a choice; best at 0 with `rate` = 0.01, `width` = 20 and the second activation.
fn loss(rate: f64, width: i32, activation: &str) -> f64 {
    (rate.log10() + 2.0).powi(2) + (f64::from(width - 20) / 20.0).powi(2) + if activation == "relu" { 0.0 } else { 0.5 }
}

fn sweep(sampler: impl Strategy<Kind = Trials>, trials: usize, seed: u64) -> Sweep {
    let ho = hyperopt!(
        sampler = sampler,
        seed = seed,
        rate = log(1e-5..=1e-1),
        width = 1..=64,
        activation = ["tanh", "relu"],
        for _ in 0..trials {
            loss(rate, width, activation)
        }
    );
    ho.into_sweep()
}

fn best(sampler: impl Strategy<Kind = Trials>, trials: usize, seed: u64) -> f64 {
    sweep(sampler, trials, seed).history().best(Minimize).expect("no trial fails").1
}

#[test]
fn each_does_better_than_random_search() {
    let wins = |trials, found: fn(usize, u64) -> f64| {
        (0..10).filter(|&seed| found(trials, seed) < best(RandomSampler::new(), trials, seed)).count()
    };
    assert!(wins(60, |trials, seed| best(RandomSampler::new(), trials, seed + 1000)) < 9);
    assert!(wins(60, |trials, seed| best(GpSampler::new(), trials, seed)) >= 9);
    assert!(wins(60, |trials, seed| best(AutoSampler::new(), trials, seed)) >= 9);
    // Evolution takes longer, and reaches further.
    assert!(wins(200, |trials, seed| best(RandomSampler::new(), trials, seed + 1000)) < 9);
    assert!(wins(200, |trials, seed| best(CmaEsSampler::new(), trials, seed)) >= 9);
}

#[test]
fn table_says_who_chose() {
    let ho = sweep(AutoSampler::new(), 30, 7);
    assert!(ho.sampler().starts_with("AutoSampler") && ho.sampler().contains("GpSampler"), "{}", ho.sampler());
}

fn points<S: Sampler + 'static>(sampler: S, pool: &ThreadPool) -> Vec<Point> {
    let ho = phyperopt!(
        pool,
        sampler = sampler,
        seed = 7,
        rate = log(1e-5..=1e-1),
        width = 1..=64,
        activation = ["tanh", "relu"],
        for _ in 0..40 {
            loss(rate, width, activation)
        }
    );
    ho.into_sweep().history().trials().iter().map(|trial| trial.point().clone()).collect()
}

#[test]
fn history_is_the_same_on_any_number_of_threads() {
    let [one, three] = [1, 3].map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().unwrap());
    assert_eq!(points(GpSampler::new(), &one), points(GpSampler::new(), &three));
    assert_eq!(points(CmaEsSampler::new(), &one), points(CmaEsSampler::new(), &three));
    assert_eq!(points(AutoSampler::new(), &one), points(AutoSampler::new(), &three));
}
