//! A prior over values that cannot be told apart.

use hyperopt::prelude::*;

#[derive(Clone)]
enum Kernel {
    Linear,
    Rbf,
}

fn main() {
    let _ho = hyperopt!(
        kernel = [Kernel::Linear, Kernel::Rbf].prior(Kernel::Rbf),
        for _ in 0..50 {
            let _ = kernel;
            0
        }
    );
}
