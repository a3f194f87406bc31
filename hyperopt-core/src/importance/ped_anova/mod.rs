//! PED-ANOVA.

mod density;

use crate::error::Error;
use crate::importance::importances::Importances;
use crate::importance::observations::Observations;
use crate::sweep::Sweep;

use self::density::density;

/// The fewest trials that count as the best.
const FEWEST: usize = 2;

/// PED-ANOVA: importance as the distance between where the best trials lie and where all trials lie, axis by axis.
///
/// A hyperparameter is important if knowing that a trial is among the best says much about its value: the Pearson
/// divergence between the density of the best trials along the axis and that of all trials. Since both come from the same
/// sweep, a sampler that prefers some regions does not make an axis important by that alone.
///
/// Each density is a Parzen estimate with Scott's bandwidth over 50 cells of the unit interval (fewer where the axis has fewer
/// levels), so a logarithmic axis is compared on its logarithmic scale, and a uniform prior with the weight of one trial. A
/// trial in which the axis is inactive counts as spread uniformly over it, so a hyperparameter that is active in few trials has
/// a small importance.
///
/// Watanabe, Bansal and Hutter, "PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in Arbitrary Subspaces",
/// IJCAI 2023, as in Optuna's `PedAnovaImportanceEvaluator`.
///
/// ```
/// use hyperopt_core::{Error, Importances, PedAnova, Sweep};
///
/// fn of_accuracy(sweep: &Sweep) -> Result<Importances, Error> {
///     PedAnova::new().quantile(0.25).objective(1).importances(sweep)
/// }
/// ```
#[derive(Clone, Debug)]
pub struct PedAnova {
    quantile: f64,
    objective: Option<usize>,
}

impl PedAnova {
    /// Makes the evaluator, with the best tenth of the trials.
    #[must_use]
    pub fn new() -> Self {
        Self { quantile: 0.1, objective: None }
    }

    /// Sets the share of the trials that count as the best, above 0 and below 1 (default: 0.1). At least two trials count, and
    /// so do all that are as good as the last of them.
    #[must_use]
    pub fn quantile(mut self, share: f64) -> Self {
        self.quantile = share;
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
    /// Fails if the quantile is out of range; if there are several objectives and none is chosen; if there are fewer than four
    /// complete trials, or all have the same objective; or if no hyperparameter has more than one candidate.
    pub fn importances(&self, sweep: &Sweep) -> Result<Importances, Error> {
        if !(self.quantile > 0.0 && self.quantile < 1.0) {
            let reason = format!("quantile({}) is no share of the trials; write 0.1", self.quantile);
            return Err(Error::Importances { reason });
        }
        let observations = Observations::new(sweep, self.objective)?;
        let best = self.best(&observations.losses);
        let divergences = observations.axes().map(|(index, axis)| {
            let units = |trial: usize| observations.points[trial].get(index);
            let top = density(axis, best.iter().map(|&trial| units(trial)));
            let all = density(axis, (0..observations.points.len()).map(units));
            all.iter().zip(&top).map(|(all, top)| (top - all).powi(2) / all).sum()
        });
        let divergences: Vec<f64> = divergences.collect();
        Ok(observations.importances("PED-ANOVA", observations.points.len(), &divergences))
    }

    /// Returns the best trials: the share of them, and all that are as good as the last.
    fn best(&self, losses: &[f64]) -> Vec<usize> {
        let mut sorted = losses.to_vec();
        sorted.sort_by(f64::total_cmp);
        let count = ((self.quantile * losses.len() as f64).ceil() as usize).clamp(FEWEST, losses.len());
        let cutoff = sorted[count - 1];
        (0..losses.len()).filter(|&trial| losses[trial] <= cutoff).collect()
    }
}

impl Default for PedAnova {
    fn default() -> Self {
        Self::new()
    }
}
