//! How many layers does a network for handwritten digits need, and how wide is each?
//!
//! `cargo run --release -p layers` sweeps the number of hidden layers, the width of each of them that there is, and, if units
//! are to be left out in training, how often in each layer. It runs two trials at a time, prints the best, and writes
//! `layers.png`.

mod data;
mod network;

use std::error::Error;

use data::{Digits, PIXELS};
use hyperopt::prelude::*;
use network::{Hidden, Network};

fn main() -> Result<(), Box<dyn Error>> {
    let digits = Digits::load();

    let ho = phyperopt!(
        workers(2),
        seed = 7,
        progress = true,
        rate = log(1e-3..=1e-1),
        layers = 1..=3,
        width_1 = log(4..=64),
        width_2 = if layers >= 2 {
            log(4..=64)
        },
        width_3 = if layers >= 3 {
            log(4..=64)
        },
        dropout = [true, false],
        dropout_1 = if dropout {
            0.0..=0.5
        },
        dropout_2 = if dropout && width_2.is_some() {
            0.0..=0.5
        },
        dropout_3 = if dropout && width_3.is_some() {
            0.0..=0.5
        },
        for _ in 0..60 {
            let widths = [Some(width_1), width_2, width_3];
            let dropouts = [dropout_1, dropout_2, dropout_3];
            let layer = |(width, dropout): (_, Option<f64>)| Hidden { width, dropout: dropout.unwrap_or(0.0) as f32 };
            let hidden: Vec<_> = widths.into_iter().flatten().zip(dropouts).map(layer).collect();
            debug_assert_eq!(hidden.len(), layers);

            let mut network = Network::new(PIXELS, &hidden);
            // What leaves units out learns more slowly.
            let epochs = if dropout { 20 } else { 10 };
            network.train(&digits.train, epochs, rate as f32);
            let score = network.score(&digits.unseen);
            Metrics::new(score.loss).with("accuracy", score.accuracy)
        }
    );
    println!("{ho}");
    hyperopt_plot::plot(&ho).save("layers.png")?;
    println!("drawn in layers.png");

    let best = ho.best()?.params;
    let widths = [Some(best.width_1), best.width_2, best.width_3];
    let shape: Vec<_> = widths.iter().flatten().map(ToString::to_string).collect();
    println!("the best network has {} units in its hidden layers", shape.join(", "));
    Ok(())
}
