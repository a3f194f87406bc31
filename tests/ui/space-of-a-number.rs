//! Neither candidates nor a space.

use hyperopt::prelude::*;

fn main() {
    let _space = space!(a = [1.0, 2.0], b = 0.5);
}
