use std::cell::Cell;

use hyperopt::prelude::*;

fn main() {
    let calls = Cell::new(0);
    let _ = thyperopt!(
        a = [1.0, 2.0],
        for _ in 0..10 {
            calls.set(calls.get() + 1);
            a
        }
    );
}
