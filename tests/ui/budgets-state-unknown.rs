use hyperopt::prelude::*;

struct Model;

impl Model {
    fn train(&mut self) {}
}

fn main() {
    let _ = hyperopt!(
        sampler = Hyperband::new(3.0),
        a = [1.0, 2.0],
        for (resources, state) in 1.0..=81.0 {
            if let Some(mut model) = state {
                model.train();
            }
            (a / resources, Model)
        }
    );
}
