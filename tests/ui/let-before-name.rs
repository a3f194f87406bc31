//! A name is bound without `let`.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        let a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
