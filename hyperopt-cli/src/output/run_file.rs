//! `run.json`: the command line of `hyperopt run`, as far as it differs from the defaults, for `hyperopt resume`.

use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::args::{MetricArgs, SearchArgs, TrialArgs};
use crate::failure::Failure;
use crate::output::files::{private, private_new};
use crate::output::layout::Layout;

/// The contents of `run.json`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct RunFile {
    /// The version of this command that wrote the file.
    pub(crate) version: String,
    /// The path of the configuration, as messages name it.
    pub(crate) config: String,
    /// The directory in which `hyperopt run` was started, and in which the trials run.
    pub(crate) directory: PathBuf,
    pub(crate) command: Vec<String>,
    pub(crate) dataset: Option<String>,
    pub(crate) metric: MetricArgs,
    pub(crate) search: SearchArgs,
    pub(crate) trial: TrialArgs,
    /// Whether the address of the study had a password, so that it is not kept.
    #[serde(default)]
    pub(crate) wants_study: bool,
    /// The name of the configuration until it is put in its place; a process that is killed at that moment leaves it so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) token: Option<u64>,
}

impl RunFile {
    pub(crate) fn write(&self, layout: &Layout) -> Result<(), Failure> {
        let path = layout.run_file();
        let bytes = serde_json::to_vec_pretty(self).map_err(Failure::broken)?;
        private(&path, &bytes).map_err(|error| Failure::broken(format!("cannot write {}: {error}", path.display())))
    }

    /// Writes the file unless there is one; returns whether this call did.
    pub(crate) fn create(&self, layout: &Layout) -> Result<bool, Failure> {
        let path = layout.run_file();
        let bytes = serde_json::to_vec_pretty(self).map_err(Failure::broken)?;
        match private_new(&path, &bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(Failure::broken(format!("cannot write {}: {error}", path.display()))),
            Ok(()) => Ok(true),
        }
    }

    /// Returns what differs between two processes of one sweep; `None` if they run the same trials. The number of workers and the
    /// timeout are those of each process.
    pub(crate) fn difference(&self, other: &Self) -> Option<&'static str> {
        let (ours, theirs) = (&self.search, &other.search);
        let search = |run: &Self| SearchArgs { workers: None, timeout: None, ..run.search.clone() };
        let parts = [
            ("command", self.command == other.command),
            ("dataset", self.dataset == other.dataset),
            ("metric", self.metric == other.metric),
            ("study", (self.wants_study, &ours.study) == (other.wants_study, &theirs.study)),
            ("`--sampler`", ours.sampler == theirs.sampler),
            ("`--seed`", ours.seed == theirs.seed),
            ("`--num-samples`", ours.num_samples == theirs.num_samples),
            ("`--spend`", ours.spend == theirs.spend),
            ("`--name`", ours.name == theirs.name),
            ("option of the search", search(self) == search(other)),
            ("environment, working directory or time limit of its trials", self.trial == other.trial),
        ];
        parts.into_iter().find(|(_, is_same)| !is_same).map(|(what, _)| what)
    }

    pub(crate) fn read(layout: &Layout) -> Result<Self, Failure> {
        let path = layout.run_file();
        let bytes = fs::read(&path).map_err(|error| match (error.kind(), layout.obstacle()) {
            (std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory, Some(obstacle)) => {
                Failure::usage(format!("{obstacle}; write the output directory of a sweep"))
            }
            (std::io::ErrorKind::NotFound, None) => Failure::usage(format!(
                "there is no sweep in {}: the file run.json is missing; start one with `hyperopt run`",
                layout.root().display()
            )),
            _ => Failure::usage(format!("cannot read {}: {error}", path.display())),
        })?;
        serde_json::from_slice(&bytes).map_err(|error| {
            Failure::usage(format!(
                "{} has been changed: {error}; put it back, or, to start anew, remove it and write `hyperopt run`",
                path.display()
            ))
        })
    }
}
