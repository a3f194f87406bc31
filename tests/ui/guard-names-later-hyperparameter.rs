//! A guard that reads what has no value yet.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = if b {
            1..=4
        },
        b = [true, false],
        for _ in 0..50 {
            a.map(|a| if b { a } else { 0 })
        }
    );
}
