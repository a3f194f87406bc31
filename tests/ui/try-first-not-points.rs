//! Something else than points.

use hyperopt::prelude::*;

fn main() {
    let earlier = hyperopt!(
        a = 1..=8,
        for _ in 0..50 {
            a
        }
    );
    let _ho = hyperopt!(
        try_first = earlier,
        a = 1..=8,
        for _ in 0..50 {
            a
        }
    );
}
