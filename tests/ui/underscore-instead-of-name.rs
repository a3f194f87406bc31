//! A hyperparameter that has no name.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        _ = [1.0, 2.0],
        for _ in 0..50 {
            1.0
        }
    );
}
