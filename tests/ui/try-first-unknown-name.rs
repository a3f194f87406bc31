//! A point that gives a value to a hyperparameter that does not exist.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        try_first = [(lr = 1e-3, layer = 2)],
        lr = log(1e-5..=1e-1),
        layers = 1..=4,
        for _ in 0..50 {
            lr * f64::from(layers)
        }
    );
}
