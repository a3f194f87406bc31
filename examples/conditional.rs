//! Hyperparameters that exist only for some values of others: ordinary `if`s and `match`es.
//!
//! `cargo run --example conditional`

use hyperopt::Error;
use hyperopt::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kernel {
    Linear,
    Polynomial,
    Rbf,
}

/// Stands for a validation error.
fn error(kernel: Kernel, c: f64, gamma: Option<f64>, degree: Option<i32>) -> f64 {
    let fit = match kernel {
        Kernel::Linear => 0.4,
        Kernel::Polynomial => 0.2 + 0.1 * f64::from((degree.unwrap_or(1) - 3).abs()),
        Kernel::Rbf => 0.1 * (gamma.unwrap_or(1.0).log10() + 2.0).powi(2),
    };
    fit + 0.05 * (c.log10() - 1.0).powi(2)
}

fn main() -> Result<(), Error> {
    let ho = hyperopt!(
        seed = 7,
        kernel = [Kernel::Linear, Kernel::Polynomial, Kernel::Rbf],
        // Candidates of one type: a number in every trial, from one of three ranges.
        c = match kernel {
            Kernel::Linear => log(1e-3..=1e1),
            Kernel::Polynomial => log(1e-2..=1e2),
            Kernel::Rbf => log(1e-1..=1e3),
        },
        // Without an `else`: an `Option`, `None` where the guard does not hold.
        gamma = if kernel == Kernel::Rbf {
            log(1e-4..=1e1)
        },
        degree = if kernel == Kernel::Polynomial {
            2..=5
        },
        for _ in 0..60 {
            error(kernel, c, gamma, degree)
        }
    );
    println!("{ho}");
    let best = ho.best()?.params;
    println!("{:?} with c = {:.3}, gamma = {:?}, degree = {:?}", best.kernel, best.c, best.gamma, best.degree);
    Ok(())
}
