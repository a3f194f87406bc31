//! Which way to sweep finds the better settings within as many epochs?

use std::error::Error;
use std::ops::RangeInclusive;

use burn::tensor::Device;
use hyperopt::Sampler;
use hyperopt::prelude::*;

use crate::data::Digits;
use crate::training::{Settings, Training};

const SEEDS: u64 = 11;

pub(crate) fn compare(digits: &Digits, device: &Device) -> Result<(), Box<dyn Error>> {
    // Where the smallest budget is the largest, a round of Hyperband is one trial.
    let random = Hyperband::new(3.0).rounds(30);
    let hyperband = Hyperband::new(3.0).rounds(2);
    let bohb = Bohb::new().rounds(2);

    println!("{:13}   {:>6}   {:>8}   {:>8}   {:>8}", "", "epochs", "lowest", "median", "highest");
    row("random search", (0..SEEDS).map(|seed| sweep(random.clone(), 27..=27, seed, digits, device)))?;
    row("Hyperband", (0..SEEDS).map(|seed| sweep(hyperband.clone(), 1..=27, seed, digits, device)))?;
    row("BOHB", (0..SEEDS).map(|seed| sweep(bohb.clone(), 1..=27, seed, digits, device)))?;
    println!("the lowest validation loss after 27 epochs, seeds 0 to {}", SEEDS - 1);
    Ok(())
}

/// The cost of a sweep, and the loss that it found.
struct Found {
    epochs: usize,
    loss: f64,
}

fn sweep<S: Sampler + 'static>(
    sampler: Hyperband<S>,
    budgets: RangeInclusive<usize>,
    seed: u64,
    digits: &Digits,
    device: &Device,
) -> Result<Found, Box<dyn Error>> {
    let mut trained = 0;
    let ho = hyperopt!(
        sampler = sampler,
        seed = seed,
        lr = log(1e-5..=1.0),
        decay = 0.8..=1.0,
        weight_decay = log(1e-6..=1.0),
        batch = ordinal([16, 32, 64, 128]),
        width = log(8..=128),
        depth = 1..=3,
        for (epochs, state) in budgets {
            let settings = Settings { lr, decay, weight_decay, batch, width, depth };
            let mut run = state.unwrap_or_else(|| Training::new(settings, device));
            trained += epochs - run.epochs();
            run.train_to(epochs, &digits.train);
            (run.loss(&digits.validation)?, run)
        }
    );
    Ok(Found { epochs: trained, loss: ho.best()?.value })
}

fn row(name: &str, sweeps: impl Iterator<Item = Result<Found, Box<dyn Error>>>) -> Result<(), Box<dyn Error>> {
    let mut found: Vec<_> = sweeps.collect::<Result<_, _>>()?;
    found.sort_by(|a, b| a.loss.total_cmp(&b.loss));
    if let (Some(lowest), Some(median), Some(highest)) = (found.first(), found.get(found.len() / 2), found.last()) {
        let losses = [lowest, median, highest].map(|found| format!("   {:>8.4}", found.loss)).concat();
        println!("{name:13}   {:>6}{losses}", median.epochs);
    }
    Ok(())
}
