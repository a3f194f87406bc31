//! Values that a shell completes: samplers, output directories, and the names of studies, metrics and hyperparameters.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Command, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use hyperopt_core::plain::is_command;
use hyperopt_store::Study;
use hyperopt_yaml::Config;

use crate::args::Cli;
use crate::output::{Layout, RunFile, study_address};

/// The variable in which a shell asks for completions.
pub(crate) const VARIABLE: &str = "HYPEROPT_COMPLETE";

/// The depth below the working directory to which output directories are looked for.
const DEPTH: usize = 2;

/// The maximum number of directories that are looked at.
const LOOKED_AT: usize = 1000;

/// Returns the command line with what completes its values.
pub(crate) fn command() -> Command {
    let complete = |command: Command, argument: &'static str, by: fn() -> ArgValueCompleter| {
        command.mut_arg(argument, |found| found.add(by()))
    };
    let mut command = Cli::command();
    for name in ["show", "best", "plot", "report", "export"] {
        command = command.mut_subcommand(name, |read| complete(complete(read, "source", outputs), "name", studies));
    }
    command = command.mut_subcommand("run", |run| {
        complete(complete(complete(run, "sampler", samplers), "name", studies), "metric", metrics)
    });
    command = command.mut_subcommand("resume", |resume| complete(resume, "output", outputs));
    command.mut_subcommand("studies", |all| {
        let all = complete(all, "source", outputs);
        let all = all.mut_subcommand("list", |list| complete(list, "source", outputs));
        // An argument that is changed becomes the last one.
        all.mut_subcommand("delete", |delete| complete(complete(delete, "name", studies), "source", outputs))
    })
}

/// Completes the name of a sampler.
fn samplers() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let samplers = hyperopt_yaml::samplers();
        matching(current, samplers.map(|(name, help)| CompletionCandidate::new(name).help(Some(help.into()))))
    })
}

/// Completes the output directories of sweeps below the working directory, and databases in it.
fn outputs() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let mut found = Vec::new();
        let mut left = LOOKED_AT;
        directories(Path::new(""), DEPTH, &mut left, &mut found);
        matching(current, found.into_iter().map(CompletionCandidate::new))
    })
}

/// Completes the names of the studies in the databases that the words of the command line name, or that are near.
fn studies() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let studies = addresses().into_iter().filter_map(|url| Study::open(&url).ok()?.list().ok()).flatten();
        // What commands a terminal is no name to complete.
        let names = studies.map(|study| study.name).filter(|name| !name.chars().any(is_command));
        matching(current, names.map(CompletionCandidate::new))
    })
}

/// Completes the metric of the configuration that the command line names.
fn metrics() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let words: Vec<_> = std::env::args().collect();
        let named = words.windows(2).find(|pair| matches!(pair[0].as_str(), "-c" | "--config")).map(|pair| &pair[1]);
        let config = named.and_then(|path| Config::read(path).ok());
        let paths = config.map(|config| {
            let definition = config.definition();
            let (split, feature, metric) = (definition.split(), definition.output_feature(), definition.metric());
            [metric.to_owned(), format!("{split}.{metric}"), format!("{split}.{feature}.{metric}")]
        });
        matching(current, paths.into_iter().flatten().map(CompletionCandidate::new))
    })
}

fn matching(current: &OsStr, candidates: impl IntoIterator<Item = CompletionCandidate>) -> Vec<CompletionCandidate> {
    let begins = |candidate: &CompletionCandidate| {
        candidate.get_value().as_encoded_bytes().starts_with(current.as_encoded_bytes())
    };
    candidates.into_iter().filter(begins).collect()
}

/// Collects the output directories below `directory`.
fn directories(directory: &Path, depth: usize, left: &mut usize, found: &mut Vec<PathBuf>) {
    let here = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    let Ok(entries) = fs::read_dir(here) else { return };
    for entry in entries.flatten() {
        if *left == 0 {
            return;
        }
        *left -= 1;
        let name = entry.file_name();
        if !entry.file_type().is_ok_and(|kind| kind.is_dir()) || name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = directory.join(name);
        if path.join("run.json").is_file() {
            found.push(path);
        } else if depth > 0 {
            directories(&path, depth - 1, left, found);
        }
    }
}

/// Returns the addresses of database files on the command line and in `HYPEROPT_STUDY`. Servers are not queried, since that may
/// take long.
fn addresses() -> Vec<String> {
    let words = std::env::args().skip(1).chain(std::env::var("HYPEROPT_STUDY"));
    let address = |word: String| {
        if word.starts_with("sqlite:") {
            return Some(word);
        }
        let layout = Layout::new(Path::new(&word)).ok().filter(Layout::is_used)?;
        let run = RunFile::read(&layout).ok()?;
        study_address(&layout, &run, None).ok().filter(|url| url.starts_with("sqlite:"))
    };
    words.filter_map(address).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_arguments_that_are_completed_exist() {
        super::command().debug_assert();
    }
}
