//! A guard that reads no hyperparameter there is.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        kernel = ["linear", "rbf"],
        a = if kernl == "rbf" { [1.0] } else { [2.0] },
        for _ in 0..50 {
            a + kernel.len() as f64
        }
    );
}
