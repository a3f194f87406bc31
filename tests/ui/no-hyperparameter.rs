//! Nothing to sweep.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        seed = 7,
        for _ in 0..50 {
            1.0
        }
    );
}
