//! `hyperopt best`: prints the configuration of the best trial.

use std::fs;
use std::io;

use hyperopt_yaml::Config;

use crate::args::{BestArgs, ConfigFormat};
use crate::exit_code::NO_RESULT;
use crate::failure::Failure;
use crate::print::print;
use crate::results::Source;

pub(crate) fn run(best: &BestArgs) -> Result<(), Failure> {
    let source = Source::directory(&best.output, None)?;
    let Some((trial, _)) = source.sweep.history().best(source.sweep.goal()) else {
        let message = format!("no trial of {} has succeeded yet", best.output.display());
        return Err(Failure { code: NO_RESULT, message });
    };
    let Some(layout) = source.layout else { return Ok(()) };
    let path = layout.trial(trial.number()).config();
    let text = fs::read_to_string(&path).map_err(|error| {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "; it ran on another machine, or the directory has been tidied up",
            _ => "",
        };
        Failure::usage(format!(
            "cannot read {}, the configuration of trial {}: {error}{hint}",
            path.display(),
            trial.number()
        ))
    })?;
    match best.format {
        ConfigFormat::Yaml => print(|out| out.write_all(text.as_bytes())),
        ConfigFormat::Json => {
            let config = Config::parse_value(&path.display().to_string(), &text).map_err(Failure::usage)?;
            print(|out| writeln!(out, "{config:#}"))
        }
    }
}
