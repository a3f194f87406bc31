//! One name for two hyperparameters.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        a = [3.0, 4.0],
        for _ in 0..50 {
            a
        }
    );
}
