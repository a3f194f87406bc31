//! A body whose error cannot be shown.

use hyperopt::prelude::*;

#[derive(Debug)]
struct Diverged;

fn train(a: f64) -> Result<f64, Diverged> {
    if a > 0.0 { Ok(a) } else { Err(Diverged) }
}

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        for _ in 0..9 {
            train(a)
        }
    );
}
