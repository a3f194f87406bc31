//! A hyperparameter after the loop.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        for _ in 0..50 {
            a
        },
        a = [1.0, 2.0],
    );
}
