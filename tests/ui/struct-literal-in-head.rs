//! A struct literal in the head, without parentheses.

use hyperopt::prelude::*;

struct Budget {
    trials: usize,
}

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        for _ in 0..Budget { trials: 50 }.trials {
            a
        }
    );
}
