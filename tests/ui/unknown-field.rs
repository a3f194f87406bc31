//! A field that is no hyperparameter.

use hyperopt::prelude::*;

fn main() -> Result<(), hyperopt::Error> {
    let ho = hyperopt!(
        learning_rate = log(1e-5..=1e-1),
        for _ in 0..50 {
            learning_rate
        }
    );
    println!("{}", ho.best()?.params.learning_rat);
    Ok(())
}
