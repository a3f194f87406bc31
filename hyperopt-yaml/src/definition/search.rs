//! The sampler and the scheduler of a sweep.

/// Which sampler proposes, which scheduler decides on resources, and with which options.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SearchMethod {
    pub(crate) sampler: SamplerName,
    /// The number of random trials before a sampler that learns.
    pub(crate) startup: Option<usize>,
    /// The number of points of a grid along a continuous hyperparameter.
    pub(crate) resolution: Option<u32>,
    pub(crate) scheduler: Option<SchedulerMethod>,
}

impl Default for SearchMethod {
    fn default() -> Self {
        Self { sampler: SamplerName::Random, startup: None, resolution: None, scheduler: None }
    }
}

/// A sampler that a file can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SamplerName {
    Random,
    Grid,
    Lhs,
    Clh,
    Qmc,
    Tpe,
    Gp,
    CmaEs,
    Auto,
    Anneal,
    Bohb,
    PriorBand,
}

impl SamplerName {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Grid => "grid",
            Self::Lhs => "lhs",
            Self::Clh => "clh",
            Self::Qmc => "qmc",
            Self::Tpe => "tpe",
            Self::Gp => "gp",
            Self::CmaEs => "cmaes",
            Self::Auto => "auto",
            Self::Anneal => "anneal",
            Self::Bohb => "bohb",
            Self::PriorBand => "priorband",
        }
    }
}

/// A scheduler with its options.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum SchedulerMethod {
    /// Rungs of budgets from `min` to `max`, each `eta` times the one before.
    Budgets { kind: SchedulerName, min: f64, max: f64, eta: f64 },
    /// Trials that report are pruned by the median of the others.
    Median { grace: u64, startup: usize, min_trials: usize },
    /// Trials are stopped at their reports, by the seconds since their start: none before `grace`, and all at `max`.
    Seconds { rule: SecondsRule, grace: f64, max: Option<f64> },
}

/// A rule that stops trials by their seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum SecondsRule {
    /// Successive halving by stopping, at milestones each `eta` times as late as the one before.
    Halving { kind: SchedulerName, eta: f64 },
    /// The median stopping rule: the best value of a trial is compared with the median of the means of at least `samples`
    /// others.
    Median { samples: usize },
}

/// A scheduler that hands out budgets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchedulerName {
    Hyperband,
    Asha,
    Pasha,
    Dehb,
}

impl SchedulerName {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Hyperband => "hyperband",
            Self::Asha => "asha",
            Self::Pasha => "pasha",
            Self::Dehb => "dehb",
        }
    }
}

impl SchedulerName {
    /// Returns whether the scheduler can count seconds.
    pub(crate) fn has_seconds(self) -> bool {
        matches!(self, Self::Asha | Self::Hyperband)
    }

    /// Returns the default maximum budget, and the default factor between rungs.
    pub(crate) fn standard(self) -> (f64, f64) {
        match self {
            Self::Asha => (100.0, 4.0),
            Self::Pasha => (100.0, 3.0),
            Self::Hyperband | Self::Dehb => (81.0, 3.0),
        }
    }
}

impl SchedulerMethod {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Budgets { kind, .. } | Self::Seconds { rule: SecondsRule::Halving { kind, .. }, .. } => kind.name(),
            Self::Median { .. } | Self::Seconds { rule: SecondsRule::Median { .. }, .. } => "median_stopping_rule",
        }
    }
}
