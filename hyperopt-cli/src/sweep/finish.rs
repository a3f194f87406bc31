//! The end of a run: its files, a table or an object of JSON, and an exit code.

use std::process::ExitCode;

use hyperopt_core::{State, StopReason};
use hyperopt_yaml::{Config, Trained};
use rustix::process::Signal;
use serde_json::json;

use crate::args::Display;
use crate::exit_code::{self, NO_RESULT};
use crate::failure::Failure;
use crate::message::{error, note};
use crate::output::{Layout, remove, replace};
use crate::print::{print, print_json};
use crate::quote::quoted;
use crate::results::{Shortfall, TableFormat, statistics, summary, write_table};

/// Writes the files of a sweep that has ended, prints its results, and returns the exit code. `interrupt` is the signal that
/// ended the sweep, if one did.
pub(super) fn finish(
    trained: &Trained,
    config: &Config,
    layout: &Layout,
    display: Display,
    interrupt: Option<Signal>,
) -> Result<ExitCode, Failure> {
    let sweep = trained.sweep();
    let best = sweep.history().best(sweep.goal()).map(|(best, _)| best);
    let shortfall = best.and_then(|best| Shortfall::of(config, best));
    write(trained, config, layout, shortfall.is_some(), display.csv_guard)?;
    let code = exit_code::of(sweep, interrupt);
    let resume = format!("hyperopt resume {}", quoted(&shown(layout)));
    let is_cut = interrupt.is_some() || sweep.error().is_some() || sweep.end() == StopReason::Timeout;
    let is_unfinished = is_cut || sweep.history().running() > 0;
    if display.json {
        let values: Vec<_> = trained.trials().map(|(_, values)| values.clone()).collect();
        let mut summary = summary(sweep, Some(layout), &values, shortfall.as_ref());
        summary["end"] = sweep.end().to_string().into();
        summary["code"] = code.into();
        summary["error"] = json!(sweep.error().map(ToString::to_string));
        if is_unfinished {
            summary["resume"] = resume.as_str().into();
        }
        print_json(&summary)?;
    } else {
        print(|out| {
            let rest = format!("`hyperopt show {} --trial N --json` shows all", quoted(&shown(layout)));
            writeln!(out, "{}", sweep.table(&rest))?;
            let Some(best) = best else { return Ok(()) };
            if let Some(path) = layout.best_config(best.number(), shortfall.is_some()) {
                writeln!(out, "best: {}", path.display())?;
            }
            if let Some(Shortfall { setting, had, full }) = &shortfall {
                let path = layout.trial(best.number()).config();
                writeln!(out, "best has the full `{setting}: {full}`; validated with {had}: {}", path.display())?;
            }
            Ok(())
        })?;
    }
    if let Some(fault) = sweep.error().filter(|_| display.json) {
        error(fault);
    }
    if is_unfinished {
        let finished = sweep.history().len() - sweep.history().count(State::Cancelled) - sweep.history().running();
        let are = if finished == 1 { "trial is" } else { "trials are" };
        note(format_args!("{finished} {are} finished and kept; continue with\n  {resume}"));
    } else if code == NO_RESULT {
        error("no trial succeeded");
    }
    Ok(ExitCode::from(code))
}

/// Writes the files beside the study.
fn write(trained: &Trained, config: &Config, layout: &Layout, is_short: bool, csv_guard: bool) -> Result<(), Failure> {
    let text = statistics(config, trained);
    let fault = |error| Failure::broken(format!("cannot write to {}: {error}", layout.root().display()));
    replace(&layout.file("hyperopt_statistics.json"), |out| out.write_all(text.as_bytes())).map_err(fault)?;
    let best = trained.history().best(trained.goal());
    let values = best.and_then(|(best, _)| trained.trials().nth(best.number()));
    match values {
        // Another process of the study may have run it, with an output directory of its own.
        Some((trial, values)) if is_short || !layout.trial(trial.number()).config().is_file() => {
            let yaml = config.resolve_yaml(values);
            replace(&layout.winner(), |out| out.write_all(yaml.as_bytes())).map_err(fault)?;
        }
        _ => remove(&layout.winner()).map_err(fault)?,
    }
    let csv = TableFormat::Csv { is_guarded: csv_guard };
    for (name, format) in [("trials.csv", csv), ("trials.jsonl", TableFormat::Jsonl)] {
        replace(&layout.file(name), |out| write_table(trained.sweep(), format, out)).map_err(fault)?;
    }
    Ok(())
}

/// Returns the output directory relative to the working directory if it lies below it, else as an absolute path.
fn shown(layout: &Layout) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| layout.root().strip_prefix(here).ok().map(|path| path.display().to_string()));
    below.filter(|path| !path.is_empty()).unwrap_or_else(|| layout.root().display().to_string())
}
