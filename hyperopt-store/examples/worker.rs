//! A worker of a study: started any number of times, on any number of machines that reach `DATABASE_URL`.
//!
//! `worker [TRIALS] [SECONDS]` takes part in the study `wine` until it has had `TRIALS` trials, 300 if it is not given, each of
//! which lasts `SECONDS` at least. It prints the number of each trial that it runs, and what came of it.

use std::env;
use std::error::Error;
use std::thread;
use std::time::Duration;

use hyperopt::prelude::*;
use hyperopt_store::Study;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let trials: u64 = arguments.next().map_or(Ok(300), |text| text.parse())?;
    let pause = Duration::from_secs_f64(arguments.next().map_or(Ok(0.0), |text| text.parse())?);
    let url = env::var("DATABASE_URL").map_err(|_| "DATABASE_URL is not set; try `sqlite:sweep.db`")?;
    let ho = phyperopt!(
        study = Study::open(&url)?.name("wine"),
        sampler = TpeSampler::new(),
        seed = 1,
        rate = log(1e-3..=1.0),
        decay = log(1e-6..=1e-1),
        batch = [8, 16, 32],
        for trial in 0..trials {
            thread::sleep(pause);
            let error = train(rate, decay, batch);
            println!("{trial} {error}");
            error
        }
    );
    match ho.error() {
        Some(error) => Err(error.to_string().into()),
        None => Ok(()),
    }
}

const SAMPLES: usize = 192;
const FEATURES: usize = 8;

/// Fits a line to noisy samples by gradient descent in batches; gives the mean squared error on samples that it has not seen.
fn train(rate: f64, decay: f64, batch: usize) -> f64 {
    let samples: Vec<_> = (0..SAMPLES).map(sample).collect();
    let (seen, unseen) = samples.split_at(SAMPLES / 2);
    let mut weights = [0.0; FEATURES];
    for _ in 0..30 {
        for batch in seen.chunks(batch) {
            let mut gradient = weights.map(|weight| weight * decay);
            for (features, target) in batch {
                let residual = predict(&weights, features) - target;
                for (slope, feature) in gradient.iter_mut().zip(features) {
                    *slope += residual * feature / batch.len() as f64;
                }
            }
            for (weight, slope) in weights.iter_mut().zip(gradient) {
                *weight -= rate * slope;
            }
        }
    }
    let squares = unseen.iter().map(|(features, target)| (predict(&weights, features) - target).powi(2));
    squares.sum::<f64>() / unseen.len() as f64
}

fn predict(weights: &[f64; FEATURES], features: &[f64; FEATURES]) -> f64 {
    weights.iter().zip(features).map(|(weight, feature)| weight * feature).sum()
}

/// Features, and what is to be said of them: the same ones in each process.
fn sample(index: usize) -> ([f64; FEATURES], f64) {
    // Multiples of an irrational number are spread evenly.
    let noise =
        |place: usize| ((index * (FEATURES + 1) + place + 1) as f64 * 0.754_877_666_246_692_8).fract() * 2.0 - 1.0;
    let features: [f64; FEATURES] = std::array::from_fn(noise);
    let target = features.iter().enumerate().map(|(place, feature)| feature * (place as f64 - 3.5)).sum::<f64>();
    (features, target + 0.3 * noise(FEATURES))
}
