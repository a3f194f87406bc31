//! Several objectives, as a tuple.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        goal = [Minimize, Maximize],
        a = linrange(1.0, 2.0, 11),
        for _ in 0..50 {
            (a, -a)
        }
    );
}
