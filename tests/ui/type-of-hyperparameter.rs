//! A type where `=` belongs.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a: f64 = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
