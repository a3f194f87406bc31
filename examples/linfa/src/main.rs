//! How strongly should a linear model of linfa be regularised, and which features should it have?
//!
//! `cargo run --release -p linfa-example` sweeps an elastic net that predicts how far diabetes advances within a year, from
//! ten measurements of each of 442 patients, or from these and their products: 65 features for 331 patients to learn from,
//! which no model fits well without a penalty. Every trial is linfa's ten-fold cross-validation. Prints the best trials, and
//! what the winner explains of the patients that no trial has seen.

use std::error::Error;

use hyperopt::prelude::*;
use linfa::Dataset;
use linfa::prelude::*;
use linfa_elasticnet::{ElasticNet, ElasticNetParams};
use ndarray::{Array2, Axis, Ix1};
use rand::SeedableRng;
use rand::rngs::SmallRng;

type Patients = Dataset<f64, f64, Ix1>;

#[derive(Clone, Copy)]
enum Features {
    Linear,
    Quadratic,
}

struct Settings {
    features: Features,
    penalty: f64,
    l1_ratio: f64,
}

/// Returns the patients with the squares and products of their measurements too, as in Efron, Hastie, Johnstone and Tibshirani,
/// "Least angle regression", The Annals of Statistics 32, 2004.
fn quadratic(patients: &Patients) -> Patients {
    let linear = patients.records();
    let mut all = linear.clone();
    for left in 0..linear.ncols() {
        for right in left..linear.ncols() {
            let products = &linear.column(left) * &linear.column(right);
            all.push_column(products.view()).expect("a product for each patient");
        }
    }
    Dataset::new(all, patients.targets().clone())
}

/// Returns the patients with features of mean 0 and deviation 1, so that one penalty suits all of them.
fn standardised(patients: Patients) -> Patients {
    // Columns that were pushed lie one after the other, and linfa wants rows to do so.
    let mut features: Array2<f64> = patients.records().as_standard_layout().into_owned();
    for mut feature in features.axis_iter_mut(Axis(1)) {
        let (mean, deviation) = (feature.mean().unwrap_or(0.0), feature.std(0.0));
        feature.mapv_inplace(|value| (value - mean) / deviation);
    }
    patients.with_records(features)
}

fn elastic_net(penalty: f64, l1_ratio: f64) -> ElasticNetParams<f64> {
    ElasticNet::params().penalty(penalty).l1_ratio(l1_ratio)
}

fn main() -> Result<(), Box<dyn Error>> {
    let patients = linfa_datasets::diabetes().shuffle(&mut SmallRng::seed_from_u64(1));
    let split = |patients| standardised(patients).split_with_ratio(0.75);
    let ((mut linear, linear_test), (mut quadratic, quadratic_test)) =
        (split(patients.clone()), split(quadratic(&patients)));

    let ho = hyperopt!(
        into = Settings,
        sampler = TpeSampler::new(),
        seed = 7,
        goal = Maximize,
        features = [Features::Linear, Features::Quadratic],
        penalty = log(1e-3..=1e2),
        l1_ratio = 0.0..=1.0,
        for _ in 0..60 {
            let patients = match features {
                Features::Linear => &mut linear,
                Features::Quadratic => &mut quadratic,
            };
            let scores = patients
                .cross_validate_single(10, &[elastic_net(penalty, l1_ratio)], |predicted, truth| predicted.r2(truth));
            scores.map(|r2| r2[0])
        }
    );
    println!("{ho}");

    let best = ho.best()?;
    println!("{best}");
    let (train, test) = match best.params.features {
        Features::Linear => (&linear, &linear_test),
        Features::Quadratic => (&quadratic, &quadratic_test),
    };
    println!("R² of patients that no trial has seen:");
    let explained =
        |net: ElasticNetParams<f64>| -> Result<f64, Box<dyn Error>> { Ok(net.fit(train)?.predict(test).r2(test)?) };
    println!("  {:.3}  the winner", explained(elastic_net(best.params.penalty, best.params.l1_ratio))?);
    println!("  {:.3}  the same features, almost without a penalty", explained(elastic_net(1e-3, 0.5))?);
    Ok(())
}
