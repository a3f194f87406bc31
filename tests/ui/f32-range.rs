//! Continuous ranges of `f32`.

use hyperopt::prelude::*;

fn main() {
    let low = 0.0_f32;
    let _ho = hyperopt!(
        a = 0.0f32..=1.0,
        b = low..=1.0,
        for _ in 0..50 {
            a
        }
    );
    let _ho = hyperopt!(
        b = low..=1.0,
        for _ in 0..50 {
            b
        }
    );
}
