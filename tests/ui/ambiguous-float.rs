//! Two floats of no type in particular, as in any loop over them.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        for _ in 0..50 {
            a.sqrt()
        }
    );
}
