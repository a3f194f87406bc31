//! Candidates in the words of other libraries.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = uniform(0.0, 1.0),
        b = trial.suggest_int("b", 1, 64, log = true),
        c = tune.choice([True, False]),
        d = np.random.uniform(0.0, 1.0),
        e = hp.loguniform("e", -5, 0),
        f = hp::uniform("f", low = 0.0, high = 1.0),
        g = Real(0.0, 1.0),
        h = LinRange(0.0, 1.0, 10),
        i = log(uniform(1e-5, 1e-1)),
        for _ in range(50) {
            1.0
        }
    );
}
