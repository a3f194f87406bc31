//! Half-typed: the value of a setting is still to come.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampler = ,
        seed,
        a = 1..=8,
        for _ in 0..50 {
            a
        }
    );
}
