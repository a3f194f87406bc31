//! How should a small network of candle be trained to read digits?
//!
//! `cargo run --release --manifest-path examples/candle/Cargo.toml` sweeps the width, the activation and the optimiser of a
//! perceptron on 8 × 8 pixels. A trial reports its loss after every epoch, and a pruner ends those that learn too slowly.
//! Prints the best trials and how well the winner reads digits that no trial has seen.

mod data;

use std::error::Error;

use candle_core::{D, Device, Result, Tensor, Var};
use candle_nn::{Activation, AdamW, Linear, Module, Optimizer, ParamsAdamW, Sequential, loss, seq};
use data::{CLASSES, Digits, PIXELS, Part};
use hyperopt::prelude::*;
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use rand::{Rng, RngExt, SeedableRng};

const EPOCHS: u64 = 12;

/// What is swept.
#[derive(Clone, Copy)]
struct Settings {
    width: usize,
    activation: Activation,
    lr: f64,
    weight_decay: f64,
    batch: usize,
}

/// A network and all that is needed to train it further.
struct Training {
    model: Sequential,
    optimizer: AdamW,
    batch: usize,
    rng: ChaCha8Rng,
}

impl Training {
    fn new(settings: &Settings) -> Result<Self> {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut vars = Vec::new();
        let model = seq()
            .add(linear(PIXELS, settings.width, &mut rng, &mut vars)?)
            .add(settings.activation)
            .add(linear(settings.width, CLASSES, &mut rng, &mut vars)?);
        let Settings { lr, weight_decay, batch, .. } = *settings;
        let optimizer = AdamW::new(vars, ParamsAdamW { lr, weight_decay, ..ParamsAdamW::default() })?;
        Ok(Self { model, optimizer, batch, rng })
    }

    /// Trains for one epoch: every digit once, in a new order.
    fn epoch(&mut self, digits: &Part) -> Result<()> {
        let mut order: Vec<u32> = (0..digits.len() as u32).collect();
        order.shuffle(&mut self.rng);
        for batch in order.chunks(self.batch) {
            let batch = digits.select(batch)?;
            let loss = loss::cross_entropy(&self.model.forward(&batch.images)?, &batch.labels)?;
            self.optimizer.backward_step(&loss)?;
        }
        Ok(())
    }

    fn loss(&self, digits: &Part) -> Result<f32> {
        loss::cross_entropy(&self.model.forward(&digits.images)?, &digits.labels)?.to_scalar()
    }

    /// Returns the share of digits that are read correctly.
    fn accuracy(&self, digits: &Part) -> Result<f32> {
        let read = self.model.forward(&digits.images)?.argmax(D::Minus1)?;
        read.eq(&digits.labels)?.to_dtype(candle_core::DType::F32)?.mean_all()?.to_scalar()
    }
}

/// A layer with candle's own distribution of initial weights, drawn from `rng`: candle's generator on the CPU has no seed.
fn linear(inputs: usize, outputs: usize, rng: &mut impl Rng, vars: &mut Vec<Var>) -> Result<Linear> {
    let bound = (inputs as f32).sqrt().recip();
    let mut draw = |count| (0..count).map(|_| rng.random_range(-bound..=bound)).collect::<Vec<_>>();
    let weight = Var::from_vec(draw(outputs * inputs), (outputs, inputs), &Device::Cpu)?;
    let bias = Var::from_vec(draw(outputs), outputs, &Device::Cpu)?;
    vars.extend([weight.clone(), bias.clone()]);
    Ok(Linear::new(weight.as_tensor().clone(), Some(bias.as_tensor().clone())))
}

fn main() -> std::result::Result<(), Box<dyn Error>> {
    let digits = Digits::load()?;

    let ho = hyperopt!(
        into = Settings,
        sampler = TpeSampler::new().pruner(MedianPruner::new()),
        seed = 7,
        width = log(8..=128),
        activation =
            categorical([Activation::Relu, Activation::Gelu, Activation::Silu]).labels(["relu", "gelu", "silu"]),
        lr = log(1e-4..=1e-1),
        weight_decay = log(1e-6..=1.0),
        batch = ordinal([16, 32, 64, 128]),
        'sweep: for trial in 0..40 {
            let settings = Settings { width, activation, lr, weight_decay, batch };
            let mut training = Training::new(&settings)?;
            for epoch in 1..=EPOCHS {
                training.epoch(&digits.train)?;
                trial.report(epoch, training.loss(&digits.validation)?);
                if trial.should_prune() {
                    continue 'sweep;
                }
            }
            training.loss(&digits.validation)?
        }
    );
    println!("{ho}");

    let best = ho.best()?;
    let mut winner = Training::new(&best.params)?;
    for _ in 0..EPOCHS {
        winner.epoch(&digits.train)?;
    }
    println!("{best}");
    println!("trained again, the winner reads {:.1} % of the test digits", 100.0 * winner.accuracy(&digits.test)?);
    Ok(())
}
