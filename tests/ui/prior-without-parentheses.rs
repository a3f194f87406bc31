//! A range whose end takes the prior: `0.0..=(1.0.prior(0.5))`.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        momentum = 0.0..=1.0.prior(0.5),
        for _ in 0..50 {
            momentum
        }
    );
}
