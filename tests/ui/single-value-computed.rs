//! Single values that are computed, and a closure's.

use hyperopt::prelude::*;

fn main() {
    let (n, flag) = (3, true);
    let _ho = hyperopt!(
        a = 5.0 * 2.0,
        b = n as f64,
        c = 'a',
        d = flag && n > 2,
        e = (),
        f = g = 0.0..=1.0,
        for _ in 0..50 {
            1.0
        }
    );
}
