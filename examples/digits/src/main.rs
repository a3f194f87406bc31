//! How is a small network best trained to read digits, within a budget of epochs?
//!
//! `cargo run --release --manifest-path examples/digits/Cargo.toml` sweeps six hyperparameters by BOHB, prints the best
//! trials, and writes `digits.png` and `digits-rungs.png`. Every configuration is trained for one epoch, or three, or nine;
//! the best of them are trained on, to 27 in the end.
//!
//! With ` -- --compare` behind it, it runs that sweep with eleven seeds, and as many by Hyperband alone and by random search.

mod compare;
mod data;
mod model;
mod training;

use std::error::Error;

use burn::tensor::Device;
use data::Digits;
use hyperopt::prelude::*;
use training::{Settings, Training};

fn main() -> Result<(), Box<dyn Error>> {
    let device = Device::flex();
    let digits = Digits::load(&device);
    if std::env::args().any(|argument| argument == "--compare") {
        return compare::compare(&digits, &device);
    }

    let ho = hyperopt!(
        sampler = Bohb::new().rounds(2),
        seed = 7,
        progress = true,
        lr = log(1e-5..=1.0),
        decay = 0.8..=1.0,
        weight_decay = log(1e-6..=1.0),
        batch = ordinal([16, 32, 64, 128]),
        width = log(8..=128),
        depth = 1..=3,
        for (epochs, state) in 1..=27 {
            let settings = Settings { lr, decay, weight_decay, batch, width, depth };
            let mut run = state.unwrap_or_else(|| Training::new(settings, &device));
            run.train_to(epochs, &digits.train);
            (run.loss(&digits.validation)?, run)
        }
    );
    println!("{ho}");
    hyperopt_plot::plot(&ho).save("digits.png")?;
    hyperopt_plot::rungs(&ho).save("digits-rungs.png")?;
    println!("drawn in digits.png and digits-rungs.png");

    let best = ho.best()?.params;
    let settings = Settings {
        lr: best.lr,
        decay: best.decay,
        weight_decay: best.weight_decay,
        batch: best.batch,
        width: best.width,
        depth: best.depth,
    };
    let mut run = Training::new(settings, &device);
    run.train_to(27, &digits.train);
    println!("\nthe best trial, trained again in one go:");
    println!("  {:.4}  its loss on the validation digits", run.loss(&digits.validation)?);
    println!("  {:.1} %  of the test digits are read correctly", 100.0 * run.accuracy(&digits.test)?);
    Ok(())
}
