//! Budgets for a sampler that counts trials.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        for _ in 1.0..=81.0 {
            a
        }
    );
}
