//! A study as a row of Optuna's tables, without its trials: its goals and its attributes.

use std::collections::HashMap;

use hyperopt_core::Goal;
use hyperopt_core::study::{Opened, Opening};
use serde::de::DeserializeOwned;

use crate::error::StudyError;
use crate::rows::{Rows, key};
use crate::settings::StudySettings;

/// The revision of Optuna's tables.
pub(crate) const REVISION: &str = "v3.2.0.a";

/// Why a sweep with budgets refuses a study.
pub(crate) const FOREIGN_TRIALS: &str = "another program has begun it, and the trials of a sweep with budgets are those of \
                                         its scheduler alone: choose another name";

/// The row of a study, with its system attributes.
#[derive(Debug)]
pub(crate) struct StudyRow {
    pub(crate) id: i64,
    pub(crate) goals: Vec<Goal>,
    /// The system attributes, as JSON by key.
    pub(crate) attributes: HashMap<String, String>,
}

impl StudyRow {
    /// Returns whether a sweep of this crate has written its attributes.
    pub(crate) fn has_space(&self) -> bool {
        self.attributes.contains_key(key::SPACE)
    }

    /// Reads the attribute `key`; `None` if the study does not have it.
    ///
    /// # Errors
    ///
    /// Fails if its JSON is not a `T`.
    pub(crate) fn attribute<T: DeserializeOwned>(
        &self,
        settings: &StudySettings,
        key: &str,
    ) -> Result<Option<T>, StudyError> {
        let read = self.attributes.get(key).map(|json| serde_json::from_str(json)).transpose();
        read.map_err(|error| settings.damaged(format!("its attribute `{key}` cannot be read: {error}")))
    }

    /// Returns the resources after which the sweep ends. JSON has no infinity.
    ///
    /// # Errors
    ///
    /// Fails if the attribute cannot be read.
    pub(crate) fn spend(&self, settings: &StudySettings) -> Result<Option<f64>, StudyError> {
        Ok(self.attribute::<Option<f64>>(settings, key::SPEND)?.flatten())
    }

    /// Returns what the engine compares with its sweep.
    ///
    /// # Errors
    ///
    /// Fails if an attribute cannot be read.
    pub(crate) fn opened(&self, settings: &StudySettings) -> Result<Opened, StudyError> {
        Ok(Opened {
            name: settings.name.clone(),
            space: self.attribute(settings, key::SPACE)?,
            goals: self.goals.clone(),
            seed: self.attribute(settings, key::SEED)?,
            has_budgets: self.attribute(settings, key::BUDGETS)?,
            scheduler: self.attribute(settings, key::SCHEDULER)?,
            spend: self.spend(settings)?,
            names: self.attribute(settings, key::METRIC_NAMES)?.unwrap_or_default(),
        })
    }
}

/// Returns the translation of the trials of `opened`; what another program has left out of its study is taken from `opening`.
pub(crate) fn rows(opened: &Opened, opening: &Opening) -> Rows {
    let space = opened.space.as_ref().unwrap_or(&opening.space);
    Rows::new(space.clone(), opened.goals.clone(), opened.has_budgets.unwrap_or(opening.has_budgets))
}

/// Returns the text of a goal in `study_directions`.
pub(crate) fn direction(goal: Goal) -> &'static str {
    match goal {
        Goal::Minimize => "MINIMIZE",
        Goal::Maximize => "MAXIMIZE",
    }
}

/// Returns the goal of a text in `study_directions`.
pub(crate) fn goal(text: &str) -> Goal {
    if text == direction(Goal::Maximize) { Goal::Maximize } else { Goal::Minimize }
}
