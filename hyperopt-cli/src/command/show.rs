//! `hyperopt show`: prints the best trials, or one trial.

use std::fs;

use hyperopt_core::plain::plain_line;
use hyperopt_core::{State, Trial};
use serde_json::{Value, json};

use crate::args::ShowArgs;
use crate::failure::Failure;
use crate::print::{print, print_json};
use crate::process::last_lines;
use crate::results::{Configuration, Source, assignments, parameters, summary};

/// The most hyperparameters of a trial that are shown to people.
const MOST_VALUES: usize = 40;

pub(crate) fn run(show: &ShowArgs) -> Result<(), Failure> {
    let source = Source::open(&show.source)?;
    let Some(number) = show.trial else {
        if show.json {
            let shortfall = source.shortfall.as_ref();
            let mut summary = summary(&source.sweep, source.layout.as_ref(), &source.values, shortfall);
            if is_outdated(&source) {
                summary["best"]["config"] = Value::Null;
            }
            return print_json(&summary);
        }
        return print(|out| writeln!(out, "{}", source.sweep.table("`--trial N --json` shows all")));
    };
    let trials = source.sweep.history().trials();
    let trial = trials.get(number).ok_or_else(|| {
        Failure::usage(format!("there is no trial {number}; the last one is {}", trials.len().saturating_sub(1)))
    })?;
    let described = described(&source, trial);
    if show.json {
        return print_json(&described);
    }
    print(|out| {
        writeln!(out, "trial {number}: {}", trial.state())?;
        if let Some(value) = trial.value() {
            let names = source.sweep.objective_names();
            writeln!(out, "{}: {value}", names.first().map_or("objective".into(), |name| plain_line(name)))?;
        }
        let assigned: Vec<_> = assignments(&source.sweep, trial).collect();
        for (name, value) in assigned.iter().take(MOST_VALUES) {
            writeln!(out, "  {} = {}", plain_line(name), plain_line(&value.to_string()))?;
        }
        match assigned.len().saturating_sub(MOST_VALUES) {
            0 => {}
            1 => writeln!(out, "  1 more hyperparameter: `--json` shows all")?,
            more => writeln!(out, "  {more} more hyperparameters: `--json` shows all")?,
        }
        if let Some(reason) = trial.reason() {
            writeln!(out, "{reason}")?;
        }
        if let Some(layout) = &source.layout {
            let directory = layout.trial(number);
            if !directory.path().is_dir() {
                return writeln!(
                    out,
                    "its files are not here: another process of the study has run it, or they have been removed"
                );
            }
            writeln!(out, "files: {}", directory.path().display())?;
            for (name, path) in [("standard output", directory.stdout()), ("standard error", directory.stderr())] {
                let lines = last_lines(&path, 10);
                if trial.state() != State::Failed && !lines.is_empty() {
                    writeln!(out, "last lines of {name}:\n{lines}")?;
                }
            }
        }
        Ok(())
    })
}

/// Returns whether the file of the winner is that of an earlier one: other processes of the study have found a better trial
/// since.
fn is_outdated(source: &Source) -> bool {
    let best = source.sweep.history().best(source.sweep.goal());
    let (Some(layout), Some((trial, _))) = (&source.layout, best) else { return false };
    let winner = layout.winner();
    layout.best_config(trial.number(), source.shortfall.is_some()).is_some_and(|path| path == winner)
        && Configuration::of(source, trial, false)
            .map_or(true, |own| fs::read(&winner).ok() != Some(own.yaml.into_bytes()))
}

fn described(source: &Source, trial: &Trial) -> Value {
    let sweep = &source.sweep;
    let mut described = json!({
        "trial": trial.number(),
        "state": trial.state().name(),
        "metric": sweep.objective_names().first(),
        "objective": trial.objective(),
        "parameters": parameters(sweep, trial, &source.values),
        "reports": trial.reports(),
        "seconds": trial.duration().as_secs_f64(),
        "reason": trial.reason(),
    });
    if let Some(layout) = &source.layout {
        let directory = layout.trial(trial.number());
        let path = directory.path().is_dir().then(|| directory.path().display().to_string());
        described["directory"] = path.into();
    }
    described
}
