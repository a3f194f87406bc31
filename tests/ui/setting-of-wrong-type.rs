//! A setting of the wrong type.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        seed = "seven",
        a = 1..=8,
        for _ in 0..50 {
            a
        }
    );
}
