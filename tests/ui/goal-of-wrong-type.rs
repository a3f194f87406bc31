//! A goal that is none.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        goal = "maximize",
        a = 1..=8,
        for _ in 0..50 {
            a
        }
    );
}
