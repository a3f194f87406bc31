//! A loop that is not a `for`.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        while true {
            a
        }
    );
}
