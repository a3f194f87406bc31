//! A continuous range of `f32`.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = 0.0f32..=1.0,
        for _ in 0..50 {
            a
        }
    );
}
