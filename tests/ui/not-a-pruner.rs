//! A name where a pruner belongs.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampler = RandomSampler::new().pruner("median"),
        a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
