//! Half-typed: the candidates are still to come.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = ,
        b = [1.0, 2.0],
        for _ in 0..50 {
            a + b
        }
    );
}
