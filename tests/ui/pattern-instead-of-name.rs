//! A pattern where a name belongs.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        (a, b) = ([1.0, 2.0], [3.0, 4.0]),
        for _ in 0..50 {
            1.0
        }
    );
}
