//! Ranges whose ends have a type without candidates, or a step.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = 0.0_f32..=1.0,
        b = 1_i128..=9,
        c = 'a'..='z',
        d = "a".."z",
        e = Duration::from_secs(1)..=Duration::from_secs(9),
        f = 0.0..=1.0.step_by(0.1),
        g = (-1.0..=1.0).log(),
        h = (0.0..=1.0).collect(),
        for _ in 0..50 {
            1.0
        }
    );
}
