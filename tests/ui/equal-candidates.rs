//! Lists that repeat one candidate.

use hyperopt::prelude::*;

fn main() {
    let widths = [16, 32];
    let _ho = hyperopt!(
        a = [widths; 3],
        b = [[true, false]; 3],
        c = vec![0.5; 3],
        d = [(0.0..=1.0).log(); 3],
        e = [0.0..=1.0, 0.0..=1.0],
        f = [0.0..=1.0, 0.0..=2.0],
        g = [0.0..=1.0],
        h = [1, 2.5],
        for _ in 0..50 {
            1.0
        }
    );
}
