//! A type that the candidates do not have, and one that lacks its `Option`.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a: i32 = 0.0..=1.0,
        b: i32 = if a > 0 { 1..=4 },
        for _ in 0..9 {
            a + b.unwrap_or(0)
        }
    );
}
