//! A trailing semicolon: the body has no value.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(
        a = [1.0, 2.0],
        for _ in 0..50 {
            let loss = 2.0 * a;
            println!("{loss}");
        }
    );
}
