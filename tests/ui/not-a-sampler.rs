//! A setting that is not a sampler.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampler = 7,
        a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
