//! A network of fully connected layers: rectified linear units, and a softmax over ten classes at the end.

use std::mem;

use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use crate::data::Digit;

/// The number of units of a hidden layer, and the probability of dropout of each.
#[derive(Clone, Copy)]
pub(crate) struct Hidden {
    pub(crate) width: usize,
    pub(crate) dropout: f32,
}

pub(crate) struct Network {
    hidden: Vec<(Layer, f32)>,
    output: Layer,
    rng: ChaCha8Rng,
}

/// The score of a network on digits that it was not trained on.
pub(crate) struct Score {
    /// The mean of minus the logarithm of the probability that it gives to the right class.
    pub(crate) loss: f64,
    pub(crate) accuracy: f64,
}

impl Network {
    pub(crate) fn new(inputs: usize, hidden: &[Hidden]) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut below = inputs;
        let mut layer = |outputs| Layer::random(mem::replace(&mut below, outputs), outputs, &mut rng);
        let hidden = hidden.iter().map(|hidden| (layer(hidden.width), hidden.dropout)).collect();
        let output = layer(10);
        Self { hidden, output, rng }
    }

    /// Stochastic gradient descent, one digit at a time.
    pub(crate) fn train(&mut self, digits: &[Digit], epochs: usize, rate: f32) {
        let mut order: Vec<_> = digits.iter().collect();
        for _ in 0..epochs {
            order.shuffle(&mut self.rng);
            for digit in &order {
                self.step(digit, rate);
            }
        }
    }

    pub(crate) fn score(&self, digits: &[Digit]) -> Score {
        let (mut loss, mut right) = (0.0, 0);
        for digit in digits {
            let top =
                self.hidden.iter().fold(digit.pixels.clone(), |input, (layer, _)| rectified(layer.forward(&input)));
            let probabilities = softmax(self.output.forward(&top));
            let given = probabilities[digit.class];
            loss -= f64::from(given).max(1e-9).ln();
            right += usize::from(probabilities.iter().all(|&other| other <= given));
        }
        let count = digits.len() as f64;
        Score { loss: loss / count, accuracy: right as f64 / count }
    }

    fn step(&mut self, digit: &Digit, rate: f32) {
        let mut below = Vec::with_capacity(self.hidden.len());
        let mut top = digit.pixels.clone();
        for (layer, dropout) in &self.hidden {
            let mut units = rectified(layer.forward(&top));
            for unit in &mut units {
                // The units that are kept stand in for the others.
                *unit *= if self.rng.random::<f32>() < *dropout { 0.0 } else { 1.0 / (1.0 - dropout) };
            }
            below.push(mem::replace(&mut top, units));
        }

        let mut slopes = softmax(self.output.forward(&top));
        slopes[digit.class] -= 1.0;
        slopes = self.output.backward(&top, &slopes, rate);
        for ((layer, dropout), input) in self.hidden.iter_mut().zip(below).rev() {
            for (slope, unit) in slopes.iter_mut().zip(&top) {
                *slope *= if *unit > 0.0 { 1.0 / (1.0 - *dropout) } else { 0.0 };
            }
            slopes = layer.backward(&input, &slopes, rate);
            top = input;
        }
    }
}

struct Layer {
    inputs: usize,
    /// For each unit its weights, and its bias.
    weights: Vec<f32>,
}

impl Layer {
    /// As He and others draw weights, so that signals neither fade nor grow from layer to layer.
    fn random(inputs: usize, outputs: usize, rng: &mut ChaCha8Rng) -> Self {
        let reach = (6.0 / inputs as f32).sqrt();
        let weights = (0..outputs * (inputs + 1)).map(|_| rng.random_range(-reach..reach)).collect();
        Self { inputs, weights }
    }

    fn forward(&self, input: &[f32]) -> Vec<f32> {
        let unit = |row: &[f32]| row[self.inputs] + row.iter().zip(input).map(|(weight, x)| weight * x).sum::<f32>();
        self.weights.chunks(self.inputs + 1).map(unit).collect()
    }

    /// Moves the weights down the slopes of the loss, and returns its slopes with respect to the input.
    fn backward(&mut self, input: &[f32], slopes: &[f32], rate: f32) -> Vec<f32> {
        let mut below = vec![0.0; self.inputs];
        for (row, slope) in self.weights.chunks_mut(self.inputs + 1).zip(slopes) {
            for ((weight, x), below) in row.iter_mut().zip(input).zip(&mut below) {
                *below += *weight * slope;
                *weight -= rate * slope * x;
            }
            row[self.inputs] -= rate * slope;
        }
        below
    }
}

fn rectified(mut units: Vec<f32>) -> Vec<f32> {
    for unit in &mut units {
        *unit = unit.max(0.0);
    }
    units
}

fn softmax(mut units: Vec<f32>) -> Vec<f32> {
    let largest = units.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for unit in &mut units {
        *unit = (*unit - largest).exp();
    }
    let sum: f32 = units.iter().sum();
    for unit in &mut units {
        *unit /= sum;
    }
    units
}
