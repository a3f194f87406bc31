//! A function that does not exist.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = linerange(0.0, 1.0, 10),
        for _ in 0..50 {
            a
        }
    );
}
