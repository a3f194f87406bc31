//! A `match` that forgets a case.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        layers = 1..=3,
        a = match layers {
            1 => [1.0, 2.0],
            2 => [3.0, 4.0],
        },
        for _ in 0..50 {
            a
        }
    );
}
