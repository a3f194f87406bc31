//! The same inside a macro call.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = 1..=8,
        b = vec![0; a],
        for _ in 0..50 {
            a + b
        }
    );
}
