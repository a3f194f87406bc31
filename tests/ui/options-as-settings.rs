//! Options of schedulers, and ways to end a sweep, that are written as settings.

use hyperopt::prelude::*;

struct StopAfter(u32);

fn main() {
    let _ho = hyperopt!(
        sampler = Asha::new(4.0),
        eta = 3,
        brackets = 2,
        configurations = 100,
        total_budget = 1000,
        stop = StopAfter(20),
        a = [1.0, 2.0],
        for (resources, _) in 1..=81 {
            a / f64::from(resources)
        }
    );
    let _ho = hyperopt!(
        eta = 3,
        total_budget = 1000,
        stop = 0.1,
        spent = 100,
        spend = 1..=100,
        a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
