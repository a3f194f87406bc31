//! A warm start: points to try first, priors, and the good trials of another data set.
//!
//! `cargo run --example warm_start`

use hyperopt::Error;
use hyperopt::prelude::*;

/// Stands for the validation error of a network after some epochs on one of two data sets.
fn error(data: f64, epochs: i32, lr: f64, width: i32, dropout: f64) -> f64 {
    let learnt = 1.0 - (-f64::from(epochs) / 10.0).exp();
    let misfit = (lr.log10() + 2.5 + data).powi(2) + (f64::from(width).log2() - 6.0).powi(2) / 20.0;
    1.0 - learnt * (0.9 - 0.1 * misfit - (dropout - 0.2 - data / 5.0).powi(2))
}

fn main() -> Result<(), Error> {
    // A small data set, where the settings that have served so far come first.
    let small = hyperopt!(
        seed = 7,
        try_first = [(lr = 1e-3, width = 64, dropout = 0.5), (lr = 1e-2)],
        lr = log(1e-5..=1e-1),
        width = log(8..=512),
        dropout = 0.0..=0.6,
        for _ in 0..60 {
            error(0.0, 30, lr, width, dropout)
        }
    );
    println!("{small}");

    // A large one of the same kind: what was good on the small one is likely to be good here.
    let large = hyperopt!(
        sampler = PriorBand::new(),
        seed = 7,
        transfer = &small,
        lr = log(1e-5..=1e-1),
        width = log(8..=512),
        dropout = 0.0..=0.6,
        for (epochs, _) in 1..=27 {
            error(0.2, epochs, lr, width, dropout)
        }
    );
    println!("{large}");

    // Without another sweep, a belief can be written down.
    let believed = hyperopt!(
        sampler = PriorBand::new(),
        seed = 7,
        lr = log(1e-5..=1e-1).prior(3e-3),
        width = log(8..=512).prior(64).confidence(Confidence::Low),
        dropout = 0.0..=0.6,
        for (epochs, _) in 1..=27 {
            error(0.2, epochs, lr, width, dropout)
        }
    );
    println!("{:.3} with what was learnt, {:.3} with what was believed", large.best()?.value, believed.best()?.value);
    Ok(())
}
