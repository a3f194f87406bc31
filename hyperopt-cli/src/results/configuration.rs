//! The configuration of a trial, which follows from the file of the sweep and the hyperparameters.

use hyperopt_core::Trial;
use hyperopt_yaml::Config;
use serde_json::Value;

use crate::failure::Failure;
use crate::output::{RunFile, read_config};
use crate::results::source::Source;
use crate::results::summary::{Named, named};

/// The configuration of a trial as a YAML file.
#[derive(Debug)]
pub(crate) struct Configuration {
    pub(crate) yaml: String,
    /// Whether it is the complete one, and not the hyperparameters alone.
    pub(crate) is_complete: bool,
}

impl Configuration {
    /// Returns the configuration that the program of `trial` was given, wherever it ran. A sweep that was read from a database
    /// alone has no file, and gives the hyperparameters.
    pub(crate) fn of(source: &Source, trial: &Trial) -> Result<Self, Failure> {
        let values = source.values.get(trial.number());
        let Some(layout) = &source.layout else {
            return Ok(Self { yaml: Config::values_yaml(&named(&source.sweep, trial)), is_complete: false });
        };
        let config = read_config(layout, &RunFile::read(layout)?)?;
        let Some(values) = values else {
            return Err(Failure::usage(format!(
                "{} has been changed: its hyperparameters are not those of the sweep; put the file back that the sweep was \
                 started with",
                layout.config().display()
            )));
        };
        Ok(Self { yaml: complete(&config, trial, values), is_complete: true })
    }

    /// Returns the configuration as JSON.
    pub(crate) fn json(&self) -> Result<Value, Failure> {
        Config::parse_value("the configuration", &self.yaml).map_err(Failure::broken)
    }
}

/// Returns the complete configuration of a trial with these values.
pub(crate) fn complete(config: &Config, trial: &Trial, values: &Named) -> String {
    config.resolve_yaml_of_trial(values, trial.resources())
}
