//! Every form at once, without a warning.

#![deny(warnings)]

use hyperopt::prelude::*;

fn main() {
    let ho = hyperopt!(a = [1.0, 2.0], for _ in 0..3 { a });
    assert_eq!(ho.len(), 3);
}
