//! Candidates behind `study =`, which is a setting.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        study = [1.0, 2.0],
        a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
