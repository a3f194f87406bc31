//! The output directory of a run that has not begun a trial: it is claimed by one run, and released by one that fails.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::output::files::{private, remove};
use crate::output::layout::Layout;
use crate::output::run_file::RunFile;

/// An output directory that a run has claimed, and what was not there before.
#[derive(Debug)]
pub(crate) struct Claim {
    files: Vec<PathBuf>,
    /// The inner ones first.
    directories: Vec<PathBuf>,
}

impl Claim {
    /// Makes the output directory with its `run.json` and the configuration; `None` if another run has done so.
    pub(crate) fn new(layout: &Layout, run: &RunFile, config: &str) -> Result<Option<Self>, Failure> {
        let fault = |error: io::Error| Failure::usage(format!("cannot write to {}: {error}", layout.root().display()));
        let staged = layout.staged_config(run.token.unwrap_or_default());
        let mut claim = Self { files: layout.first_files(), directories: layout.directories() };
        claim.files.insert(0, staged.clone());
        claim.files.retain(|path| fs::symlink_metadata(path).is_err());
        claim.directories.retain(|path| fs::symlink_metadata(path).is_err());
        // The configuration is complete before `run.json` says that there is a sweep: whenever this process is killed, the
        // directory is one that `resume` continues, or one that `run` takes.
        let staging = layout.create().and_then(|()| private(&staged, config.as_bytes())).map_err(fault);
        let claimed = staging.and_then(|()| run.create(layout));
        // Nothing is removed from under the run that was first.
        if let Ok(false) = claimed {
            let _ = remove(&staged);
            return Ok(None);
        }
        let written = claimed.and_then(|_| fs::rename(&staged, layout.config()).map_err(fault));
        match written {
            Ok(()) => Ok(Some(claim)),
            Err(failure) => {
                claim.release();
                Err(failure)
            }
        }
    }

    /// Removes what this run made, as no trial has begun. Directories with other files stay.
    pub(crate) fn release(&self) {
        self.files.iter().for_each(|path| drop(fs::remove_file(path)));
        self.directories.iter().for_each(|path| drop(fs::remove_dir(path)));
    }
}
