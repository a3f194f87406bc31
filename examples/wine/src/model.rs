//! Three tree ensembles behind one set of settings.

use smartcore::ensemble::extra_trees_regressor::{ExtraTreesRegressor, ExtraTreesRegressorParameters};
use smartcore::ensemble::random_forest_regressor::{RandomForestRegressor, RandomForestRegressorParameters};
use smartcore::error::Failed;
use smartcore::metrics::mean_squared_error;
use smartcore::xgboost::{XGRegressor, XGRegressorParameters};

use crate::data::Split;

/// A kind of ensemble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Each tree grows on a sample of the wines.
    RandomForest,
    /// Each tree splits at random places.
    ExtraTrees,
    /// Each tree corrects those before it.
    Boosting,
}

/// How to grow the ensemble. `None` leaves the library's default.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The kind of ensemble.
    pub method: Method,
    /// The number of trees.
    pub trees: usize,
    /// The splits from the root to a leaf, at most.
    pub max_depth: u16,
    /// The wines in a leaf, at least.
    pub min_leaf: usize,
    /// The number of measurements that a split may choose from, in the forests.
    pub features: Option<usize>,
    /// The learning rate of boosting: the weight of each tree.
    pub learning_rate: Option<f64>,
}

/// Returns the mean test error over the folds.
///
/// # Errors
///
/// If an ensemble cannot be grown with these settings.
pub fn cross_validate(folds: &[Split], settings: &Settings) -> Result<f64, Failed> {
    let errors: Vec<f64> = folds.iter().map(|fold| test_error(fold, settings)).collect::<Result<_, _>>()?;
    Ok(mean(&errors))
}

/// Root mean squared error on the test rows, in grades.
fn test_error(split: &Split, settings: &Settings) -> Result<f64, Failed> {
    let predicted = fit_predict(split, settings)?;
    Ok(mean_squared_error(&split.test_y, &predicted).sqrt())
}

/// Fits the ensemble to the training rows and predicts the grades of the others.
fn fit_predict(split: &Split, settings: &Settings) -> Result<Vec<f64>, Failed> {
    let &Settings { method, trees, max_depth, min_leaf, features, learning_rate } = settings;
    let Split { train_x, train_y, test_x, .. } = split;
    match method {
        Method::RandomForest => {
            let parameters = RandomForestRegressorParameters {
                n_trees: trees,
                max_depth: Some(max_depth),
                min_samples_leaf: min_leaf,
                m: features,
                ..Default::default()
            };
            RandomForestRegressor::fit(train_x, train_y, parameters)?.predict(test_x)
        }
        Method::ExtraTrees => {
            let parameters = ExtraTreesRegressorParameters {
                n_trees: trees,
                max_depth: Some(max_depth),
                min_samples_leaf: min_leaf,
                m: features,
                ..Default::default()
            };
            ExtraTreesRegressor::fit(train_x, train_y, parameters)?.predict(test_x)
        }
        Method::Boosting => {
            let default = XGRegressorParameters::default();
            let parameters = XGRegressorParameters {
                n_estimators: trees,
                max_depth,
                // Under a squared error every wine has the weight 1.
                min_child_weight: min_leaf,
                learning_rate: learning_rate.unwrap_or(default.learning_rate),
                // Where boosting starts; its default, 0.5, is no grade.
                base_score: mean(train_y),
                ..default
            };
            XGRegressor::fit(train_x, train_y, parameters)?.predict(test_x)
        }
    }
}

/// Returns the default settings of smartcore.
#[must_use]
pub fn library_defaults() -> [(&'static str, Settings); 3] {
    let forest = RandomForestRegressorParameters::default();
    let boosting = XGRegressorParameters::default();
    let random_forest = Settings {
        method: Method::RandomForest,
        trees: forest.n_trees,
        max_depth: forest.max_depth.unwrap_or(u16::MAX),
        min_leaf: forest.min_samples_leaf,
        features: None,
        learning_rate: None,
    };
    let extra_trees = Settings { method: Method::ExtraTrees, ..random_forest };
    let boosting = Settings {
        method: Method::Boosting,
        trees: boosting.n_estimators,
        max_depth: boosting.max_depth,
        min_leaf: boosting.min_child_weight,
        ..random_forest
    };
    [("the random forest", random_forest), ("extra trees", extra_trees), ("boosting", boosting)]
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
