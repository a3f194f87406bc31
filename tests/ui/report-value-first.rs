//! A report in Optuna's order, the value before the step.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new()),
        a = [1.0, 2.0],
        for trial in 0..50 {
            trial.report(a, 0);
            a
        }
    );
}
