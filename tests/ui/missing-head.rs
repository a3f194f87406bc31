//! A loop without a range.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        for _ in {
            a
        }
    );
}
