//! Goals for several objectives, as a tuple.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        goal = (Minimize, Maximize),
        a = 1..=8,
        for _ in 0..50 {
            [a, -a]
        }
    );
}
