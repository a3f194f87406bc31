//! Each mistake is reported, in one compile.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampler = 7,
        seed = "seven",
        a = [1.0, 2.0],
        b = 5.0,
        c = if a > 1.5 { 1..=4 } else { ["many"] },
        for _ in 0..50 {
            a > b
        }
    );
}
