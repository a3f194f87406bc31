//! A trial that reports, where the sampler has no pruner and the item of the loop is a number.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampler = RandomSampler::new(),
        a = [1.0, 2.0],
        for trial in 0..50 {
            trial.report(0, a);
            if trial.should_prune() {
                continue;
            }
            a
        }
    );
}
