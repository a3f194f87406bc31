//! One setting twice.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        seed = 1,
        seed = 2,
        a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
