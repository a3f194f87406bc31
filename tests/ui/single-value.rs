//! A single value where candidates belong.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        b = 5.0,
        c = if a > 1.5 { 0.5 } else { 0.0..=1.0 },
        for _ in 0..50 {
            a + c
        }
    );
}
