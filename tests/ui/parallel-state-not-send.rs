use std::rc::Rc;

use hyperopt::prelude::*;

fn main() {
    let _ = thyperopt!(
        sampler = Hyperband::new(3.0),
        a = [1.0, 2.0],
        for (resources, state) in 1.0..=9.0 {
            let state = state.unwrap_or_else(|| Rc::new(a));
            (*state / resources, state)
        }
    );
}
