//! The command line.

mod read;

pub(crate) use read::{
    Best, Completions, ConfigFormat, Export, ExportFormat, FigureFormat, FigureKind, Init, Plot, Report, Show, Source,
};

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args, Parser, Subcommand, ValueHint};
use serde::{Deserialize, Serialize};

use crate::duration::duration;

const EXAMPLES: &str = "\
Examples:
  hyperopt init sweep.yaml
  hyperopt run -c sweep.yaml -d data.csv -- python3 train.py --config {config} --data {dataset}
  hyperopt run -c sweep.yaml --metric loss -- ./train --lr {trainer.learning_rate}
  hyperopt resume results/sweep
  hyperopt best results/sweep --format yaml > best.yaml
  hyperopt report results/sweep

Exit codes:
  0    there is a result
  1    no trial succeeded
  2    something is wrong with the command line, the configuration or the files it names
  3    the sweep could not go on: a database or a disk was lost
  130  ended by Ctrl-C; 143 by SIGTERM, 129 by SIGHUP. `hyperopt resume` goes on";

/// Sweeps of any program's hyperparameters, described in a YAML file.
#[derive(Debug, Parser)]
#[command(name = "hyperopt", version, propagate_version = true, after_long_help = EXAMPLES, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Runs a sweep: a program, once for each trial.
    Run(Box<Run>),
    /// Goes on with a sweep that was interrupted or killed.
    Resume(Resume),
    /// Shows the best trials of a sweep.
    Show(Show),
    /// Prints the winning configuration, as a file that the trainer takes.
    Best(Best),
    /// Draws the objective against each hyperparameter, into a PNG or an SVG.
    Plot(Plot),
    /// Writes all figures and tables of a sweep into a directory.
    Report(Report),
    /// Writes all trials as a table, as lines of JSON, or as statistics.
    Export(Export),
    /// Writes a commented configuration to start from.
    Init(Init),
    /// Prints what makes a shell complete this command.
    Completions(Completions),
    #[command(name = crate::process::GUARD, hide = true)]
    Guard { mark: String },
}

#[derive(Args, Debug)]
#[command(after_long_help = RUN_HELP)]
pub(crate) struct Run {
    /// The configuration with the section `hyperopt`
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) config: PathBuf,
    /// The data, for the placeholder `{dataset}`: a file or directory, or an address with `://`
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) dataset: Option<OsString>,
    /// Where results go; `results/<name of the configuration>` unless given
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
    /// The program and its arguments, after `--`; no shell looks at them
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub(crate) command: Vec<OsString>,
}

const RUN_HELP: &str = "\
Placeholders, filled in within their argument:
  {config}   the complete configuration of the trial, a YAML file
  {dataset}  the file of `--dataset`
  {output}   the directory of the trial
  {trial}    its number, from 0
  {budget}   what it may use, with `hyperband`, `bohb` or `asha`
  {NAME}     a hyperparameter by its dotted name, such as {trainer.learning_rate}
  {{ and }}  the braces themselves

The metric is read from the last line of JSON on standard output that has it, such as
  {\"step\": 3, \"accuracy\": 0.71}
or, with `--metric-file results.json --metric validation.accuracy`, from a file in the directory of the trial.";

/// What is measured, and where it is found.
#[derive(Args, Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct MetricArgs {
    /// Where the metric is in the JSON or the table, such as `validation.accuracy`; its name in the configuration unless given
    #[arg(long, value_name = "PATH")]
    pub(crate) metric: Option<String>,
    /// The file that the trainer leaves its metric in: .json, .jsonl, .csv or .tsv; relative to `{output}`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) metric_file: Option<String>,
}

/// What the configuration says of the search, said otherwise.
#[derive(Args, Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct SearchArgs {
    /// random, grid, lhs, clh, tpe, gp, cmaes, hyperband, bohb, asha or auto
    #[arg(long, value_name = "NAME")]
    pub(crate) sampler: Option<String>,
    /// How many trials there are
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) num_samples: Option<u64>,
    /// How many trials run at the same time
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) workers: Option<u16>,
    /// The seed of the search; the same one proposes the same trials
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Starts no trial after this time: 90s, 15m, 2h, 1d
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) timeout: Option<Duration>,
    /// The database that keeps the sweep, `sqlite:FILE` or `postgres://USER@HOST/DB`; `study.db` in the output directory unless
    /// given
    #[arg(long, value_name = "URL", env = "HYPEROPT_STUDY", hide_env_values = true)]
    pub(crate) study: Option<String>,
    /// The name of the sweep in its database
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
}

/// How a trial's program is run.
#[derive(Args, Clone, Debug, Deserialize, Serialize)]
pub(crate) struct TrialArgs {
    /// Ends a trial that takes longer, which counts as failed: 90s, 15m, 2h
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) trial_timeout: Option<Duration>,
    /// How long a trial has to end after SIGTERM before it is killed
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "10s")]
    pub(crate) grace: Duration,
    /// Sets a variable for the trials, NAME=VALUE; NAME alone passes on the value it has here
    #[arg(long, value_name = "NAME=VALUE", action = ArgAction::Append)]
    pub(crate) env: Vec<String>,
    /// Gives the trials no variables but those of `--env` and HYPEROPT_…
    #[arg(long)]
    pub(crate) clear_env: bool,
    /// Where the trials run; here unless given. May have placeholders, such as `{output}`
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) working_directory: Option<String>,
}

/// What is shown.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct Display {
    /// Prints one object of JSON at the end, and nothing else, on standard output
    #[arg(long)]
    pub(crate) json: bool,
    /// Shows no progress
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Resume {
    /// The output directory of the sweep
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) output: PathBuf,
    /// How many trials there are in all
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) num_samples: Option<u64>,
    /// How many trials run at the same time
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) workers: Option<u16>,
    /// Starts no trial after this time: 90s, 15m, 2h, 1d
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) timeout: Option<Duration>,
    /// The database, where its address has a password, which is not kept
    #[arg(long, value_name = "URL", env = "HYPEROPT_STUDY", hide_env_values = true)]
    pub(crate) study: Option<String>,
    #[command(flatten)]
    pub(crate) display: Display,
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
