//! 569 biopsies of breast tumours, 357 of them benign: thirty measurements of cell nuclei each (Wolberg, Street and
//! Mangasarian, "Breast Cancer Wisconsin (Diagnostic)", UCI Machine Learning Repository, 1995).

use smartcore::api::{Transformer, UnsupervisedEstimator};
use smartcore::dataset::breast_cancer;
use smartcore::error::Failed;
use smartcore::linalg::basic::arrays::{Array1, Array2};
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::model_selection::{BaseKFold, KFold};
use smartcore::preprocessing::numerical::{StandardScaler, StandardScalerParameters};

/// Biopsies to learn from, and biopsies to be judged by.
pub(crate) struct Split {
    pub(crate) train_x: DenseMatrix<f64>,
    pub(crate) train_y: Vec<i32>,
    pub(crate) test_x: DenseMatrix<f64>,
    pub(crate) test_y: Vec<i32>,
}

/// Two splits in which every biopsy is judged once. The measurements are scaled by what is known of those learnt from.
pub(crate) fn folds(seed: u64) -> Result<Vec<Split>, Failed> {
    let biopsies = breast_cancer::load_dataset();
    let measurements = biopsies.data.iter().map(|&value| f64::from(value)).collect();
    let x = DenseMatrix::new(biopsies.num_samples, biopsies.num_features, measurements, false)?;
    let y: Vec<i32> = biopsies.target.iter().map(|&class| class as i32).collect();

    let folds = KFold::default().with_n_splits(2).with_shuffle(true).with_seed(Some(seed)).split(&x);
    let split = |(train, test): (Vec<usize>, Vec<usize>)| {
        let train_x = x.take(&train, 0);
        let scaler = StandardScaler::fit(&train_x, StandardScalerParameters::default())?;
        Ok(Split {
            train_x: scaler.transform(&train_x)?,
            train_y: y.take(&train),
            test_x: scaler.transform(&x.take(&test, 0))?,
            test_y: y.take(&test),
        })
    };
    folds.map(split).collect()
}
