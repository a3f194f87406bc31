//! Samplers, schedulers and pruners in each other's place, and those that lack their arguments.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        sampler = Hyperband::new(),
        a = [1.0, 2.0],
        for (resources, _) in 1..=81 {
            a / f64::from(resources)
        }
    );
    let _ho = hyperopt!(
        sampler = Hyperband::new(3.0).inner(MedianPruner::new()),
        a = [1.0, 2.0],
        for (resources, _) in 1..=81 {
            a / f64::from(resources)
        }
    );
    let _ho = hyperopt!(
        sampler = TpeSampler::new().pruner(Asha::new(3.0)),
        a = [1.0, 2.0],
        for _ in 0..9 {
            a
        }
    );
    let _ho = hyperopt!(
        sampler = TpeSampler::new(10),
        goal = MedianPruner::new(),
        on_error = TpeSampler::new(),
        a = [1.0, 2.0],
        for _ in 0..9 {
            a
        }
    );
    let _ho = hyperopt!(sampler = Hyperband::new(3.0).over(1..=27), a = [1.0, 2.0]);
    let _ho = hyperopt!(
        sampler = TpeSampler::new().seed(7),
        max_budget = 100,
        a = [1.0, 2.0],
        for _ in 0..9 {
            a
        }
    );
}
