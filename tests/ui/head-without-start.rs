//! A range without a start.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        for _ in ..=50 {
            a
        }
    );
}
