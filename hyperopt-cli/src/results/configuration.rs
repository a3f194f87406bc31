//! The configuration of a trial, which follows from the file of the sweep and the hyperparameters.

use hyperopt_core::Trial;
use hyperopt_yaml::Config;
use serde_json::Value;

use crate::failure::Failure;
use crate::output::{RunFile, read_config, with_options};
use crate::results::shortfall::Shortfall;
use crate::results::source::Source;
use crate::results::summary::named;

/// The configuration of a trial as a YAML file.
#[derive(Debug)]
pub(crate) struct Configuration {
    pub(crate) yaml: String,
    /// What the trial lacks of the full budget, which the configuration has.
    pub(crate) shortfall: Option<Shortfall>,
    /// Whether it is the complete one, and not the hyperparameters alone.
    pub(crate) is_complete: bool,
}

impl Configuration {
    /// Returns the configuration of `trial`, wherever it ran: as its program was given it, or with the full budget. A sweep that
    /// was read from a database alone has no file, and gives the hyperparameters.
    pub(crate) fn of(source: &Source, trial: &Trial, as_run: bool) -> Result<Self, Failure> {
        let values = source.values.get(trial.number());
        let Some(layout) = &source.layout else {
            return Ok(Self {
                yaml: Config::values_yaml(&named(&source.sweep, trial)),
                shortfall: None,
                is_complete: false,
            });
        };
        let run = RunFile::read(layout)?;
        let config = with_options(&run, read_config(layout, &run)?)?;
        let Some(values) = values else {
            return Err(Failure::usage(format!(
                "{} has been changed: its hyperparameters are not those of the sweep; put the file back that the sweep was \
                 started with",
                layout.config().display()
            )));
        };
        let yaml =
            if as_run { config.resolve_yaml_of_trial(values, trial.resources()) } else { config.resolve_yaml(values) };
        Ok(Self { yaml, shortfall: Shortfall::of(&config, trial), is_complete: true })
    }

    /// Returns the configuration as JSON.
    pub(crate) fn json(&self) -> Result<Value, Failure> {
        Config::parse_value("the configuration", &self.yaml).map_err(Failure::broken)
    }
}
