//! A guard that is no truth value.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        layers = 1..=3,
        a = if layers { [1.0] } else { [2.0] },
        for _ in 0..50 {
            a
        }
    );
}
