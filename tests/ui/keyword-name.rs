//! A hyperparameter that bears the name of a keyword.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        type = [1.0, 2.0],
        for _ in 0..50 {
            1.0
        }
    );
}
