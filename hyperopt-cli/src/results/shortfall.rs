//! What the best trial lacks of the full budget.

use hyperopt_core::Trial;
use hyperopt_yaml::Config;

/// A trial that has had less than the full budget.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shortfall {
    /// The setting of the configuration that budgets are written to.
    pub(crate) setting: String,
    pub(crate) had: f64,
    pub(crate) full: f64,
}

impl Shortfall {
    /// Returns what `trial` lacks of the full budget; `None` if it has had that, or the sweep has no budgets.
    pub(crate) fn of(config: &Config, trial: &Trial) -> Option<Self> {
        let (setting, full) = config.budget_setting()?;
        let had = trial.resources().filter(|had| *had < full)?;
        Some(Self { setting: setting.to_owned(), had, full })
    }
}
