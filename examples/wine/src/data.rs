//! 1,359 different Portuguese red wines: eleven chemical measurements each, and the grade, 3 to 8, that tasters gave
//! (Cortez, Cerdeira, Almeida, Matos and Reis, "Modeling wine preferences by data mining from physicochemical properties",
//! Decision Support Systems 47, 2009).

use std::collections::HashSet;

use smartcore::error::Failed;
use smartcore::linalg::basic::arrays::{Array1, Array2};
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::model_selection::{BaseKFold, KFold};

/// Rows to learn from, and rows to be judged by.
#[derive(Debug)]
pub struct Split {
    /// The measurements to learn from.
    pub train_x: DenseMatrix<f64>,
    /// Their grades.
    pub train_y: Vec<f64>,
    /// The measurements of the wines to judge by.
    pub test_x: DenseMatrix<f64>,
    /// Their grades.
    pub test_y: Vec<f64>,
}

/// All wines.
#[derive(Debug)]
pub struct Wine {
    measurements: DenseMatrix<f64>,
    grades: Vec<f64>,
}

impl Wine {
    /// Reads the wines, each but once.
    ///
    /// # Errors
    ///
    /// If they make no matrix.
    pub fn load() -> Result<Self, Failed> {
        let wines = linfa_datasets::winequality();
        // 240 rows are exact copies of others. Left in, a wine could be both learnt from and judged by, and deep trees
        // would look better than they are.
        let mut seen = HashSet::new();
        let wines = wines.records.rows().into_iter().zip(&wines.targets);
        let distinct = wines.filter(|(row, _)| seen.insert(row.mapv(f64::to_bits)));
        let (rows, grades): (Vec<_>, Vec<_>) = distinct.map(|(row, &grade)| (row.to_vec(), grade as f64)).unzip();
        Ok(Self { measurements: DenseMatrix::from_2d_vec(&rows)?, grades })
    }

    /// Five splits in which every wine is judged once.
    #[must_use]
    pub fn folds(&self, seed: u64) -> Vec<Split> {
        let folds =
            KFold::default().with_n_splits(5).with_shuffle(true).with_seed(Some(seed)).split(&self.measurements);
        let splits = folds.map(|(train, test)| Split {
            train_x: self.measurements.take(&train, 0),
            train_y: self.grades.take(&train),
            test_x: self.measurements.take(&test, 0),
            test_y: self.grades.take(&test),
        });
        splits.collect()
    }
}
