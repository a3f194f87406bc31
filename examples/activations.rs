//! Which activation should a small network have? Functions are candidates like any other, named in the table by their source
//! text; the trials run on all cores.
//!
//! `cargo run --release --example activations` prints the best trials and draws `activations.png`.

use std::error::Error;
use std::f64::consts::PI;

use hyperopt::prelude::*;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

/// A value, and the derivative there.
type Activation = fn(f64) -> (f64, f64);

fn tanh(x: f64) -> (f64, f64) {
    let y = x.tanh();
    (y, 1.0 - y * y)
}

fn relu(x: f64) -> (f64, f64) {
    if x > 0.0 { (x, 1.0) } else { (0.0, 0.0) }
}

fn sine(x: f64) -> (f64, f64) {
    (x.sin(), x.cos())
}

fn gaussian(x: f64) -> (f64, f64) {
    let y = (-x * x).exp();
    (y, -2.0 * x * y)
}

/// One hidden unit: what it makes of `x`, and how much of it the output gets.
struct Unit {
    slope: f64,
    offset: f64,
    output: f64,
}

/// Returns the curve to learn.
fn target(x: f64) -> f64 {
    (3.0 * PI * x).cos() * (1.0 - x.abs())
}

/// Points evenly spaced on the curve.
fn curve(points: u32) -> Vec<(f64, f64)> {
    let xs = (0..points).map(|i| 2.0 * f64::from(i) / f64::from(points - 1) - 1.0);
    xs.map(|x| (x, target(x))).collect()
}

fn predict(units: &[Unit], activation: Activation, x: f64) -> f64 {
    units.iter().map(|unit| unit.output * activation(unit.slope * x + unit.offset).0).sum()
}

/// Returns the mean squared error after 2,000 steps of gradient descent, measured between the points learnt from.
fn train(activation: Activation, width: usize, spread: f64, rate: f64) -> f64 {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut any = |reach: f64| rng.random_range(-reach..=reach);
    let mut units: Vec<_> =
        (0..width).map(|_| Unit { slope: any(spread), offset: any(spread), output: any(0.5) }).collect();

    let points = curve(32);
    for _ in 0..2000 {
        let errors: Vec<_> = points.iter().map(|&(x, y)| (x, predict(&units, activation, x) - y)).collect();
        for unit in &mut units {
            let (mut slope, mut offset, mut output) = (0.0, 0.0, 0.0);
            for &(x, error) in &errors {
                let (value, derivative) = activation(unit.slope * x + unit.offset);
                output += error * value;
                offset += error * unit.output * derivative;
                slope += error * unit.output * derivative * x;
            }
            let step = rate / points.len() as f64;
            unit.slope -= step * slope;
            unit.offset -= step * offset;
            unit.output -= step * output;
        }
    }
    let unseen = curve(101);
    unseen.iter().map(|&(x, y)| (predict(&units, activation, x) - y).powi(2)).sum::<f64>() / unseen.len() as f64
}

fn main() -> Result<(), Box<dyn Error>> {
    let ho = thyperopt!(
        seed = 7,
        activation = [tanh, relu, sine, gaussian],
        width = 4..=32,
        spread = log(0.5..=20.0),
        rate = log(1e-2..=1e0),
        for _ in 0..100 {
            train(activation, width, spread, rate)
        }
    );
    println!("{ho}");
    hyperopt_plot::plot(&ho).save("activations.png")?;
    println!("drawn in activations.png");
    Ok(())
}
