//! A count of values that depends on a value of the trial.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        layers = 1..=4,
        units = each(layers, 1..=64),
        rates = each(3, 0.0..=1.0),
        drops = each(rates.len(), 0.0..=0.5),
        more = each(layers as usize + 1, 0.0..=1.0),
        for _ in 0..50 {
            1.0
        }
    );
}
