//! A pruner behind a scheduler, which gives trials up itself.

use hyperopt::prelude::*;

fn main() {
    let scheduler = Hyperband::new(3.0);
    let _ho = hyperopt!(
        sampler = scheduler.pruner(MedianPruner::new()),
        a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
    let _ho = hyperopt!(
        sampler = Hyperband::new(3.0).pruner(MedianPruner::new()),
        a = [1.0, 2.0],
        for (resources, state) in 1.0..=81.0 {
            let _: Option<()> = state;
            a / resources
        }
    );
}
