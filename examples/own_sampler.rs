//! A sampler of one's own: half the trials anywhere, half around the best so far, ever closer.
//!
//! `cargo run --example own_sampler`

use hyperopt::prelude::*;
use hyperopt::{Draw, Error, History, Point, Sampler, Space};
use rand::RngExt;

/// Looks around the best trial at a distance that shrinks with the number of trials.
#[derive(Debug)]
struct Shrinking;

impl Sampler for Shrinking {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        let mut rng = draw.rng();
        let reach = 1.0 / (draw.number() as f64 + 1.0).sqrt();
        let best = history.best(draw.goal()).filter(|_| draw.number() % 2 == 1);
        let point = (0..space.len()).map(|axis| {
            let anywhere = rng.random::<f64>();
            match best.and_then(|(trial, _)| trial.point().get(axis)) {
                Some(unit) => unit + reach * (anywhere - 0.5),
                None => anywhere,
            }
        });
        Some(point.collect())
    }
}

/// A valley in three hyperparameters, its lowest point 0.
fn loss(x: f64, y: f64, steps: i32) -> f64 {
    (x - 0.7).powi(2) + (y.log10() + 2.0).powi(2) + f64::from(steps - 40).powi(2) / 1000.0
}

/// Returns the smallest loss of 100 trials.
fn sweep(sampler: impl Sampler + 'static, seed: u64) -> Result<f64, Error> {
    let ho = hyperopt!(
        sampler = sampler,
        seed = seed,
        x = 0.0..=1.0,
        y = log(1e-5..=1e-1),
        steps = 1..=64,
        for _ in 0..100 {
            loss(x, y, steps)
        }
    );
    ho.minimum()
}

fn main() -> Result<(), Error> {
    let mut wins = 0;
    for seed in 0..50 {
        wins += usize::from(sweep(Shrinking, seed)? < sweep(RandomSampler::new(), seed)?);
    }
    println!("closer to the best than random search with {wins} of 50 seeds");
    Ok(())
}
