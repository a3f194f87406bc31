//! A guard within `each`, and a count of another type.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        deep = [true, false],
        a = each(3, if deep { 0.0..=1.0 } else { 1.0..=2.0 }),
        b = each(3_i32, 0.0..=1.0),
        for _ in 0..50 {
            1.0
        }
    );
}
