//! Methods that candidates do not have.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = (1e-5..=1e-1).log(),
        b = 1e-5..=1e-1.log(),
        c = (0.0..=1.0).log10(),
        d = linrange(1.0, 9.0, 3).log(),
        e = [1, 10].log(),
        f = ["x", "y"].labels(["one", "two"]),
        g = (0.0..=1.0).labels(["one"]),
        h = (1..=64).step_by(2),
        i = (0.0..=1.0).step_by(0.1),
        for _ in 0..50 {
            1.0
        }
    );
}
