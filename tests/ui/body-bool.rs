//! A body that is not a number.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        for _ in 0..50 {
            a > 1.5
        }
    );
}
