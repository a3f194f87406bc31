//! A hyperparameter that bears the name of a setting to come.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        study = [1.0, 2.0],
        for _ in 0..50 {
            study
        }
    );
}
