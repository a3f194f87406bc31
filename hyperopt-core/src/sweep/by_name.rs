//! The results of a sweep with values by name.

use crate::error::Error;
use crate::space::NamedValues;
use crate::sweep::Sweep;
use crate::trial::Trial;

/// The best trial of a [`Sweep`], whose values have names and no types.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct BestByName {
    /// The number of the trial.
    pub number: usize,
    /// Its objective, always finite.
    pub value: f64,
    /// Its hyperparameters: `best.params["lr"]`.
    pub params: NamedValues,
}

impl Sweep {
    /// Returns the best complete trial by the sweep's goal, among those that satisfy their constraints, with its values by
    /// name.
    ///
    /// ```
    /// use hyperopt_core::{Parameters, Search};
    ///
    /// let sweep = Search::new(Parameters::new().with("x", 0.0..=1.0)).run(0..9, |_, params| params["x"]).into_sweep();
    /// let best = sweep.best()?;
    /// assert_eq!(best.params["x"].as_f64(), Some(best.value));
    /// # Ok::<_, hyperopt_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails as [`Hyperoptimizer::best`](crate::Hyperoptimizer::best) does.
    pub fn best(&self) -> Result<BestByName, Error> {
        let (number, value) = self.best_for(self.goal())?;
        Ok(BestByName { number, value, params: self.params(&self.history().trials()[number]) })
    }

    /// Returns the values of `trial`, one of this sweep, by the names of the hyperparameters.
    #[must_use]
    pub fn params(&self, trial: &Trial) -> NamedValues {
        self.space().assignments(trial.point()).map(|(name, value)| (name.to_owned(), value)).collect()
    }
}
