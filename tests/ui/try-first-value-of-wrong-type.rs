//! Values of other types than the candidates have.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        lr = log(1e-5..=1e-1),
        kernel = ["linear", "rbf"],
        gamma = if kernel == "rbf" {
            0.0..=1.0
        },
        try_first = [(lr = 1, kernel = Some("rbf"), gamma = "small")],
        for _ in 0..50 {
            lr + gamma.unwrap_or(0.0)
        }
    );
}
