//! States to be kept, and no loop that hands any on.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!(checkpoint = "states", sampler = Hyperband::new(3.0), a = [1.0, 2.0]);
}
