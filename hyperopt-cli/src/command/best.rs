//! `hyperopt best`

use std::fs;
use std::io;

use crate::args::{Best, ConfigFormat};
use crate::command::{Source, print};
use crate::failure::{Failure, NO_RESULT};

pub(crate) fn run(best: &Best) -> Result<(), Failure> {
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
            let config = crate::sweep::parse_config(&text, &path)?;
            print(|out| writeln!(out, "{config:#}"))
        }
    }
}
