//! A setting that depends on a value of the trial.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = 1..=8,
        seed = a,
        for _ in 0..50 {
            a
        }
    );
}
