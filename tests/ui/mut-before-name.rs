//! A hyperparameter is never `mut`.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        mut a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
