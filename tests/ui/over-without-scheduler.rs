//! Budgets for a sweep whose sampler counts trials.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(x = 0.0..=1.0).over(1..=81);
}
