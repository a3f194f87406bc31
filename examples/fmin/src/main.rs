//! The regularisation and the iterations of a logistic regression that tells three species of iris apart, as the guides to
//! Python's hyperopt tune theirs: `cargo run --release -p fmin`.
//!
//! Each trial fits the regression to two thirds of the flowers (Fisher, "The Use of Multiple Measurements in Taxonomic
//! Problems", 1936) and is judged by the accuracy on the others; the mean over three such divisions counts.

use std::error::Error;

use hyperopt::fmin::tpe;
use hyperopt::prelude::*;
use hyperopt::{Metrics, fmin};
use linfa::prelude::*;
use linfa_datasets::iris;
use linfa_logistic::MultiLogisticRegression;
use rand::SeedableRng;
use rand::rngs::SmallRng;

fn main() -> Result<(), Box<dyn Error>> {
    let flowers = iris().shuffle(&mut SmallRng::seed_from_u64(1));
    let folds = flowers.fold(3);

    let train = |(regularization, iterations): (f64, u64)| {
        let regression = MultiLogisticRegression::default().alpha(regularization).max_iterations(iterations);
        let mut accuracy = 0.0;
        for (known, others) in &folds {
            let predicted = regression.fit(known)?.predict(others.records());
            accuracy += f64::from(predicted.confusion_matrix(others)?.accuracy()) / folds.len() as f64;
        }
        Ok::<_, Box<dyn Error>>(Metrics::new(-accuracy).with("accuracy", accuracy))
    };

    let space = (hp::uniform("Regularization", 0.0, 1.0), hp::uniformint("Iterations", 1_u64, 20));
    let best = fmin(train, space).algo(tpe()).max_evals(40).rstate(7).run()?;

    println!("{}", best.trials());
    println!("accuracy {:.3} with {best}", -best.loss());
    Ok(())
}
