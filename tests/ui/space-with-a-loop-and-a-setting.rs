//! A space is searched elsewhere.

use hyperopt::prelude::*;

fn main() {
    let _space = space!(
        seed = 7,
        a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
