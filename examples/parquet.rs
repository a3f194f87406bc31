//! A sweep as a Parquet file, which polars, pandas and DuckDB read with its types: integers, numbers, Booleans, text, and null
//! where a hyperparameter does not exist.
//!
//! `cargo run --release --features parquet --example parquet`, then in Python
//! `polars.read_parquet("sweep.parquet").group_by("method").agg(polars.col("objective").min())`.

use std::error::Error;
use std::fs::File;

use hyperopt::prelude::*;
use hyperopt::write_parquet;

/// Integrates exp(-x²) from 0 to 1; returns the value and how often the function was called.
fn integrate(method: &str, steps: i32, levels: Option<i32>) -> (f64, i32) {
    let f = |x: f64| (-x * x).exp();
    let trapezoids = |steps: i32| {
        let width = 1.0 / f64::from(steps);
        let inner: f64 = (1..steps).map(|i| f(f64::from(i) * width)).sum();
        width * (inner + (f(0.0) + f(1.0)) / 2.0)
    };
    match (method, levels) {
        ("Romberg", Some(levels)) => {
            let mut row: Vec<f64> = (0..=levels).map(|level| trapezoids(steps << level)).collect();
            for order in 1..=levels {
                let factor = 4.0_f64.powi(order);
                row = row.windows(2).map(|pair| (factor * pair[1] - pair[0]) / (factor - 1.0)).collect();
            }
            (row[0], (steps << levels) + 1)
        }
        _ => (trapezoids(steps), steps + 1),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let ho = hyperopt!(
        seed = 7,
        method = ["trapezoids", "Romberg"],
        steps = log(1..=1000),
        levels = if method == "Romberg" {
            1..=4
        },
        for _ in 0..200 {
            let (value, calls) = integrate(method, steps, levels);
            let digits = (value - 0.746_824_132_812_427).abs().max(1e-15).log10();
            Metrics::new(digits).with("calls", calls.into()).constraint("calls - 100", f64::from(calls - 100))
        }
    );
    println!("{ho}");
    println!("{}", ho.best()?);
    write_parquet(&ho, File::create("sweep.parquet")?)?;
    println!("written to sweep.parquet");
    Ok(())
}
