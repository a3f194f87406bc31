//! `each` within code that belongs into it.

use hyperopt::prelude::*;

fn main() {
    let is_deep = true;
    let _ho = hyperopt!(
        a = each(3, 0.0..=1.0).labels(["x", "y", "z"]),
        b = each(3, ["p", "q"]).labels(["one", "two"]),
        c = each(3, 1e-5..=1e-1).log(),
        d = each(3, 0.0..=1.0).to_vec(),
        e = if is_deep { each(8, 1..=64) } else { each(3, 1..=64) },
        f = if a[0] > 0.5 { Some(each(3, 0.0..=1.0)) } else { None },
        for _ in 0..50 {
            1.0
        }
    );
}
