//! The arguments of the commands that read a sweep, and of those that need none.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use clap_complete::Shell;

/// Which sweep is read.
#[derive(Args, Clone, Debug)]
pub(crate) struct Source {
    /// The output directory of a sweep, or the address of a database
    #[arg(value_name = "DIR|URL", value_hint = ValueHint::DirPath)]
    pub(crate) source: String,
    /// The name of the sweep, where the database has several
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Prints one object of JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Shows one trial with its command's last lines
    #[arg(long, value_name = "N")]
    pub(crate) trial: Option<usize>,
}

#[derive(Args, Debug)]
pub(crate) struct Best {
    /// The output directory of a sweep
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) output: PathBuf,
    #[arg(long, value_enum, default_value = "yaml")]
    pub(crate) format: ConfigFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ConfigFormat {
    Yaml,
    Json,
}

#[derive(Args, Debug)]
pub(crate) struct Plot {
    #[command(flatten)]
    pub(crate) source: Source,
    /// The file, .png or .svg; `sweep.png` in the output directory unless given
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// What is drawn
    #[arg(long, value_enum, default_value = "parameters")]
    pub(crate) figure: FigureKind,
    /// The title, instead of one that tells the sampler and the number of trials
    #[arg(long)]
    pub(crate) title: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FigureKind {
    /// The objective against each hyperparameter
    Parameters,
    /// The mean objective over each pair of hyperparameters
    Pairs,
    /// One line for each trial, across all hyperparameters
    Parallel,
    /// The objective against the budget, of sweeps with budgets
    Rungs,
    /// Two objectives against each other
    Pareto,
}

#[derive(Args, Debug)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Where the files go; `report` in the output directory unless given
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) output: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "svg")]
    pub(crate) format: FigureFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FigureFormat {
    Svg,
    Png,
}

#[derive(Args, Debug)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) source: Source,
    #[arg(long, value_enum)]
    pub(crate) format: ExportFormat,
    /// The file; standard output unless given
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// A table with a row for each trial
    Csv,
    /// An object of JSON on a line for each trial
    Jsonl,
    /// The file `hyperopt_statistics.json`: the configuration, and the trials from the best
    Statistics,
}

#[derive(Args, Debug)]
pub(crate) struct Init {
    /// The file to write, which must not be there yet
    #[arg(value_name = "FILE", default_value = "sweep.yaml", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Completions {
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}
