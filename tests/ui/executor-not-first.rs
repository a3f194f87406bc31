use hyperopt::prelude::*;

fn main() {
    let _ = phyperopt!(
        a = [1.0, 2.0],
        workers(2),
        for _ in 0..10 {
            a
        }
    );
}
