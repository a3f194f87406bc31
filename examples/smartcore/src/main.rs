//! By how many neighbours, and which, does smartcore judge a tumour best?
//!
//! `cargo run --release -p smartcore-example` sweeps a classifier by nearest neighbours on 569 biopsies of breast tumours.
//! Every trial is smartcore's own `cross_validate`; trials run on all cores. Prints the best trials and the winner, beside
//! the settings that the library comes with.

use std::error::Error;

use hyperopt::prelude::*;
use smartcore::api::{SupervisedEstimator, Transformer, UnsupervisedEstimator};
use smartcore::dataset::breast_cancer;
use smartcore::error::Failed;
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::metrics::accuracy;
use smartcore::metrics::distance::{Distance, Distances};
use smartcore::model_selection::{KFold, cross_validate};
use smartcore::neighbors::KNNWeightFunction;
use smartcore::neighbors::knn_classifier::{KNNClassifier, KNNClassifierParameters};
use smartcore::preprocessing::numerical::{StandardScaler, StandardScalerParameters};

type Row = Vec<f64>;
type Parameters<D> = KNNClassifierParameters<f64, D>;

#[derive(Clone, Copy)]
enum Metric {
    Euclidean,
    Manhattan,
}

/// Thirty measurements of each biopsy, and whether the tumour is benign.
struct Biopsies {
    measurements: DenseMatrix<f64>,
    benign: Vec<i32>,
}

impl Biopsies {
    fn load() -> Result<Self, Failed> {
        let data = breast_cancer::load_dataset();
        let measurements = data.data.iter().map(|&value| f64::from(value)).collect();
        let measurements = DenseMatrix::new(data.num_samples, data.num_features, measurements, false)?;
        let benign = data.target.iter().map(|&class| class as i32).collect();
        Ok(Self { measurements, benign })
    }

    fn standardised(&self) -> Result<Self, Failed> {
        let scaler = StandardScaler::fit(&self.measurements, StandardScalerParameters::default())?;
        Ok(Self { measurements: scaler.transform(&self.measurements)?, benign: self.benign.clone() })
    }

    /// Returns the share of biopsies that are judged wrongly, those of a fold by those of the four others.
    fn error_rate<D: Distance<Row>>(&self, parameters: Parameters<D>) -> Result<f64, Failed> {
        let folds = KFold::default().with_n_splits(5).with_shuffle(true).with_seed(Some(1));
        let right = |truth: &Vec<i32>, judged: &Vec<i32>| accuracy(truth, judged);
        let scores =
            cross_validate(KNNClassifier::new(), &self.measurements, &self.benign, parameters, &folds, &right)?;
        Ok(1.0 - scores.mean_test_score())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    use KNNWeightFunction::{Distance as ByDistance, Uniform};
    use Metric::{Euclidean, Manhattan};

    let raw = Biopsies::load()?;
    let standardised = raw.standardised()?;

    let ho = thyperopt!(
        seed = 7,
        neighbours = 1..=40,
        metric = [Euclidean, Manhattan],
        weight = [Uniform, ByDistance],
        standardise = [true, false],
        for _ in 0..60 {
            let biopsies = if standardise { &standardised } else { &raw };
            let parameters = Parameters::default().with_k(neighbours).with_weight(weight);
            match metric {
                Euclidean => biopsies.error_rate(parameters.with_distance(Distances::euclidian())),
                Manhattan => biopsies.error_rate(parameters.with_distance(Distances::manhattan())),
            }
        }
    );
    println!("{ho}");
    println!("{}", ho.best()?);
    println!("as the library comes: {:.4}", raw.error_rate(Parameters::default())?);
    Ok(())
}
