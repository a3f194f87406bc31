//! A setting that does not exist is taken for a hyperparameter.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampeler = RandomSampler::new(),
        a = 1..=8,
        for _ in 0..50 {
            a
        }
    );
}
