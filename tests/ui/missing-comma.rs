//! No comma between two hyperparameters.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0]
        b = [1.0, 2.0],
        for _ in 0..50 {
            a + b
        }
    );
}
