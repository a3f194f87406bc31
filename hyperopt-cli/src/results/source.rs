//! The sweep that a command reads: that of an output directory, or that of a database.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use hyperopt_core::Sweep;
use hyperopt_core::plain::plain_line;
use hyperopt_store::Study;
use hyperopt_yaml::Config;
use itertools::Itertools;

use crate::args;
use crate::failure::Failure;
use crate::output::{Layout, RunFile, read_config, study, with_options};
use crate::results::shortfall::Shortfall;
use crate::results::summary::Named;

/// A sweep as it was when it was read, and the place of its files.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) sweep: Sweep,
    /// The study that holds it.
    pub(crate) study: Study,
    /// The output directory; `None` for a sweep that was read from a database alone.
    pub(crate) layout: Option<Layout>,
    /// The hyperparameters of each trial; empty without the configuration.
    pub(crate) values: Vec<Named>,
    /// What the best trial lacks of the full budget.
    pub(crate) shortfall: Option<Shortfall>,
    /// The number of trials after which the sweep has ended, if it is known.
    pub(crate) planned: Option<u64>,
}

impl Source {
    /// Reads the sweep that the command line names.
    pub(crate) fn open(source: &args::SourceArgs) -> Result<Self, Failure> {
        if is_address(&source.source) {
            let study = Study::open(&source.source).map_err(Failure::study)?;
            let name = match &source.name {
                Some(name) => name.clone(),
                None => only_name(&study)?,
            };
            let study = study.name(name);
            let sweep = study.read().map_err(Failure::study)?;
            return Ok(Self { sweep, study, layout: None, values: Vec::new(), shortfall: None, planned: None });
        }
        refuse_file(&source.source)?;
        Self::directory(Path::new(&source.source), source.name.as_deref())
    }

    /// Reads the sweep of an output directory.
    pub(crate) fn directory(path: &Path, name: Option<&str>) -> Result<Self, Failure> {
        let layout = Layout::new(path).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
        let run = RunFile::read(&layout)?;
        let study = study(&layout, &run)?;
        let study = match name {
            Some(name) => study.name(name),
            None => study,
        };
        let mut sweep = study.read().map_err(Failure::study)?;
        // A file that is unreadable, or does not fit the sweep, is no reason not to show what the study holds.
        let config = read_config(&layout, &run).and_then(|config| with_options(&run, config)).ok();
        let values = config.as_ref().and_then(|config| values(config, &sweep));
        let Some((config, values)) = config.zip(values) else {
            return Ok(Self { sweep, study, layout: Some(layout), values: Vec::new(), shortfall: None, planned: None });
        };
        let definition = config.definition();
        let planned = definition.configurations().filter(|_| definition.budgets().is_none());
        let best = sweep.history().best(sweep.goal());
        let shortfall = best.and_then(|(best, _)| Shortfall::of(&config, best));
        // A study of an earlier version does not hold its limit.
        if let (None, Some(spend)) = (sweep.spend(), definition.spend()) {
            sweep = sweep.limited(spend);
        }
        for note in config.notes().iter().cloned().chain(config.budget_note(&sweep)) {
            sweep.add_note(note);
        }
        Ok(Self { sweep, study, layout: Some(layout), values, shortfall, planned })
    }
}

/// Returns whether `text` is meant as the address of a database: an error about a directory would show its password.
pub(crate) fn is_address(text: &str) -> bool {
    let schemes = ["sqlite:", "sqlite+", "postgres:", "postgresql:", "postgresql+"];
    let is_like_one = text.contains("://") || text.contains("password");
    schemes.iter().any(|scheme| text.starts_with(scheme)) || is_like_one && !Path::new(text).exists()
}

/// Refuses a file in place of a directory, with the address of the database that it may be or the directory that it lies in, and an
/// empty path.
pub(crate) fn refuse_file(source: &str) -> Result<(), Failure> {
    if source.is_empty() {
        return Err(Failure::usage(
            "which sweep? write its output directory, or the address of a database: `sqlite:sweep.db`",
        ));
    }
    let path = Path::new(source);
    if !path.is_file() {
        return Ok(());
    }
    let advice = match path.parent() {
        _ if is_database(path) => format!("for a database write `sqlite:{source}`"),
        Some(parent) if parent.join("run.json").is_file() => {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            format!("write the output directory of its sweep: `{}`", parent.display())
        }
        _ => "write the output directory of a sweep, such as `results/sweep`, or the address of a database".into(),
    };
    Err(Failure::usage(format!("{source} is a file; {advice}")))
}

/// Returns whether a file is a database of SQLite, as an empty one is.
fn is_database(path: &Path) -> bool {
    const HEADER: &[u8] = b"SQLite format 3\0";
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEADER.len() as u64).read_to_end(&mut head));
    read.is_ok() && (head.is_empty() || head == HEADER)
}

/// Returns the hyperparameters of each trial; `None` if the configuration does not fit the sweep.
fn values(config: &Config, sweep: &Sweep) -> Option<Vec<Named>> {
    let trained = config.trained(sweep.clone()).ok()?;
    Some(trained.trials().map(|(_, values)| values.clone()).collect())
}

/// Returns the name of the only study of a database.
fn only_name(study: &Study) -> Result<String, Failure> {
    let mut names: Vec<_> = study.list().map_err(Failure::study)?.into_iter().map(|summary| summary.name).collect();
    match names.len() {
        1 => Ok(names.swap_remove(0)),
        0 => Err(Failure::usage(format!("{} holds no sweep", study.shown_address()))),
        _ => Err(Failure::usage(format!(
            "{} holds several sweeps; choose one with `--name`: {}",
            study.shown_address(),
            names.iter().map(|name| format!("`{}`", plain_line(name))).join(", ")
        ))),
    }
}
