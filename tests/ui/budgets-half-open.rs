use hyperopt::prelude::*;

fn main() {
    let _ = hyperopt!(
        sampler = Hyperband::new(3.0),
        a = [1.0, 2.0],
        for (resources, _) in 1.0..81.0 {
            a / resources
        }
    );
}
