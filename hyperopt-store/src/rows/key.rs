//! The keys of system attributes.

pub(crate) const SPACE: &str = "hyperopt:space";
pub(crate) const SEED: &str = "hyperopt:seed";
pub(crate) const SAMPLER: &str = "hyperopt:sampler";
pub(crate) const BUDGETS: &str = "hyperopt:budgets";
/// The scheduler of a sweep with budgets, in words; earlier versions did not write it.
pub(crate) const SCHEDULER: &str = "hyperopt:scheduler";
/// The resources after which the sweep ends, as the last run that limited them has set them.
pub(crate) const SPEND: &str = "hyperopt:spend";
pub(crate) const METRIC_NAMES: &str = "study:metric_names";
pub(crate) const POINT: &str = "hyperopt:point";
pub(crate) const TOLD: &str = "hyperopt:told";
pub(crate) const RUNGS: &str = "hyperopt:rungs";
/// Who runs the trial: its lease.
pub(crate) const WORKER: &str = "hyperopt:worker";
pub(crate) const RETRIES: &str = "hyperopt:retries";
pub(crate) const FIXED: &str = "fixed_params";
pub(crate) const CONSTRAINTS: &str = "constraints";
