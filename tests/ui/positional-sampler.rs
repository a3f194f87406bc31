//! A setting without its name.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        RandomSampler::new(),
        a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
