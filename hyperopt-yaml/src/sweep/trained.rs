//! A finished sweep of a file.

use std::collections::HashSet;

use hyperopt_core::{Hyperoptimizer, NamedValues, Sweep};
use serde_json::Value;

use crate::config::Config;
use crate::sweep::space::space;

/// A finished sweep, with the hyperparameters of each trial by name.
pub type Trained = Hyperoptimizer<Vec<(String, Value)>>;

impl Config {
    /// Adds the hyperparameters by name to a sweep of this configuration that was read from a study.
    ///
    /// # Errors
    ///
    /// Fails if the hyperparameters of the sweep are not those of this configuration.
    pub fn trained(&self, sweep: Sweep) -> Result<Trained, hyperopt_core::Error> {
        let begun = {
            let names: HashSet<&str> = sweep.space().parameters().collect();
            self.as_begun(|name| names.contains(name))
        };
        let typed = sweep.typed(&space(begun.as_ref().unwrap_or(self).definition()))?;
        Ok(typed.map(NamedValues::into_vec))
    }
}
