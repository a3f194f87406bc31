//! A loop without its pattern.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        for in 0..50 {
            a
        }
    );
}
