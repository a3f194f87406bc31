//! The item of a loop whose sampler has a pruner, used as the number that it is elsewhere.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new()),
        a = [1.0, 2.0],
        for i in 0..50 {
            if i == 3 {
                continue;
            }
            a
        }
    );
}
