//! An attribute on an arm.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        deep = [true, false],
        a = match deep {
            true => [1.0, 2.0],
            #[rustfmt::skip]
            false => [3.0],
        },
        for _ in 0..50 {
            a
        }
    );
}
