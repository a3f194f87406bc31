//! A prior of another type than the candidates have.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        lr = log(1e-5..=1e-1).prior("small"),
        for _ in 0..50 {
            lr
        }
    );
}
