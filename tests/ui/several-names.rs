//! Each mistake is reported, in one compile.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        let a = [1.0, 2.0],
        a = [3.0, 4.0],
        study = [true, false],
        type = [1, 2],
        b,
        c = 1..=a,
        for c in 0..50 {
            a + b
        }
    );
}
