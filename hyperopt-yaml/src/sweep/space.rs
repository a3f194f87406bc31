//! The search space of a file.

use hyperopt_core::Parameters;
use serde_json::Value;

use crate::definition::Definition;
use crate::sweep::dimension::dimension;

/// Returns the hyperparameters of `definition`, by name.
pub(crate) fn space(definition: &Definition) -> Parameters<Value> {
    definition.parameters().iter().fold(Parameters::new(), |all, parameter| {
        all.with(parameter.name(), dimension(parameter.name(), &parameter.space))
    })
}
