//! Logistic regression by stochastic gradient descent, where the cost is the epochs: trials that fall behind are pruned.
//!
//! `cargo run --release --example pruning`

use hyperopt::Error;
use hyperopt::prelude::*;
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

const FEATURES: usize = 20;
const EPOCHS: usize = 40;

/// Features, and whether the class is the first.
type Example = ([f64; FEATURES], bool);

/// Two classes on either side of a plane, with some labels wrong.
fn examples(count: usize, rng: &mut ChaCha8Rng) -> Vec<Example> {
    let example = |_| {
        let x: [f64; FEATURES] = std::array::from_fn(|_| rng.random_range(-1.0..1.0));
        let side = x.iter().enumerate().map(|(i, x)| x * (1.0 - i as f64 / 10.0)).sum::<f64>();
        (x, (side > 0.0) ^ rng.random_bool(0.1))
    };
    (0..count).map(example).collect()
}

/// A plane, and the learning rate with which it moves.
struct Model {
    weights: [f64; FEATURES],
    rate: f64,
    decay: f64,
    rng: ChaCha8Rng,
}

impl Model {
    fn new(rate: f64, decay: f64) -> Self {
        Self { weights: [0.0; FEATURES], rate, decay, rng: ChaCha8Rng::seed_from_u64(1) }
    }

    fn probability(&self, x: &[f64; FEATURES]) -> f64 {
        let score: f64 = self.weights.iter().zip(x).map(|(weight, x)| weight * x).sum();
        1.0 / (1.0 + (-score).exp())
    }

    /// One pass over the examples, in a new order.
    fn epoch(&mut self, examples: &mut [Example]) {
        examples.shuffle(&mut self.rng);
        for (x, class) in &*examples {
            let error = self.probability(x) - f64::from(u8::from(*class));
            for (weight, x) in self.weights.iter_mut().zip(x) {
                *weight -= self.rate * (error * x + self.decay * *weight);
            }
        }
    }

    /// Returns the mean cross-entropy.
    fn loss(&self, examples: &[Example]) -> f64 {
        let loss = |(x, class): &Example| {
            let p = self.probability(x).clamp(1e-12, 1.0 - 1e-12);
            -(if *class { p } else { 1.0 - p }).ln()
        };
        examples.iter().map(loss).sum::<f64>() / examples.len() as f64
    }
}

fn main() -> Result<(), Error> {
    let mut rng = ChaCha8Rng::seed_from_u64(0);
    let mut train = examples(400, &mut rng);
    let valid = examples(400, &mut rng);

    let mut epochs = 0;
    let ho = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new().n_warmup_steps(2)),
        seed = 7,
        rate = log(1e-5..=1.0),
        decay = log(1e-6..=1e-1),
        'sweep: for trial in 0..100 {
            let mut model = Model::new(rate, decay);
            for epoch in 0..EPOCHS {
                model.epoch(&mut train);
                epochs += 1;
                trial.report(epoch, model.loss(&valid));
                if trial.should_prune() {
                    continue 'sweep;
                }
            }
            model.loss(&valid)
        }
    );
    println!("{ho}");
    println!("{epochs} epochs in place of {}", ho.len() * EPOCHS);
    println!("best loss {:.4}", ho.best()?.value);
    Ok(())
}
