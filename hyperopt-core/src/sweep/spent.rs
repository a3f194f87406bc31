//! What the trials of a sweep with budgets have spent, and the limit `spend`.

use crate::history::{Spent, is_spent};
use crate::space::number;
use crate::sweep::Sweep;

impl Sweep {
    /// Returns the resources after which the sweep ends, the setting [`spend`](crate::Search::spend); `None` if there is no such
    /// limit. A sweep that was read from a study has the limit of the last run that set one.
    #[must_use]
    pub fn spend(&self) -> Option<f64> {
        self.spend
    }

    /// Returns the resources that all trials have spent, including those of an earlier sweep that this one resumes: each trial
    /// spends its resources minus those that its configuration has had before. `None` without budgets.
    ///
    /// ```
    /// use hyperopt_core::{Hyperband, Parameters, Search};
    ///
    /// let space = Parameters::new().with("x", 0.0..=1.0);
    /// let search = Search::new(space).seed(7).sampler(Hyperband::new(3.0)).spend(100);
    /// let sweep = search.run_trials(1..=9, |trial, params| params["x"] / trial.resources().unwrap_or(1.0)).into_sweep();
    /// assert!(sweep.spend() == Some(100.0) && sweep.spent() >= Some(100.0));
    /// ```
    #[must_use]
    pub fn spent(&self) -> Option<f64> {
        let has_budgets = self.history.trials().iter().any(|trial| trial.resources().is_some());
        has_budgets.then(|| Spent::new(0).count(&self.history))
    }

    /// Sets the limit of a sweep that was read, and notes how much of it was spent.
    #[doc(hidden)]
    #[must_use]
    pub fn limited(mut self, spend: f64) -> Self {
        self.spend = Some(spend);
        if let Some(spent) = self.spent() {
            self.add_note(if is_spent(spent, spend) {
                spent_note(spent, spend)
            } else {
                format!("spend: its trials have spent {} of {} resources so far", number(spent), number(spend))
            });
        }
        self
    }
}

/// Returns the note about a sweep that ended as `spent` resources reached its `limit`.
pub(crate) fn spent_note(spent: f64, limit: f64) -> String {
    format!("spend: the sweep ended as its trials had spent {} of {} resources", number(spent), number(limit))
}
