//! A continuous range of `f32`.

use hyperopt::prelude::*;

fn main() {
    let low = 0.0_f32;
    let _ho = hyperopt!(
        a = low..=1.0,
        for _ in 0..50 {
            a
        }
    );
}
