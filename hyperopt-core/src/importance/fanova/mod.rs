//! Functional analysis of variance.

mod marginal;
mod tree;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use crate::error::Error;
use crate::importance::importances::Importances;
use crate::importance::observations::{LEAST, Observations};
use crate::sweep::Sweep;

use self::marginal::{marginal_variance, variance};
use self::tree::{Column, leaves};

/// The most trials that a forest learns from.
pub(super) const MOST_TRIALS: usize = 2_000;
/// The most coordinates that the forest of a table learns from, but at least those of [`FEWEST`] trials.
const TABLE: usize = 6_000;
/// The trials that the forest of a table learns from if it has very many axes.
const FEWEST: usize = 200;

/// fANOVA: importance as the share of the objective's variance over the space that a hyperparameter explains alone.
///
/// A random forest learns the objective from the complete trials; along each axis, its mean over all others is a function whose
/// variance is the main effect of the axis. Interactions belong to no single hyperparameter and are left out. The measure is
/// that of the candidates: uniform on the logarithmic scale of a logarithmic axis, and by the weights of weighted levels. In a
/// trial where an axis is inactive, it has a random coordinate in each tree, since the objective does not depend on it there.
///
/// The result is as reliable as the forest, which knows little of regions without trials: prefer a sweep by random search, or
/// [`PedAnova`](crate::PedAnova). If there are more than 2,000 trials, 2,000 are read, evenly spread over the sweep: see
/// [`most_trials`](Self::most_trials).
///
/// The source is Hutter, Hoos and Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter Importance", ICML 2014.
/// Optuna's `FanovaImportanceEvaluator` does the same, except that it takes logarithmic axes on their linear scale.
///
/// ```
/// use hyperopt_core::{Error, Fanova, Importances, Sweep};
///
/// fn of(sweep: &Sweep) -> Result<Importances, Error> {
///     Fanova::new().trees(100).importances(sweep)
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Fanova {
    trees: usize,
    /// The most trials that the forest learns from.
    most: usize,
    seed: u64,
    objective: Option<usize>,
}

impl Fanova {
    /// Makes the evaluator, with a forest of 64 trees.
    #[must_use]
    pub fn new() -> Self {
        Self { trees: 64, most: MOST_TRIALS, seed: 0, objective: None }
    }

    /// Returns the evaluator for a table of `axes` axes: fewer trials of long sweeps with many axes, since a table is printed
    /// often.
    pub(super) fn for_table(axes: usize) -> Self {
        Self { most: (TABLE / axes.max(1)).clamp(FEWEST, MOST_TRIALS), ..Self::new() }
    }

    /// Sets the number of trees, at least 1 (default: 64).
    #[must_use]
    pub fn trees(mut self, trees: usize) -> Self {
        self.trees = trees;
        self
    }

    /// Sets the largest number of trials that the forest learns from, at least 4 (default: 2,000). If there are more, trials
    /// evenly spread over the sweep are taken. The time grows with their number.
    #[must_use]
    pub fn most_trials(mut self, trials: usize) -> Self {
        self.most = trials;
        self
    }

    /// Sets the seed of the forest (default: 0). One seed gives the same importances of the same trials.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets which of several objectives is explained, counted from 0. A sweep with several objectives needs it; one with a
    /// single objective does not.
    #[must_use]
    pub fn objective(mut self, index: usize) -> Self {
        self.objective = Some(index);
        self
    }

    /// Computes the importances of the hyperparameters of `sweep` from its complete trials at the largest budget with at
    /// least 20 of them.
    ///
    /// # Errors
    ///
    /// Fails if there are no trees, or if the forest learns from fewer than four trials; if there are several objectives and
    /// none is chosen; if there are fewer than four complete trials, or all have the same objective; or if no hyperparameter
    /// has more than one candidate.
    pub fn importances(&self, sweep: &Sweep) -> Result<Importances, Error> {
        if self.trees == 0 {
            return Err(Error::Importances { reason: "trees(0) is no forest; write at least 1".into() });
        }
        if self.most < LEAST {
            let reason = format!("most_trials({}) are too few; write at least {LEAST}", self.most);
            return Err(Error::Importances { reason });
        }
        Ok(self.of(&Observations::new(sweep, self.objective)?))
    }

    /// Computes the importances from `observations`.
    pub(super) fn of(&self, observations: &Observations) -> Importances {
        let all = observations.points.len();
        let count = all.min(self.most);
        let read: Vec<_> = (0..count).map(|k| k * all / count).collect();
        let targets: Vec<_> = read.iter().map(|&trial| observations.losses[trial]).collect();
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        let mut columns: Vec<Column> = observations.axes().map(|(_, axis)| Column::of(axis)).collect();
        let mut shares = vec![0.0; columns.len()];
        for _ in 0..self.trees {
            for (column, (index, _)) in columns.iter_mut().zip(observations.axes()) {
                let units = read.iter().map(|&trial| observations.points[trial].get(index));
                let units: Vec<_> = units.map(|unit| unit.unwrap_or_else(|| rng.random())).collect();
                column.fill(&units);
            }
            let leaves = leaves(&columns, &targets, &mut rng);
            let whole = variance(&leaves);
            if whole > 0.0 {
                for (index, (share, column)) in shares.iter_mut().zip(&columns).enumerate() {
                    *share += marginal_variance(&leaves, index, column) / whole;
                }
            }
        }
        observations.importances("fANOVA", count, &shares)
    }
}

impl Default for Fanova {
    fn default() -> Self {
        Self::new()
    }
}
