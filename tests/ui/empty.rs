//! Nothing at all.

use hyperopt::prelude::*;

fn main() {
    let _ho = hyperopt!();
}
