//! Candidates in the syntax of other languages.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = exp10.(LinRange(-4, -1, 4)),
        b = 10 .^ (-4:-1),
        c = 1:10,
        d = [:relu, :tanh],
        e = {"sgd", "adam"},
        f = [2.0 * i for i in range(5)],
        g = 1..=4 if c > 5 else 5..=8,
        h = if c > 5 then 1..=4,
        i = c > 5 ? 1..=4 : 5..=8,
        j = {"sgd": 1, "adam": 2},
        for _ in 0..50 {
            1.0
        }
    );
}
