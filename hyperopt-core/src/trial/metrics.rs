//! What a body measures: objectives, constraints, and named values beside them.

use std::borrow::Cow;

/// A named value beside the objective of a trial, or a constraint: its name and its value.
pub type Metric = (Cow<'static, str>, f64);

/// Objectives, constraints and further named values, for a body that measures more than one number.
///
/// The objectives drive the sweep; all other values are recorded beside them, and appear in the table and in every export.
///
/// ```
/// use hyperopt_core::Metrics;
///
/// let metrics = Metrics::new(0.31).with("accuracy", 0.87).with("epochs", 12.0);
/// assert_eq!(metrics.objective(), 0.31);
/// ```
///
/// # Several objectives
///
/// In a sweep with several goals, `goal = [Minimize, Maximize]`, each trial has one objective for each goal: an array, or named
/// ones. The names head the columns of the table, of files and of figures.
///
/// ```
/// # use hyperopt_core::Metrics;
/// let metrics = Metrics::objectives([("loss", 0.31), ("images per second", 850.0)]).with("epochs", 12.0);
/// ```
///
/// # Constraints
///
/// A constraint is a number that should be at most 0, such as the used memory minus the limit. Trials that satisfy all
/// constraints are *feasible*, and rank before all others whatever their objectives; the others rank by the sum of their
/// violations.
///
/// ```
/// # use hyperopt_core::Metrics;
/// let (used, limit) = (6.5, 8.0);
/// let metrics = Metrics::new(0.31).constraint("memory", used - limit);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Metrics {
    pub(crate) objectives: Vec<f64>,
    /// One for each objective, or none at all.
    pub(crate) names: Vec<Cow<'static, str>>,
    pub(crate) constraints: Vec<Metric>,
    pub(crate) named: Vec<Metric>,
}

impl Metrics {
    /// Makes a single objective without a name. NaN and infinity make the trial a failed one.
    #[must_use]
    pub fn new(objective: f64) -> Self {
        Self { objectives: vec![objective], names: Vec::new(), constraints: Vec::new(), named: Vec::new() }
    }

    /// Makes named objectives, in the order of the goals. All trials of a sweep give them the same names.
    #[must_use]
    pub fn objectives<N: Into<Cow<'static, str>>>(objectives: impl IntoIterator<Item = (N, f64)>) -> Self {
        let (names, objectives) = objectives.into_iter().map(|(name, value)| (name.into(), value)).unzip();
        Self { objectives, names, constraints: Vec::new(), named: Vec::new() }
    }

    /// Adds a named value; the last of two with one name counts.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: f64) -> Self {
        put(&mut self.named, name.into(), value);
        self
    }

    /// Adds a constraint, which is satisfied if `value` is 0 or less; the last of two with one name counts. NaN is an infinite
    /// violation.
    #[must_use]
    pub fn constraint(mut self, name: impl Into<Cow<'static, str>>, value: f64) -> Self {
        put(&mut self.constraints, name.into(), value);
        self
    }

    /// Returns the objective, or the first of several; NaN if there is none.
    #[must_use]
    pub fn objective(&self) -> f64 {
        self.objectives.first().copied().unwrap_or(f64::NAN)
    }
}

/// Adds a metric, in place of one with the same name.
pub(super) fn put(metrics: &mut Vec<Metric>, name: Cow<'static, str>, value: f64) {
    metrics.retain(|(earlier, _)| *earlier != name);
    metrics.push((name, value));
}
