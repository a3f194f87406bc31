//! A sweep in TensorBoard: the learning curve of every trial, and the table of their hyperparameters.
//!
//! `cargo run --release --features tensorboard --example tensorboard`, then `tensorboard --logdir tensorboard-runs`.

use std::error::Error;

use hyperopt::prelude::*;
use hyperopt::write_tensorboard;

/// Fits a line to the planets' distances from the sun and their years, by gradient descent on logarithms: Kepler's third law.
fn train(rate: f64, momentum: f64, mut report: impl FnMut(u32, f64)) -> f64 {
    const PLANETS: [(f64, f64); 6] =
        [(0.387, 0.241), (0.723, 0.615), (1.0, 1.0), (1.524, 1.881), (5.203, 11.862), (9.537, 29.457)];
    let (mut slope, mut speed, mut loss) = (0.0, 0.0, f64::INFINITY);
    for epoch in 1..=20 {
        let errors = PLANETS.map(|(distance, year)| (distance.ln(), slope * distance.ln() - year.ln()));
        loss = errors.iter().map(|(_, error)| error * error).sum::<f64>() / 6.0;
        speed = momentum * speed - rate * errors.iter().map(|(x, error)| 2.0 * x * error).sum::<f64>() / 6.0;
        slope += speed;
        report(epoch, loss);
    }
    loss
}

fn main() -> Result<(), Box<dyn Error>> {
    let ho = hyperopt!(
        sampler = TpeSampler::new().pruner(MedianPruner::new()),
        seed = 7,
        rate = log(1e-3..=1.0),
        momentum = 0.0..=0.95,
        for trial in 0..20 {
            train(rate, momentum, |epoch, loss| trial.report(epoch, loss))
        }
    );
    println!("{ho}");
    println!("{}", ho.best()?);

    write_tensorboard(&ho, "tensorboard-runs")?;
    println!("written to tensorboard-runs");
    Ok(())
}
