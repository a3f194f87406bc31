//! The command line.

mod count;
mod read;
mod studies;
mod unknown;

pub(crate) use count::MAX_WORKERS;
pub(crate) use read::{
    BestArgs, CompletionsArgs, ConfigFormat, ExportArgs, ExportFormat, FigureFormat, FigureKind, InitArgs, ManArgs,
    PlotArgs, ReportArgs, ShowArgs, SourceArgs,
};
use studies::database;
pub(crate) use studies::{DeleteArgs, ListArgs, StudiesArgs, StudiesCommand};
pub(crate) use unknown::with_nearest;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgAction, Args, ColorChoice, Parser, Subcommand, ValueEnum, ValueHint};
use hyperopt_core::Progress;
use serde::{Deserialize, Serialize};

use crate::args::count::{samples, seed, spend, workers};
use crate::colour;
use crate::duration::duration;
use crate::exit_code;

const EXAMPLES: &str = "\
Examples:
  hyperopt init sweep.yaml
  hyperopt run -c sweep.yaml -d data.csv -- python3 train.py --config {config} --data {dataset}
  hyperopt run -c sweep.yaml --metric loss -- ./train --lr {trainer.learning_rate}
  hyperopt resume results/sweep
  hyperopt best results/sweep --format yaml > best.yaml
  hyperopt report results/sweep";

fn after_help() -> String {
    format!("{EXAMPLES}\n\n{}", exit_code::HELP)
}

/// Sweeps the hyperparameters of any program, as a YAML file describes them.
#[derive(Debug, Parser)]
#[command(name = "hyperopt", version, propagate_version = true, styles = colour::HELP, after_help = after_help())]
pub(crate) struct Cli {
    /// When messages and help are in colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Runs a sweep: the program once for each trial.
    Run(Box<RunArgs>),
    /// Continues a sweep that was interrupted or killed.
    Resume(ResumeArgs),
    /// Shows the best trials of a sweep.
    Show(ShowArgs),
    /// Prints the configuration of the best trial, as a file for the trainer.
    Best(BestArgs),
    /// Draws a figure of a sweep, as PNG or SVG.
    Plot(PlotArgs),
    /// Writes a page of HTML with the results, figures and trials of a sweep.
    Report(ReportArgs),
    /// Writes all trials as CSV, as lines of JSON, or as statistics.
    Export(ExportArgs),
    /// Writes a commented configuration to start from.
    Init(InitArgs),
    /// Lists the studies of a database, or deletes one.
    Studies(StudiesArgs),
    /// Prints a script that makes a shell complete this command.
    Completions(CompletionsArgs),
    /// Writes the manual pages, one for each subcommand.
    Man(ManArgs),
    #[command(name = crate::process::GUARD, hide = true)]
    Guard { mark: String },
}

#[derive(Args, Debug)]
#[command(after_long_help = RUN_HELP)]
pub(crate) struct RunArgs {
    /// The configuration with the section `hyperopt`
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) config: PathBuf,
    /// The data, for the placeholder `{dataset}`: a file, a directory, or an address with `://`
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) dataset: Option<OsString>,
    /// The output directory (default: `results/<name of the configuration>`)
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) metric: MetricArgs,
    #[command(flatten)]
    pub(crate) search: SearchArgs,
    #[command(flatten)]
    pub(crate) trial: TrialArgs,
    #[command(flatten)]
    pub(crate) display: Display,
    /// Shows what would be run, with the first three trials, and neither runs nor writes anything
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Takes part in the sweep if another process has started the same one in the output directory, as several machines do
    #[arg(long)]
    pub(crate) join: bool,
    /// The program and its arguments, after `--`; no shell interprets them
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub(crate) command: Vec<OsString>,
}

const RUN_HELP: &str = "\
Placeholders, filled in within their argument:
  {config}   the complete configuration of the trial, a YAML file
  {dataset}  the file of `--dataset`
  {output}   the directory of the trial
  {trial}    the number of the trial, from 0
  {budget}   the total budget of its configuration, with `hyperband`, `bohb` or `asha`
  {NAME}     a hyperparameter by its dotted name, such as {trainer.learning_rate}
  {{ and }}  the braces themselves

The metric is read from the last line on standard output that is JSON and contains it, such as
  {\"step\": 3, \"accuracy\": 0.71}
or, with `--metric-file results.json --metric validation.accuracy`, from a file in the directory of the trial.";

/// Where the metric is found.
#[derive(Args, Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub(crate) struct MetricArgs {
    /// The path of the metric in the JSON, or its column, such as `validation.accuracy` (default: its name in the configuration)
    #[arg(long, value_name = "PATH")]
    pub(crate) metric: Option<String>,
    /// The file that the trainer writes its metric to: .json, .jsonl, .csv or .tsv; relative to `{output}`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) metric_file: Option<String>,
}

