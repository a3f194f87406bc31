use hyperopt::prelude::*;

fn main() {
    let _ = hyperopt!(
        a = [1.0, 2.0],
        for (resources, state) in 1.0..=81.0 {
            let _: Option<()> = state;
            a / resources
        }
    );
}
