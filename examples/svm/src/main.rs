//! Which kernel tells malignant from benign tumours best, and with which settings?
//!
//! `cargo run --release -p svm` sweeps the kernels of a support vector machine, each with the settings that it has and the
//! others have not, prints the best trials, and writes `svm.png`. Every trial is a two-fold cross-validation; they run on
//! all cores.

mod data;

use std::error::Error;

use data::Split;
use hyperopt::prelude::*;
use smartcore::error::Failed;
use smartcore::metrics::accuracy;
use smartcore::svm::Kernels;
use smartcore::svm::svc::{SVC, SVCParameters};

#[derive(Clone, Copy, PartialEq)]
enum Kernel {
    Linear,
    Rbf,
    Polynomial,
    Sigmoid,
}

/// Returns the share of biopsies that a machine gets wrong, of those that it has not learnt from.
fn error_rate(folds: &[Split], kernel: &Kernels, c: f64) -> Result<f64, Failed> {
    let mut right = 0.0;
    for Split { train_x, train_y, test_x, test_y } in folds {
        let parameters = SVCParameters::default().with_c(c).with_kernel(kernel.clone()).with_seed(Some(1));
        let predicted = SVC::fit(train_x, train_y, &parameters)?.predict(test_x)?;
        let predicted: Vec<i32> = predicted.into_iter().map(|class| class as i32).collect();
        right += accuracy(test_y, &predicted) / folds.len() as f64;
    }
    Ok(1.0 - right)
}

fn main() -> Result<(), Box<dyn Error>> {
    use Kernel::{Linear, Polynomial, Rbf, Sigmoid};

    let folds = data::folds(1)?;

    let ho = thyperopt!(
        seed = 7,
        progress = true,
        kernel = [Linear, Rbf, Polynomial, Sigmoid],
        c = match kernel {
            Linear => log(1e-3..=1e1),
            Rbf | Polynomial | Sigmoid => log(1e-2..=1e3),
        },
        gamma = if kernel != Linear {
            log(1e-4..=1e0)
        },
        degree = if kernel == Polynomial {
            ordinal([2.0, 3.0, 4.0])
        },
        coef0 = if matches!(kernel, Polynomial | Sigmoid) {
            0.0..=2.0
        },
        for _ in 0..50 {
            let kernel = match kernel {
                Linear => Kernels::Linear,
                Rbf => Kernels::RBF { gamma },
                Polynomial => Kernels::Polynomial { degree, gamma, coef0 },
                Sigmoid => Kernels::Sigmoid { gamma, coef0 },
            };
            error_rate(&folds, &kernel, c)
        }
    );
    println!("{ho}");
    hyperopt_plot::plot(&ho).save("svm.png")?;
    println!("drawn in svm.png");
    Ok(())
}
