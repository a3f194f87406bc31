//! `hyperopt best`: prints the configuration of the best trial.

use crate::args::{BestArgs, ConfigFormat};
use crate::exit_code::NO_RESULT;
use crate::failure::Failure;
use crate::message::note;
use crate::print::{print_json, print_yaml};
use crate::results::{Configuration, Shortfall, Source};

pub(crate) fn run(best: &BestArgs) -> Result<(), Failure> {
    let source = Source::open(&best.source)?;
    let Some((trial, _)) = source.sweep.history().best(source.sweep.goal()) else {
        let message = format!("no trial of {} has succeeded yet", best.source.source);
        return Err(Failure::new(NO_RESULT, message));
    };
    let configuration = Configuration::of(&source, trial, best.validated)?;
    if let Some(Shortfall { setting, had, full }) = &configuration.shortfall
        && !best.validated
    {
        note(format_args!(
            "trial {} had `{setting}: {had}`, and no trial the full {full}, which this configuration has; `--validated` prints the \
             one that was measured",
            trial.number()
        ));
    }
    if !configuration.is_complete {
        note(format_args!(
            "these are the hyperparameters of trial {} alone: a database holds no configuration; for the complete one, name the \
             output directory of the sweep",
            trial.number()
        ));
    }
    match best.format {
        ConfigFormat::Yaml => print_yaml(&configuration.yaml),
        ConfigFormat::Json => print_json(&configuration.json()?),
    }
}
