//! `--dry-run`: shows what would be run, and neither writes nor starts anything.

use std::io::{self, Write};
use std::process::ExitCode;

use hyperopt_core::plain::plain_line;
use hyperopt_core::{Goal, StopReason};
use hyperopt_store::Study;
use hyperopt_yaml::{Config, Error, Preview, PreviewedTrial, Training};
use itertools::Itertools;
use serde_json::{Value, json};

use crate::exit_code;
use crate::failure::{Failure, for_command};
use crate::print::{print, print_json};
use crate::process::number;
use crate::quote::quoted;
use crate::sweep::prepare::Prepared;
use crate::sweep::proposal::Proposal;

/// The number of trials that are shown.
const SHOWN: usize = 3;

/// What a sweep would run.
#[derive(Debug)]
struct DryRun<'a> {
    prepared: &'a Prepared,
    preview: Preview,
    /// The address of the database, without a password.
    study: String,
    /// The commands of the trials that are shown.
    commands: Vec<Vec<String>>,
    directories: Vec<String>,
    notes: Vec<String>,
}

impl Prepared {
    /// Shows what [`start`](Self::start) would run. What is wrong is an error, as it would be there.
    pub(super) fn dry_run(self) -> Result<ExitCode, Failure> {
        let mut config = self.config.clone();
        // It is made with the output directory.
        let own = format!("sqlite:{}", self.layout.study().display());
        let is_own = config.definition().study() == Some(&own);
        if is_own && !self.layout.study().exists() {
            config.definition_mut().unset_study();
        }
        let training = Training::new(&config).objective_name(self.program.paths.name());
        let preview = training.preview(SHOWN).map_err(|error| match error {
            Error::Sweep(error) => Failure::new(exit_code::of_error(&error), for_command(error)),
            error => Failure::usage(error),
        })?;
        let filled = preview.trials.iter().map(|trial| self.filled(trial)).collect::<Result<Vec<_>, _>>()?;
        let (commands, directories) = filled.into_iter().unzip();
        let url = self.config.definition().study().unwrap_or_default();
        let study = if is_own { own } else { Study::open(url).map_err(Failure::study)?.shown_address() };
        let notes = notes(&self.config, &preview);
        let dry_run = DryRun { prepared: &self, preview, study, commands, directories, notes };
        if self.display.json {
            print_json(&dry_run.json()?)?;
        } else {
            print(|out| dry_run.write(out))?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Returns the command of a trial and its working directory.
    fn filled(&self, trial: &PreviewedTrial) -> Result<(Vec<String>, String), Failure> {
        let proposal = Proposal {
            number: trial.number,
            configuration: trial.configuration,
            budget: trial.budget,
            parameters: &trial.parameters,
            config: &trial.config_yaml,
        };
        let filled = self.program.fill(&proposal, &self.layout.trial(trial.number)).map_err(Failure::usage)?;
        let words = filled.words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        Ok((words, filled.working_directory.display().to_string()))
    }
}

fn notes(config: &Config, preview: &Preview) -> Vec<String> {
    let mut notes = config.notes();
    if preview.is_seed_drawn {
        notes.push(format!(
            "no seed is set, so that each run proposes other trials; `--seed {}` proposes these",
            preview.seed
        ));
    }
    if let Some(trial) = preview.depends {
        let order = if preview.depends_on_order { ", and on which of them ends first" } else { "" };
        notes.push(format!("trial {trial} depends on the results of the trials before it{order}"));
    }
    if let Some(planned) = config.definition().configurations()
        && config.definition().budgets().is_none()
        && preview.kept as u64 >= planned
    {
        notes.push(format!("all {planned} trials have been run; `--num-samples` adds some"));
    } else if preview.trials.is_empty()
        && let Some(end) = preview.end
    {
        notes.push(match end {
            StopReason::Spent => {
                "no trial is left, as the resources of `spend` are spent; a larger `--spend` adds some".into()
            }
            end if config.definition().configurations().is_some() => {
                format!("no trial is left: {end}; `--num-samples` adds some")
            }
            end => format!("no trial is left: {end}"),
        });
    }
    notes
}

impl DryRun<'_> {
    /// Returns the paths at which the metric is looked for, and the name of the file; `None` for standard output.
    fn metric(&self) -> (Vec<&str>, Option<String>) {
        let program = &self.prepared.program;
        (program.paths.iter().collect(), program.metric_file.as_ref().map(|file| file.written().display().to_string()))
    }

    fn goal(&self) -> &'static str {
        if self.prepared.config.definition().goal() == Goal::Maximize { "maximize" } else { "minimize" }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let (program, definition) = (&self.prepared.program, self.prepared.config.definition());
        let mut line = |name: &str, value: String| writeln!(out, "{:<11}{}", format!("{name}:"), plain_line(&value));
        let seed = if self.preview.is_seed_drawn { "no seed".into() } else { format!("seed {}", self.preview.seed) };
        line("sampler", format!("{} ({}, {seed})", definition.sampler(), self.preview.sampler))?;
        if let Some(scheduler) = definition.scheduler() {
            let budgets = definition.budgets();
            let budgets = budgets.map(|(min, max)| format!(", budgets from {} to {}", number(min), number(max)));
            line("scheduler", scheduler.to_owned() + &budgets.unwrap_or_default())?;
        }
        let planned = definition.started();
        let spend = definition.spend().map(|spend| format!("until {} budgets are spent", number(spend)));
        let planned = match (planned, spend) {
            (Some(planned), Some(spend)) => format!("{planned}, or {spend}"),
            (Some(planned), None) => planned.to_string(),
            (None, Some(spend)) => spend,
            (None, None) => "all that the grid has".to_owned(),
        };
        let what = if definition.budgets().is_some() { "configs" } else { "trials" };
        line(what, format!("{planned}, {} at a time", definition.workers()))?;
        let (paths, file) = self.metric();
        let source =
            file.map_or("the last line of JSON on standard output".to_owned(), |file| format!("the file `{file}`"));
        let found = match paths.as_slice() {
            [path] => format!("`{path}`"),
            paths => format!("the first of {}", paths.iter().map(|path| format!("`{path}`")).join(", ")),
        };
        line("metric", format!("{} {}: {found} in {source}", self.goal(), program.paths.name()))?;
        line("output", self.prepared.layout.root().display().to_string())?;
        let kept = match self.preview.kept {
            0 => "new".to_owned(),
            1 => "has 1 trial".to_owned(),
            kept => format!("has {kept} trials"),
        };
        line("study", format!("`{}` in {} ({kept})", definition.study_name(), self.study))?;
        for ((trial, command), directory) in self.preview.trials.iter().zip(&self.commands).zip(&self.directories) {
            let budget = trial.budget.map(|budget| format!(", budget {}", number(budget))).unwrap_or_default();
            writeln!(out, "\ntrial {}{budget}", trial.number)?;
            writeln!(out, "  in {}", plain_line(directory))?;
            writeln!(out, "  {}", plain_line(&command.iter().map(|word| quoted(word)).join(" ")))?;
            trial.config_yaml.lines().try_for_each(|line| writeln!(out, "    {line}"))?;
        }
        if !self.notes.is_empty() {
            writeln!(out)?;
        }
        self.notes.iter().try_for_each(|note| writeln!(out, "note: {note}"))?;
        writeln!(out, "\nnothing was run or written")
    }

