//! A computed value where candidates belong.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        b = 5.0_f64.sqrt(),
        for _ in 0..50 {
            a + b
        }
    );
}
