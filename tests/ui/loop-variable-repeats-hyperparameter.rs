//! The loop's pattern takes the name of a hyperparameter.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        for a in 0..50 {
            a
        }
    );
}
