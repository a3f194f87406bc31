//! Three sets of candidates, of two types.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        layers = 1..=3,
        a = match layers {
            1 => [1, 2],
            2 => ["one"],
            _ => [3, 4],
        },
        for _ in 0..50 {
            let _ = a;
            1.0
        }
    );
}
