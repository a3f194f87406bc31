//! What the rows of one study share: its space and its goals, and its own attributes.

use hyperopt_core::study::Opening;
use hyperopt_core::{Goal, Space};

use super::json::text_json;
use super::key;
use crate::distribution::Distribution;

/// A key, and its value as JSON.
pub(crate) type Attribute = (&'static str, String);

/// Returns the attributes of a new study: system attributes, which are read again, and user attributes, which tools show.
pub(crate) fn study_attributes(opening: &Opening) -> (Vec<Attribute>, [Attribute; 2]) {
    let space = serde_json::to_string(&opening.space).unwrap_or_default();
    let (seed, sampler) = (opening.seed.to_string(), text_json(&opening.sampler));
    let people = [("sampler", sampler.clone()), ("seed", seed.clone())];
    let budgets = opening.has_budgets.to_string();
    let scheduler = opening.scheduler.as_deref().map(|scheduler| (key::SCHEDULER, text_json(scheduler)));
    let system = [(key::SPACE, space), (key::SEED, seed), (key::SAMPLER, sampler), (key::BUDGETS, budgets)];
    (system.into_iter().chain(scheduler).collect(), people)
}

/// Converts the records of one study into rows, and rows into records.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    pub(super) space: Space,
    pub(super) distributions: Vec<String>,
    pub(super) goals: Vec<Goal>,
    pub(super) has_budgets: bool,
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
