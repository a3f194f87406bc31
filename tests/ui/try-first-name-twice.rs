//! A point that gives two values to one hyperparameter.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        try_first = [(lr = 1e-3, lr = 1e-2)],
        lr = log(1e-5..=1e-1),
        for _ in 0..50 {
            lr
        }
    );
}
