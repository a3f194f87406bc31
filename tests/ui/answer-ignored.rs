//! The answer of the pruner, thrown away.

#![deny(unused_must_use)]

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new()),
        a = [1.0, 2.0],
        for trial in 0..50 {
            trial.report(0, a);
            trial.should_prune();
            a
        }
    );
}
