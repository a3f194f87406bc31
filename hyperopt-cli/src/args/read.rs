//! The arguments of the commands that read a sweep, and of those that need none.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::args::count::trial;
use crate::duration::duration;

/// The sweep that is read.
#[derive(Args, Clone, Debug)]
pub(crate) struct SourceArgs {
    /// The output directory of a sweep, or the address of a database
    #[arg(value_name = "DIR|URL", value_hint = ValueHint::DirPath)]
    pub(crate) source: String,
    /// The name of the study, required if the database holds several
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) name: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct ShowArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Prints one object of JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Shows one trial, with the last lines that its program wrote
    #[arg(long, value_name = "N", value_parser = trial, allow_negative_numbers = true)]
    pub(crate) trial: Option<usize>,
}

#[derive(Args, Debug)]
pub(crate) struct BestArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Prints the configuration as the best trial ran it, if that was with less than the full budget
    #[arg(long)]
    pub(crate) validated: bool,
    /// The format of the configuration
    #[arg(long, value_enum, default_value = "yaml")]
    pub(crate) format: ConfigFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ConfigFormat {
    Yaml,
    Json,
}

#[derive(Args, Debug)]
pub(crate) struct PlotArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// The file to write, .png or .svg; `-` for an SVG on standard output (default: `sweep.png` in the output directory)
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// The kind of figure
    #[arg(long, value_enum, default_value = "plot", value_name = "KIND")]
    pub(crate) figure: FigureKind,
    /// The hyperparameters to draw, in this order (default: all; of many, the most important ones)
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) hyperparameters: Vec<String>,
    /// Another sweep in the same figure, with its own line or bars: for `comparison`, `optimization_history`, `edf` and
    /// `param_importances`; may be repeated
    #[arg(long, value_name = "DIR|URL", value_hint = ValueHint::DirPath)]
    pub(crate) with: Vec<String>,
    /// The title (default: the sampler and the number of trials)
    #[arg(long)]
    pub(crate) title: Option<String>,
}

/// A function of `hyperopt_plot`, by its name there; the names of earlier versions are aliases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FigureKind {
    /// The objective against each hyperparameter
    #[value(alias = "parameters")]
    Plot,
    /// The same, with running medians, and the trials that failed or were pruned
    Slice,
    /// The objectives in the order of the trials, with the best so far
    #[value(name = "optimization_history", alias = "history", alias = "optimization-history")]
    OptimizationHistory,
    /// Which hyperparameters the objective depends on
    #[value(name = "param_importances", alias = "param-importances", alias = "importances", alias = "importance")]
    ParamImportances,
    /// The mean objective over each pair of hyperparameters
    #[value(name = "pair_plot", alias = "pairs", alias = "pair-plot")]
    PairPlot,
    /// The objective as a landscape over each pair of hyperparameters
    Contour,
    /// Each pair of hyperparameters, in the colours of the ranks
    Rank,
    /// One line for each trial, across all hyperparameters
    #[value(
        name = "parallel_coordinate",
        alias = "parallel",
        alias = "parallel-coordinate",
        alias = "parallel_coordinates",
        alias = "parallel-coordinates"
    )]
    ParallelCoordinate,
    /// The distribution of the objectives
    Edf,
    /// The learning curves of trials that report, or of the rungs
    #[value(name = "intermediate_values", alias = "intermediate-values")]
    IntermediateValues,
    /// The objective against the budget, for sweeps with budgets
    Rungs,
    /// The objectives against each other, for sweeps with several
    #[value(name = "pareto_front", alias = "pareto", alias = "pareto-front")]
    ParetoFront,
    /// The hypervolume in the order of the trials, for sweeps with several objectives
    #[value(name = "hypervolume_history", alias = "hypervolume-history")]
    HypervolumeHistory,
    /// The trials in time, by worker
    Timeline,
    /// The best so far of this sweep and of those that `--with` names
    Comparison,
}

/// Parses the time of `--watch`, which takes the next word where there is one.
fn interval(text: &str) -> Result<Duration, String> {
    duration(text).map_err(|error| format!("{error}; or put the sweep first: `hyperopt report DIR --watch`"))
}

#[derive(Args, Debug)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// The file to write, .html; `-` for standard output (default: `report.html` in the output directory)
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// The title of the page (default: the name of the output directory)
    #[arg(long, conflicts_with = "directory")]
    pub(crate) title: Option<String>,
    /// Writes the page again while the sweep runs, and makes it reload itself; looks for changes every TIME (default: 5s)
    #[arg(long, value_name = "TIME", num_args = 0..=1, default_missing_value = "5s", value_parser = interval, allow_negative_numbers = true)]
    pub(crate) watch: Option<Duration>,
    /// Writes figures and tables as files of their own instead, into DIR (default: `report` in the output directory)
    #[arg(long, value_name = "DIR", num_args = 0..=1, value_hint = ValueHint::DirPath, conflicts_with_all = ["output", "watch"])]
    #[allow(clippy::option_option, reason = "clap's form of an option with or without a value")]
    pub(crate) directory: Option<Option<PathBuf>>,
    /// The format of the figures
    #[arg(long, value_enum, default_value = "svg", requires = "directory")]
    pub(crate) format: FigureFormat,
    /// Guards the texts in `trials.csv`, as `hyperopt export --csv-guard` does
    #[arg(long, requires = "directory")]
    pub(crate) csv_guard: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FigureFormat {
    Svg,
    Png,
}

#[derive(Args, Debug)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// The format
    #[arg(long, value_enum)]
    pub(crate) format: ExportFormat,
    /// The file to write; `-` for standard output, as by default
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// Escapes text in CSV that a spreadsheet would run as a formula (`=`, `+`, `-` or `@` comes first) with an apostrophe
    #[arg(long)]
    pub(crate) csv_guard: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ExportFormat {
    /// A table with a row for each trial
    Csv,
    /// An object of JSON on a line for each trial
    Jsonl,
    /// The file `hyperopt_statistics.json`: the configuration, and the trials, best first
    Statistics,
}

#[derive(Args, Debug)]
pub(crate) struct InitArgs {
    /// The file to write, which must not exist yet; `-` for standard output
    #[arg(value_name = "FILE", default_value = "sweep.yaml", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct ManArgs {
    /// The directory to write to, such as `~/.local/share/man/man1`
    #[arg(value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) directory: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}
