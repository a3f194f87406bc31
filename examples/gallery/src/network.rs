//! A network of one hidden layer, and stochastic gradient descent.

use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use crate::digits::{CLASSES, Digit, PIXELS};

/// The function of a hidden unit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Activation {
    Relu,
    Tanh,
    Sigmoid,
}

/// How a network is made and trained.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) rate: f64,
    pub(crate) momentum: f64,
    pub(crate) decay: f64,
    pub(crate) batch: usize,
    pub(crate) width: usize,
    pub(crate) activation: Activation,
}

/// A network with what its training keeps: it can be left after any epoch and trained on later.
#[derive(Clone)]
pub(crate) struct Network {
    settings: Settings,
    /// The weights of each hidden unit and its bias, then those of each class.
    weights: Vec<f32>,
    speed: Vec<f32>,
    epochs: u32,
}

/// The weights that lead to a unit of the hidden layer, or to a class.
const INPUTS: usize = PIXELS + 1;

impl Network {
    pub(crate) fn new(settings: Settings) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let count = settings.width * INPUTS + CLASSES * (settings.width + 1);
        let reach = |index: usize| if index < settings.width * INPUTS { INPUTS } else { settings.width + 1 };
        let weight = |index| rng.random_range(-1.0..1.0_f32) / (reach(index) as f32).sqrt();
        Self { settings, weights: (0..count).map(weight).collect(), speed: vec![0.0; count], epochs: 0 }
    }

    /// How many weights there are.
    pub(crate) fn size(&self) -> usize {
        self.weights.len()
    }

    /// Trains until the network has had `epochs` passes over the digits in total.
    pub(crate) fn train_to(&mut self, epochs: u32, digits: &[Digit]) {
        while self.epochs < epochs {
            // Seeded by the epoch: a generator for all epochs would have to be kept with the network.
            let mut order: Vec<&Digit> = digits.iter().collect();
            order.shuffle(&mut ChaCha8Rng::seed_from_u64(self.epochs.into()));
            order.chunks(self.settings.batch).for_each(|batch| self.step(batch));
            self.epochs += 1;
        }
    }

    /// Returns the mean cross-entropy; an error if the training has diverged.
    pub(crate) fn loss(&self, digits: &[Digit]) -> Result<f64, &'static str> {
        let mut hidden = vec![0.0; self.settings.width];
        let loss = |digit: &Digit| f64::from(-self.shares(digit, &mut hidden)[digit.label].max(1e-12).ln());
        let loss = digits.iter().map(loss).sum::<f64>() / digits.len() as f64;
        if loss.is_finite() && loss < 20.0 { Ok(loss) } else { Err("diverged") }
    }

    /// Returns the shares of the classes, with the hidden layer left in `hidden`.
    fn shares(&self, digit: &Digit, hidden: &mut [f32]) -> [f32; CLASSES] {
        let (first, second) = self.weights.split_at(self.settings.width * INPUTS);
        for (unit, weights) in hidden.iter_mut().zip(first.chunks_exact(INPUTS)) {
            let sum = weights[PIXELS] + dot(&weights[..PIXELS], &digit.pixels);
            *unit = match self.settings.activation {
                Activation::Relu => sum.max(0.0),
                Activation::Tanh => sum.tanh(),
                Activation::Sigmoid => 1.0 / (1.0 + (-sum).exp()),
            };
        }
        let mut shares = [0.0; CLASSES];
        for (share, weights) in shares.iter_mut().zip(second.chunks_exact(hidden.len() + 1)) {
            *share = weights[hidden.len()] + dot(&weights[..hidden.len()], hidden);
        }
        let most = shares.iter().copied().fold(f32::MIN, f32::max);
        let shares = shares.map(|share| (share - most).exp());
        let sum: f32 = shares.iter().sum();
        shares.map(|share| share / sum)
    }

    /// One step along the mean gradient of a batch.
    fn step(&mut self, batch: &[&Digit]) {
        let Settings { rate, momentum, decay, width, activation, .. } = self.settings;
        let mut slopes = vec![0.0; self.weights.len()];
        let mut hidden = vec![0.0; width];
        for digit in batch {
            let mut errors = self.shares(digit, &mut hidden);
            errors[digit.label] -= 1.0;
            let second = &self.weights[width * INPUTS..];
            let (first_slopes, second_slopes) = slopes.split_at_mut(width * INPUTS);
            for (slopes, error) in second_slopes.chunks_exact_mut(width + 1).zip(errors) {
                slopes.iter_mut().zip(&hidden).for_each(|(slope, unit)| *slope += error * unit);
                slopes[width] += error;
            }
            for (index, (slopes, unit)) in first_slopes.chunks_exact_mut(INPUTS).zip(&hidden).enumerate() {
                let back: f32 = errors.iter().zip(second.chunks_exact(width + 1)).map(|(e, w)| e * w[index]).sum();
                let error = back
                    * match activation {
                        Activation::Relu => f32::from(*unit > 0.0),
                        Activation::Tanh => 1.0 - unit * unit,
                        Activation::Sigmoid => unit * (1.0 - unit),
                    };
                slopes.iter_mut().zip(&digit.pixels).for_each(|(slope, pixel)| *slope += error * pixel);
                slopes[PIXELS] += error;
            }
        }
        let scale = 1.0 / batch.len() as f32;
        for ((weight, speed), slope) in self.weights.iter_mut().zip(&mut self.speed).zip(&slopes) {
            *speed = momentum as f32 * *speed - rate as f32 * (slope * scale + decay as f32 * *weight);
            *weight += *speed;
        }
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
