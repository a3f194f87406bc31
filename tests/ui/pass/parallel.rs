//! Nothing is said of a parallel sweep that is right, nor of a hyperparameter that only a guard reads.

#![deny(warnings)]

use hyperopt::prelude::*;

fn main() {
    let offset = vec![1.0, 2.0];
    let ho = thyperopt!(
        seed = 7,
        deep = [true, false],
        kind = ["a", "b"],
        width = if deep {
            1..=3
        },
        gain = match kind {
            "a" => [0.5, 1.0],
            _ => [2.0, 3.0],
        },
        for i in 0..20 {
            if i == 3 {
                continue;
            }
            f64::from(width.unwrap_or(0)) * gain + offset[i % 2]
        }
    );
    assert_eq!(ho.len(), 20);
}
