//! A `for` loop is left without a value.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        for _ in 0..50 {
            if a > 1.0 {
                break a;
            }
            a
        }
    );
}
