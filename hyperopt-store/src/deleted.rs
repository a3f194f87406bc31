//! What is deleted with a study: the rows of these tables.

/// The tables whose rows belong to a trial, in Optuna's schema.
pub(crate) const OF_TRIALS: [&str; 6] = [
    "trial_user_attributes",
    "trial_system_attributes",
    "trial_params",
    "trial_values",
    "trial_intermediate_values",
    "trial_heartbeats",
];

/// The tables whose rows belong to a study, those of the trials before that of the studies.
pub(crate) const OF_STUDIES: [&str; 5] =
    ["trials", "study_directions", "study_user_attributes", "study_system_attributes", "studies"];

/// The contents of a deleted study.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deleted {
    /// The number of its trials.
    pub trials: usize,
    /// The processes that still ran one of its trials, by host and process id; empty unless the deletion was forced.
    pub workers: Vec<String>,
}
