//! The course of a sweep: learning curves, hypervolumes and workers.

/// What a trial reported while it ran.
#[derive(Clone, Debug)]
pub(crate) struct Curve {
    pub(crate) number: usize,
    pub(crate) ending: Ending,
    /// Its objective, if it has one.
    pub(crate) value: Option<f64>,
    /// Steps and finite values.
    pub(crate) steps: Vec<(f64, f64)>,
}

/// How a trial ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Complete,
    Infeasible,
    /// It was pruned, or its configuration was not promoted to the largest budget.
    Pruned,
    Failed,
}

/// What the steps of the curves are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Steps {
    /// The steps that the trials reported.
    #[default]
    Reports,
    /// The budgets of the rungs.
    Rungs,
}

/// The hypervolume after each trial that changes it.
#[derive(Clone, Debug)]
pub(crate) struct Volumes {
    pub(crate) steps: Vec<(usize, f64)>,
    /// The value of each objective from which it counts.
    pub(crate) reference: String,
}

/// A trial on a worker, from one moment to another in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shift {
    pub(crate) number: usize,
    pub(crate) worker: usize,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) ending: Ending,
}
