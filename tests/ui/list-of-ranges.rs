//! Several values from the same candidates, written as a list or a tuple of them.

use hyperopt::prelude::*;

fn main() {
    let layers = 3;
    let _ho = hyperopt!(
        a = [0.0..=1.0; 3],
        b = vec![log(1e-5..=1e-1); layers],
        c = [each(3, 0.0..=1.0)],
        d = (each(3, 0.0..=1.0), 1..=4),
        e = vec![each(2, 0.0..=1.0); 3],
        for _ in 0..50 {
            1.0
        }
    );
}
