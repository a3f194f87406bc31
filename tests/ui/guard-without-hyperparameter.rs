//! An `if` without `else` chooses by nothing that is swept.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        wide = [true, false],
        a = if cfg!(debug_assertions) {
            [1.0, 2.0]
        },
        for _ in 0..50 {
            a.map(f64::from).filter(|_| wide)
        }
    );
}
