//! A body over budgets that reads a state and ends with a number.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        a = [1.0, 2.0],
        for (resources, state) in 1..=9 {
            let model: Vec<f64> = state.unwrap_or_default();
            a / f64::from(resources) + model.len() as f64
        }
    );
}
