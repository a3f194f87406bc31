//! A misspelt setting with a single value, which cannot be candidates.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        seeds = 7,
        repeat = true,
        a = 1..=8,
        for _ in 0..50 {
            a
        }
    );
}
