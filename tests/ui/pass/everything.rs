//! Every kind of argument at once, without a warning, and as rustfmt has it.

#![deny(warnings)]

use std::time::Duration;

use hyperopt::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kernel {
    Linear,
    Rbf,
}

fn main() -> Result<(), hyperopt::Error> {
    let ho = hyperopt!(
        sampler = RandomSampler::new(),
        seed = 7,
        goal = Maximize,
        timeout = Duration::from_secs(60),
        progress = false,
        on_error = OnError::Continue,
        rate = log(1e-5..=1e-1),
        shift = linrange(-1.0, 1.0, 100),
        scale = exp_linrange(-1.0, 1.0, 100),
        share = 0.0..=1.0,
        layers = 1..=4,
        batch = ordinal([16, 32, 64]),
        activation = categorical([f64::tanh, f64::abs]).labels(["tanh", "abs"]),
        kernel = [Kernel::Linear, Kernel::Rbf],
        gamma = if kernel == Kernel::Rbf {
            [0.1, 1.0]
        },
        width = if layers > 2 { 1..=8 } else { 9..=16 },
        names = match kernel {
            Kernel::Linear => ["a", "b"],
            Kernel::Rbf => ["c", "d"],
        },
        r#seed = [1, 2],
        'sweep: for i in 0..20 {
            if i == 3 {
                continue 'sweep;
            }
            let sum = rate + shift + scale + share + gamma.unwrap_or(0.0);
            let whole = layers + batch + width + r#seed;
            activation(sum) + f64::from(whole) + names.len() as f64
        }
    );
    let ho = hyperopt!(
        ho = ho,
        rate = log(1e-5..=1e-1),
        shift = linrange(-1.0, 1.0, 100),
        for _ in 0..5 {
            rate + shift
        }
    );
    assert!(ho.error().is_some());
    Ok(())
}
