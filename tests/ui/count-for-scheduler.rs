use hyperopt::prelude::*;

fn main() {
    let _ = hyperopt!(
        sampler = Hyperband::new(3.0),
        a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
}
