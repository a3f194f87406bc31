//! Settings in the words of other libraries, each of which would be a hyperparameter.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        goals = [Maximize],
        direction = "maximize",
        n_trials = 100,
        pruner = MedianPruner::new(),
        n_jobs = 4,
        a = [1.0, 2.0],
        for _ in 0..9 {
            a
        }
    );
}
