//! A point whose values lack their names.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        try_first = [(1e-3, 2), 1e-2, (lr == 1e-3)],
        lr = log(1e-5..=1e-1),
        layers = 1..=4,
        for _ in 0..50 {
            lr * f64::from(layers)
        }
    );
}
