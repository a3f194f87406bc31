//! Candidates without a name.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        [1.0, 2.0],
        a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
