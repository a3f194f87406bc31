//! What pruning saves, and what it costs, on simulated curves of learning.

use super::*;
use crate::common::statistics::mean;

const EPOCHS: u64 = 30;
const TRIALS: usize = 60;

/// A number from 0 to 1 that looks random: `SplitMix64`.
fn noise(seed: u64, trial: usize, epoch: u64) -> f64 {
    let mut z = (seed << 40) ^ ((trial as u64) << 20) ^ epoch;
    for _ in 0..2 {
        z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
    }
    (z >> 11) as f64 / (1_u64 << 53) as f64
}

/// A validation loss: it falls to a floor that depends on rate and width, the faster the higher the rate; very high rates
/// diverge; and it is noisy.
fn validation(rate: f64, width: i32, epoch: u64, noise: f64) -> f64 {
    let (magnitude, epoch) = (rate.log10(), epoch as f64);
    let floor = 0.1 + 0.05 * (magnitude + 2.5).powi(2) + 0.002 * f64::from((width - 40).abs());
    let speed = 0.03 + 0.25 * ((magnitude + 5.0) / 5.0);
    let diverged = (magnitude + 0.7).max(0.0) * epoch;
    floor + 2.0 * (-speed * epoch).exp() + diverged + 0.04 * (noise - 0.5)
}

/// Returns the best loss of a sweep and the epochs that it ran. Every sweep of a seed has the same trials.
fn sweep(pruner: impl Pruner + 'static, seed: u64) -> (f64, f64) {
    let mut epochs = 0.0;
    let ho = hyperopt!(
        sampler = RandomSampler::new().pruner(pruner),
        seed = seed,
        rate = log(1e-5..=1.0),
        width = 8..=128,
        'sweep: for trial in 0..TRIALS {
            let mut loss = f64::NAN;
            for epoch in 0..EPOCHS {
                epochs += 1.0;
                loss = validation(rate, width, epoch, noise(seed, trial.number(), epoch));
                trial.report(epoch, loss);
                if trial.should_prune() {
                    continue 'sweep;
                }
            }
            loss
        }
    );
    (ho.minimum().unwrap_or(f64::INFINITY), epochs)
}

/// Never gives up.
#[derive(Debug)]
struct Never;

impl Pruner for Never {
    fn prune(&mut self, _: &[Trial], _: &Trial, _: Goal) -> bool {
        false
    }
}

/// Gives up by chance after five whole trials: what is saved without looking.
#[derive(Debug)]
struct Blind {
    seed: u64,
    rate: f64,
}

impl Pruner for Blind {
    fn prune(&mut self, _: &[Trial], trial: &Trial, _: Goal) -> bool {
        trial.number() >= 5 && noise(!self.seed, trial.number(), trial.reports().len() as u64) < self.rate
    }
}

/// Returns the chance at each report that gives trials `length` reports on average.
fn rate(length: f64) -> f64 {
    let (mut low, mut high) = (1e-9, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        let expected = (1.0 - (1.0_f64 - middle).powi(EPOCHS as i32)) / middle;
        *(if expected > length { &mut low } else { &mut high }) = middle;
    }
    low
}

/// What each pruner is held to: the share of all epochs that it may run, and by how much its best loss may be above that of
/// whole trials, on average. The losses of the trials spread over more than 1.
fn holds(pruner: impl Fn() -> Box<dyn Pruner>, most: f64, dearer: f64) {
    for seeds in [0..40, 40..80] {
        let (mut losses, mut blind_losses) = (Vec::new(), Vec::new());
        let (mut run, mut blind_run) = (0.0, 0.0);
        for seed in seeds.clone() {
            let (whole, all) = sweep(Never, seed);
            let (best, epochs) = sweep(pruner(), seed);
            run += epochs / all / 40.0;
            losses.push(best - whole);
            // As many epochs, but for the five trials that Blind runs to their end.
            let length = (epochs - 5.0 * EPOCHS as f64).max(60.0) / (TRIALS - 5) as f64;
            let (best, epochs) = sweep(Blind { seed, rate: rate(length) }, seed);
            blind_run += epochs / all / 40.0;
            blind_losses.push(best - whole);
        }
        let (loss, error) = mean(&losses);
        assert!(run < most, "{run}");
        assert!(loss + 3.0 * error < dearer, "{loss} ± {error}");
        // The control runs as many epochs, and fails what the pruner holds: by itself, and seed by seed.
        assert!((0.9..1.1).contains(&(blind_run / run)), "{blind_run} {run}");
        assert!(mean(&blind_losses).0 > dearer, "{:?}", mean(&blind_losses));
        let differences: Vec<_> = blind_losses.iter().zip(&losses).map(|(blind, loss)| blind - loss).collect();
        let (difference, error) = mean(&differences);
        assert!(difference > 3.0 * error, "{difference} ± {error}");
    }
}

#[test]
fn the_median_saves_more_than_half_at_little_cost() {
    holds(|| Box::new(MedianPruner::new().n_warmup_steps(2)), 0.4, 0.03);
}

#[test]
fn successive_halving_saves_more_at_more_cost() {
    holds(|| Box::new(SuccessiveHalvingPruner::new().min_resource(2).reduction_factor(3)), 0.3, 0.05);
}
