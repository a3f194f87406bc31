use hyperopt::prelude::*;

fn main() {
    let _ = thyperopt!(a = [1.0, 2.0]);
}
