//! What a run leaves: its files, a table or an object of JSON, and an exit code.

use std::process::ExitCode;

use hyperopt_core::{Error, State, StopReason, Sweep};
use hyperopt_yaml::{Config, Trained};
use serde_json::json;

use crate::args::{Display, ExportFormat};
use crate::command::{export, print};
use crate::failure::{BROKEN, Failure, NO_RESULT, USAGE, say};
use crate::output::{Layout, replace};
use crate::process::Interrupts;
use crate::summary;
use crate::sweep::{quoted, statistics};

/// Writes the files of a sweep that has ended, says what came of it, and gives the exit code.
pub(super) fn finish(
    trained: &Trained,
    config: &Config,
    layout: &Layout,
    display: Display,
    interrupts: &Interrupts,
) -> Result<ExitCode, Failure> {
    write(trained, config, layout)?;
    let sweep = trained.sweep();
    let code = code(sweep, interrupts);
    let resume = format!("hyperopt resume {}", quoted(&shown(layout)));
    let is_cut = interrupts.signal().is_some() || sweep.error().is_some() || sweep.end() == StopReason::Timeout;
    let is_unfinished = is_cut || sweep.history().running() > 0;
    if display.json {
        let values: Vec<_> = trained.trials().map(|(_, values)| values.clone()).collect();
        let mut summary = summary::of(sweep, Some(layout), &values);
        summary["end"] = sweep.end().to_string().into();
        summary["code"] = code.into();
        summary["error"] = json!(sweep.error().map(ToString::to_string));
        if is_unfinished {
            summary["resume"] = resume.as_str().into();
        }
        print(|out| writeln!(out, "{summary:#}"))?;
    } else {
        print(|out| {
            writeln!(out, "{sweep}")?;
            if let Some((trial, _)) = sweep.history().best(sweep.goal()) {
                writeln!(out, "best: {}", layout.trial(trial.number()).config().display())?;
            }
            Ok(())
        })?;
    }
    if let Some(error) = sweep.error().filter(|_| display.json) {
        say(error);
    }
    if is_unfinished {
        let finished = sweep.history().len() - sweep.history().count(State::Cancelled) - sweep.history().running();
        say(format_args!("{finished} trials are finished and kept; go on with\n  {resume}"));
    } else if code == NO_RESULT {
        say("no trial succeeded");
    }
    Ok(ExitCode::from(code))
}

/// The files beside the study.
fn write(trained: &Trained, config: &Config, layout: &Layout) -> Result<(), Failure> {
    let text = statistics::text(config, trained);
    let fault = |error| Failure::broken(format!("cannot write to {}: {error}", layout.root().display()));
    replace(&layout.file("hyperopt_statistics.json"), |out| out.write_all(text.as_bytes())).map_err(fault)?;
    for (name, format) in [("trials.csv", ExportFormat::Csv), ("trials.jsonl", ExportFormat::Jsonl)] {
        replace(&layout.file(name), |out| export::write(trained.sweep(), format, out)).map_err(fault)?;
    }
    Ok(())
}

fn code(sweep: &Sweep, interrupts: &Interrupts) -> u8 {
    if let Some(signal) = interrupts.signal() {
        return 128 + signal.as_raw() as u8;
    }
    match sweep.error() {
        Some(Error::Study { .. } | Error::Executor { .. }) => BROKEN,
        Some(_) => USAGE,
        None if sweep.history().best(sweep.goal()).is_none() => NO_RESULT,
        None => 0,
    }
}

/// The output directory as a person would write it here.
fn shown(layout: &Layout) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| layout.root().strip_prefix(here).ok().map(|path| path.display().to_string()));
    below.filter(|path| !path.is_empty()).unwrap_or_else(|| layout.root().display().to_string())
}
