//! Each mistake is reported, in one compile.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampler: RandomSampler::new();
        RandomSampler::new(),
        a = ,
        b in [1.0, 2.0]
        c = linrange(0.0, 1.0, 10)
        for _ in 0..50 {
            a + b + c
        }
    );
}
