//! The keys of system attributes.

pub(crate) const SPACE: &str = "hyperopt:space";
pub(crate) const SEED: &str = "hyperopt:seed";
pub(crate) const SAMPLER: &str = "hyperopt:sampler";
pub(crate) const BUDGETS: &str = "hyperopt:budgets";
pub(crate) const METRIC_NAMES: &str = "study:metric_names";
pub(crate) const POINT: &str = "hyperopt:point";
pub(crate) const TOLD: &str = "hyperopt:told";
pub(crate) const RUNGS: &str = "hyperopt:rungs";
/// Who runs the trial: its lease.
pub(crate) const WORKER: &str = "hyperopt:worker";
pub(crate) const RETRIES: &str = "hyperopt:retries";
pub(crate) const FIXED: &str = "fixed_params";
pub(crate) const CONSTRAINTS: &str = "constraints";
