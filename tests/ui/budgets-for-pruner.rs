//! Budgets in the head, where the sampler has a pruner.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new()),
        a = [1.0, 2.0],
        for (resources, state) in 1.0..=81.0 {
            let _: Option<()> = state;
            a / resources
        }
    );
}