    fn json(&self) -> Result<Value, Failure> {
        let (program, definition) = (&self.prepared.program, self.prepared.config.definition());
        let (paths, file) = self.metric();
        let mut trials = Vec::new();
        for ((trial, command), directory) in self.preview.trials.iter().zip(&self.commands).zip(&self.directories) {
            let config = Config::parse_value("the configuration", &trial.config_yaml).map_err(Failure::broken)?;
            let parameters: serde_json::Map<_, _> = trial.parameters.iter().cloned().collect();
            let mut described = json!({
                "trial": trial.number, "parameters": parameters, "config": config, "command": command,
                "working_directory": directory,
            });
            if let Some(budget) = trial.budget {
                described["configuration"] = trial.configuration.into();
                described["budget"] = budget.into();
            }
            trials.push(described);
        }
        Ok(json!({
            "dry_run": true,
            "sampler": self.preview.sampler,
            "scheduler": definition.scheduler(),
            "budgets": definition.budgets().map(|(min, max)| [min, max]),
            "seed": if self.preview.is_seed_drawn { Value::Null } else { self.preview.seed.into() },
            "num_samples": definition.configurations(),
            "configurations": definition.started(),
            "spend": definition.spend(),
            "workers": definition.workers(),
            "goal": self.goal(),
            "metric": program.paths.name(),
            "metric_paths": paths,
            "metric_file": file,
            "output": self.prepared.layout.root().display().to_string(),
            "study": { "address": self.study, "name": definition.study_name(), "trials": self.preview.kept },
            "trials": trials,
            "notes": self.notes,
        }))
    }
}
