//! A sweep that is kept in a file: stop it at any moment, and run it again.
//!
//! `cargo run --release --features sqlite --example study`, with Ctrl-C in between, as often as you like.

use std::error::Error;
use std::thread;
use std::time::Duration;

use hyperopt::prelude::*;

/// Returns the loss after training with these settings, which takes a while.
fn train(rate: f64, layers: u32) -> f64 {
    thread::sleep(Duration::from_millis(20));
    (rate.log10() + 3.0).powi(2) + f64::from(layers.abs_diff(3))
}

fn main() -> Result<(), Box<dyn Error>> {
    let study = Study::open("sqlite:study.db")?.name("example");
    let ho = hyperopt!(
        study = study,
        sampler = TpeSampler::new(),
        rate = log(1e-5..=1e-1),
        layers = 1..=8,
        for i in 0..100 {
            let loss = train(rate, layers);
            println!("trial {i}: {loss:.3}");
            loss
        }
    );
    println!("{ho}");
    Ok(())
}
