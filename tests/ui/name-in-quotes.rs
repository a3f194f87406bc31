//! A name is no string.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        "a" = [1.0, 2.0],
        for _ in 0..50 {
            1.0
        }
    );
}
