//! A sweep to go on from that is none.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        ho = 7,
        a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
