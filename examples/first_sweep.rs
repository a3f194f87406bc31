//! The first sweep: a loop, its candidates, its table and its picture.
//!
//! `cargo run --example first_sweep`

use std::error::Error;

use hyperopt::prelude::*;

/// Stands for a training run: the loss after training with these settings.
fn train(a: f64, b: bool, c: f64) -> f64 {
    (a - 3.0).powi(2) + if b { 0.0 } else { 1.0 } + c.log10().powi(2)
}

fn main() -> Result<(), Box<dyn Error>> {
    let ho = hyperopt!(
        seed = 7,
        a = linrange(1.0, 5.0, 1000),
        b = [true, false],
        c = exp_linrange(-1.0, 3.0, 1000),
        for _ in 0..50 {
            train(a, b, c)
        }
    );
    println!("{ho}");
    let best = ho.best()?;
    println!("{} at a = {}", best.value, best.params.a);
    hyperopt_plot::plot(&ho).save("first_sweep.png")?;
    Ok(())
}
