//! Which tree ensemble predicts the quality of a red wine best, and with which settings?
//!
//! `cargo run --release -p wine` sweeps six hyperparameters, two of them conditional, prints the best trials, and writes
//! `wine.png`. Every trial is a five-fold cross-validation.

use std::error::Error;

use hyperopt::prelude::*;
use wine::data::Wine;
use wine::model::Method::{Boosting, ExtraTrees, RandomForest};
use wine::model::{Settings, cross_validate, library_defaults};

fn main() -> Result<(), Box<dyn Error>> {
    let wine = Wine::load()?;
    let folds = wine.folds(1);

    let ho = hyperopt!(
        seed = 7,
        progress = true,
        method = [RandomForest, ExtraTrees, Boosting],
        trees = 2..=100,
        max_depth = 2..=16,
        min_leaf = 1..=40,
        features = if method != Boosting {
            1..=11
        },
        learning_rate = if method == Boosting {
            exp_linrange(-2.0, 0.0, 100)
        },
        for _ in 0..80 {
            cross_validate(&folds, &Settings { method, trees, max_depth, min_leaf, features, learning_rate })
        }
    );
    println!("{ho}");
    hyperopt_plot::plot(&ho).save("wine.png")?;
    println!("drawn in wine.png");

    let best = ho.best()?.params;
    let best = Settings {
        method: best.method,
        trees: best.trees,
        max_depth: best.max_depth,
        min_leaf: best.min_leaf,
        features: best.features,
        learning_rate: best.learning_rate,
    };
    // The best of many trials owes something to the folds that it was chosen on.
    let other_folds: Vec<_> = (2..=6).flat_map(|seed| wine.folds(seed)).collect();
    println!("\nroot mean squared error in grades, on five other ways to split the wines:");
    println!("  {:.3}  the best trial", cross_validate(&other_folds, &best)?);
    for (name, settings) in library_defaults() {
        println!("  {:.3}  {name} as it comes", cross_validate(&other_folds, &settings)?);
    }
    Ok(())
}
