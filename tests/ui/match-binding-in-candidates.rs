//! A binding of a pattern, read by candidates.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [Some(1), None],
        b = match a {
            Some(n) => 0..=n,
            None => 0..=9,
        },
        for _ in 0..50 {
            a.unwrap_or(b)
        }
    );
}
