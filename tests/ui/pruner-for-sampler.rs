//! A pruner without a sampler before it.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampler = MedianPruner::new(),
        a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
