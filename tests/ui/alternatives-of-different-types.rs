//! Two sets of candidates, of two types.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        kernel = [true, false],
        a = if kernel { [1, 2] } else { ["a"] },
        for _ in 0..50 {
            let _ = a;
            1.0
        }
    );
}
