//! Iterators, which are no candidates.

use hyperopt::prelude::*;

fn main() {
    let widths = [16, 32];
    let _ho = hyperopt!(
        a = widths.iter(),
        b = widths.iter().map(|width| width * 2),
        c = "abc".chars(),
        d = (1..=9).collect(),
        for _ in 0..50 {
            1.0
        }
    );
}
