//! What a run leaves for `hyperopt resume`: its command line, as far as it differs from the defaults.

use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::args::{MetricArgs, SearchArgs, TrialArgs};
use crate::failure::Failure;
use crate::output::{Layout, private};

/// The file `run.json`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Kept {
    /// The version of this command that wrote it.
    pub(crate) version: String,
    /// How messages call the configuration.
    pub(crate) config: String,
    /// Where the command was run, and trials are.
    pub(crate) directory: PathBuf,
    pub(crate) command: Vec<String>,
    pub(crate) dataset: Option<String>,
    pub(crate) metric: MetricArgs,
    pub(crate) search: SearchArgs,
    pub(crate) trial: TrialArgs,
    /// The address of the study had a password, which is not kept.
    #[serde(default)]
    pub(crate) wants_study: bool,
}

impl Kept {
    pub(crate) fn write(&self, layout: &Layout) -> Result<(), Failure> {
        let path = layout.kept();
        let bytes = serde_json::to_vec_pretty(self).map_err(Failure::broken)?;
        private(&path, &bytes).map_err(|error| Failure::broken(format!("cannot write {}: {error}", path.display())))
    }

    pub(crate) fn read(layout: &Layout) -> Result<Self, Failure> {
        let path = layout.kept();
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Failure::usage(format!(
                "there is no sweep in {}: the file run.json is missing; begin one with `hyperopt run`",
                layout.root().display()
            )),
            _ => Failure::usage(format!("cannot read {}: {error}", path.display())),
        })?;
        serde_json::from_slice(&bytes)
            .map_err(|error| Failure::usage(format!("{} has been changed: {error}", path.display())))
    }
}
