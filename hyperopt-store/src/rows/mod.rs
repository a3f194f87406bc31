//! Trials as rows of Optuna's tables, whatever the database: the keys of attributes, and what converts records and rows.

mod decode;
mod encode;
mod outcome_json;
mod point_json;
mod row;
#[cfg(test)]
mod tests;

use hyperopt_core::study::Opening;
use hyperopt_core::{Goal, Space};

#[cfg(test)]
pub(crate) use self::decode::Decoded;
pub(crate) use self::outcome_json::python_float;
pub(crate) use self::row::{RowState, TrialRow, Writes, loaded, stored};
use crate::distribution::Distribution;

/// The keys of system attributes.
pub(crate) mod key {
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
}

/// A key, and its value as JSON.
pub(crate) type Attribute = (&'static str, String);

/// What a study says about itself when it begins: its system attributes, which are read again, and its user attributes,
/// which people are shown.
pub(crate) fn study_attributes(opening: &Opening) -> ([Attribute; 4], [Attribute; 2]) {
    let space = serde_json::to_string(&opening.space).unwrap_or_default();
    let (seed, sampler) = (opening.seed.to_string(), text_json(&opening.sampler));
    let people = [("sampler", sampler.clone()), ("seed", seed.clone())];
    let budgets = opening.has_budgets.to_string();
    ([(key::SPACE, space), (key::SEED, seed), (key::SAMPLER, sampler), (key::BUDGETS, budgets)], people)
}

/// Converts the records of one study into rows, and rows into records.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    space: Space,
    distributions: Vec<String>,
    goals: Vec<Goal>,
    has_budgets: bool,
}

impl Rows {
    pub(crate) fn new(space: Space, goals: Vec<Goal>, has_budgets: bool) -> Self {
        let distributions = space.axes().iter().map(|axis| Distribution::of(axis).json()).collect();
        Self { space, distributions, goals, has_budgets }
    }

    pub(crate) fn has_budgets(&self) -> bool {
        self.has_budgets
    }
}

/// `text` as JSON.
pub(crate) fn text_json(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