/// Options that override the section `hyperopt` of the configuration.
#[derive(Args, Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub(crate) struct SearchArgs {
    /// The sampler: random, grid, lhs, clh, qmc, tpe, gp, cmaes, auto, anneal, hyperband, bohb, priorband, asha, pasha or dehb
    #[arg(long, value_name = "NAME")]
    pub(crate) sampler: Option<String>,
    /// The number of trials
    #[arg(short, long, visible_alias = "trials", value_name = "N", value_parser = samples, allow_negative_numbers = true)]
    pub(crate) num_samples: Option<u64>,
    /// The number of trials that run at the same time
    #[arg(short, long, value_name = "N", value_parser = workers, allow_negative_numbers = true)]
    pub(crate) workers: Option<u16>,
    /// The seed of the sampler; the same seed proposes the same trials
    #[arg(long, value_name = "N", value_parser = seed, allow_negative_numbers = true)]
    pub(crate) seed: Option<u64>,
    /// Stops starting trials after this time: 90s, 15m, 2h, 1d
    #[arg(long, value_name = "TIME", value_parser = duration, allow_hyphen_values = true)]
    pub(crate) timeout: Option<Duration>,
    /// Ends a sweep with budgets once its trials have spent this total, counted from rung to rung
    #[arg(long, value_name = "BUDGETS", value_parser = spend, allow_negative_numbers = true)]
    pub(crate) spend: Option<f64>,
    /// The database of the sweep, `sqlite:FILE` or `postgres://USER@HOST/DB` (default: `study.db` in the output directory)
    #[arg(long, value_name = "URL", env = "HYPEROPT_STUDY", hide_env_values = true, value_parser = database)]
    pub(crate) study: Option<String>,
    /// The name of the study of the sweep in its database (default: that of the configuration file)
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) name: Option<String>,
}

/// How a trial's program is run.
#[derive(Args, Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct TrialArgs {
    /// Ends a trial that takes longer, and records it as failed: 90s, 15m, 2h
    #[arg(long, value_name = "TIME", value_parser = duration, allow_hyphen_values = true)]
    pub(crate) trial_timeout: Option<Duration>,
    /// The time between SIGTERM and SIGKILL when a trial is ended
    #[arg(long, value_name = "TIME", value_parser = duration, allow_hyphen_values = true, default_value = "10s")]
    pub(crate) grace: Duration,
    /// Sets an environment variable of the trials; NAME alone passes on its value of this process
    #[arg(long, value_name = "NAME=VALUE", action = ArgAction::Append)]
    pub(crate) env: Vec<String>,
    /// Clears the environment of the trials, except for `--env` and HYPEROPT_*
    #[arg(long)]
    pub(crate) clear_env: bool,
    /// The working directory of the trials, which may contain placeholders such as `{output}` (default: that of this process)
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, value_parser = NonEmptyStringValueParser::new())]
    pub(crate) working_directory: Option<String>,
}

/// What is printed.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct Display {
    /// Prints one JSON object at the end, and nothing else, on standard output
    #[arg(long)]
    pub(crate) json: bool,
    /// Shows no progress
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// How progress is shown on standard error
    #[arg(long, value_enum, value_name = "KIND", default_value_t, conflicts_with = "quiet")]
    pub(crate) progress: ProgressKind,
    /// Escapes text in `trials.csv` that a spreadsheet would run as a formula, as `hyperopt export --csv-guard` does
    #[arg(long)]
    pub(crate) csv_guard: bool,
}

/// How progress is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProgressKind {
    /// A bar on a terminal, and lines elsewhere
    #[default]
    Auto,
    /// A bar, and a line for each running trial below it
    Trials,
    /// Lines, as in a log
    Lines,
    /// Nothing, as with `--quiet`
    Off,
}

impl Display {
    /// Returns how progress is shown.
    pub(crate) fn progress(self) -> Progress {
        match self.progress {
            _ if self.quiet => Progress::Off,
            ProgressKind::Auto => Progress::Auto,
            ProgressKind::Trials => Progress::Trials,
            ProgressKind::Lines => Progress::Lines,
            ProgressKind::Off => Progress::Off,
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct ResumeArgs {
    /// The output directory of the sweep
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) output: PathBuf,
    /// The total number of trials
    #[arg(short, long, visible_alias = "trials", value_name = "N", value_parser = samples, allow_negative_numbers = true)]
    pub(crate) num_samples: Option<u64>,
    /// The number of trials that run at the same time
    #[arg(short, long, value_name = "N", value_parser = workers, allow_negative_numbers = true)]
    pub(crate) workers: Option<u16>,
    /// Stops starting trials after this time: 90s, 15m, 2h, 1d
    #[arg(long, value_name = "TIME", value_parser = duration, allow_hyphen_values = true)]
    pub(crate) timeout: Option<Duration>,
    /// Ends a sweep with budgets once its trials, including those of earlier runs, have spent this total
    #[arg(long, value_name = "BUDGETS", value_parser = spend, allow_negative_numbers = true)]
    pub(crate) spend: Option<f64>,
    /// The address of the database, if it contains a password: passwords are not kept
    #[arg(long, value_name = "URL", env = "HYPEROPT_STUDY", hide_env_values = true)]
    pub(crate) study: Option<String>,
    #[command(flatten)]
    pub(crate) display: Display,
    /// Shows what would be run, with the next three trials, and neither runs nor writes anything
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
