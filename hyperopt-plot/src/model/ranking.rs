//! The order of hyperparameters by their importance.

/// The hyperparameters in the order of their importance.
#[derive(Clone, Debug)]
pub(crate) struct Ranking {
    /// Indices of [`Scene::axes`](crate::model::Scene), from the most important one on.
    pub(crate) axes: Vec<usize>,
    /// What it was computed by and from: `fANOVA of 200 trials`.
    pub(crate) basis: String,
}
