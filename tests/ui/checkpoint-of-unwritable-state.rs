//! A state that nobody knows how to write to a file.

use hyperopt::prelude::*;

struct Model;

fn main() {
    let _ho = hyperopt!(
        checkpoint = "states",
        sampler = Hyperband::new(3.0),
        a = [1.0, 2.0],
        for (resources, state) in 1.0..=9.0 {
            (a * resources, state.unwrap_or(Model))
        }
    );
}
