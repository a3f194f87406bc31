//! What other places have before a name, or in place of its `=`.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        &a = [1.0, 2.0],
        ref b = [1.0, 2.0],
        pub c = [1.0, 2.0],
        d += [1.0, 2.0],
        'e' = [1.0, 2.0],
        f = [1.0],
        for _ in 0..50 {
            1.0
        }
    );
}
