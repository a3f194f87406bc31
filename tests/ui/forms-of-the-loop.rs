//! Loops in a form that a `for` does not have.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(x = [1.0], for i, state in 1..=9 { x });
    let _ho = hyperopt!(x = [1.0], for let i in 0..9 { x });
    let _ho = hyperopt!(x = [1.0], for i: u64 in 0..9 { x });
    let _ho = hyperopt!(x = [1.0], for (i in 0..9) { x });
    let _ho = hyperopt!(
        x = [1.0],
        for _ in 0..9 {
            x
        }
        .best()
    );
    let _ho = hyperopt!(x = [1.0], for _ in 0..9 { x } else { 1.0 });
    let _ho = hyperopt!(x = [1.0], for _ in 0..9 { x };);
    let _ho = hyperopt!(x = [1.0], x * 2.0);
    let _ho = hyperopt!(x = [1.0], 50);
}
