//! A body that gives away what it needs again.

use hyperopt::prelude::*;

fn main() {
    let data = vec![1.0];
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        for _ in 0..50 {
            drop(data);
            a
        }
    );
}
