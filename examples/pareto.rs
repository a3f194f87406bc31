//! A model for a small device: as little error as possible, in as few bytes as possible, and never too slow. No trial is the
//! best in both, so the sweep has two goals and ends in the trials that no other one beats.
//!
//! `cargo run --release --example pareto` prints them and draws `pareto.png`.

use std::error::Error;
use std::f64::consts::PI;

use hyperopt::prelude::*;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

/// Returns the curve of the sensor, and what it reads.
fn readings(count: u32, seed: u64) -> Vec<(f64, f64)> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let curve = |x: f64| (2.0 * PI * x).sin() + 0.5 * (7.0 * PI * x * x).cos();
    let mut reading = || {
        let x: f64 = rng.random();
        (x, curve(x) + rng.random_range(-0.1..=0.1))
    };
    (0..count).map(|_| reading()).collect()
}

/// A sum of cosines with random frequencies and phases: only the weights are learnt.
struct Model {
    cosines: Vec<(f64, f64)>,
    weights: Vec<f64>,
}

impl Model {
    fn features(&self, x: f64) -> impl Iterator<Item = f64> {
        self.cosines.iter().map(move |(frequency, phase)| (frequency * x + phase).cos())
    }

    fn predict(&self, x: f64) -> f64 {
        self.features(x).zip(&self.weights).map(|(feature, weight)| feature * weight).sum()
    }

    /// Ridge regression: the normal equations, solved by Gaussian elimination.
    fn train(data: &[(f64, f64)], features: usize, bandwidth: f64, ridge: f64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut cosine = || (rng.random_range(-bandwidth..=bandwidth), rng.random_range(0.0..=2.0 * PI));
        let mut model = Self { cosines: (0..features).map(|_| cosine()).collect(), weights: Vec::new() };
        let mut rows = vec![vec![0.0; features + 1]; features];
        for (row, values) in rows.iter_mut().enumerate() {
            values[row] = ridge;
        }
        for &(x, y) in data {
            let at: Vec<f64> = model.features(x).chain([y]).collect();
            for (row, values) in rows.iter_mut().enumerate() {
                values.iter_mut().zip(&at).for_each(|(value, other)| *value += at[row] * other);
            }
        }
        for pivot in 0..features {
            let (done, rest) = rows.split_at_mut(pivot + 1);
            for row in rest {
                let factor = row[pivot] / done[pivot][pivot];
                row.iter_mut().zip(&done[pivot]).for_each(|(value, other)| *value -= factor * other);
            }
        }
        model.weights = vec![0.0; features];
        for row in (0..features).rev() {
            let known: f64 = (row + 1..features).map(|column| rows[row][column] * model.weights[column]).sum();
            model.weights[row] = (rows[row][features] - known) / rows[row][row];
        }
        model
    }

    /// Rounds each weight to `bits` bits.
    fn quantized(mut self, bits: i32) -> Self {
        let largest = self.weights.iter().fold(1e-12, |largest: f64, weight| largest.max(weight.abs()));
        let step = largest / (2_f64.powi(bits - 1) - 1.0);
        self.weights.iter_mut().for_each(|weight| *weight = (*weight / step).round() * step);
        self
    }

    fn error(&self, data: &[(f64, f64)]) -> f64 {
        let squares = data.iter().map(|&(x, y)| (self.predict(x) - y).powi(2));
        (squares.sum::<f64>() / data.len() as f64).sqrt()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (seen, unseen) = (readings(200, 2), readings(200, 3));
    let ho = thyperopt!(
        sampler = Nsga2Sampler::new(),
        goal = [Minimize, Minimize],
        seed = 7,
        features = 2..=40,
        bandwidth = log(1.0..=100.0),
        ridge = log(1e-6..=1e1),
        bits = ordinal([3, 4, 6, 8, 12, 16]),
        for _ in 0..400 {
            let model = Model::train(&seen, features, bandwidth, ridge).quantized(bits);
            let bytes = (features as f64 * f64::from(bits) / 8.0).ceil();
            // A cosine takes 2 µs on the device, a multiplication of 8 bits or less 0.1 µs, a wider one 0.8 µs.
            let micros = features as f64 * if bits > 8 { 2.8 } else { 2.1 };
            Metrics::objectives([("error", model.error(&unseen)), ("bytes", bytes)])
                .with("µs", micros)
                .constraint("too slow", micros - 60.0)
        }
    );
    println!("{ho}");
    let small = ho.pareto()?.into_iter().filter(|trial| trial.values[1] <= 16.0);
    if let Some(trial) = small.min_by(|a, b| a.values[0].total_cmp(&b.values[0])) {
        let (p, bytes) = (trial.params, trial.values[1]);
        println!("in 16 bytes: {} cosines of {} bits, {bytes} bytes, error {:.3}", p.features, p.bits, trial.values[0]);
    }
    hyperopt_plot::pareto(&ho).save("pareto.png")?;
    Ok(())
}
