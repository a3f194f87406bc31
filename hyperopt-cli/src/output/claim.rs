//! The output directory of a run that has not begun a trial: it is claimed by one run, and released by one that fails.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::output::files::{private, remove};
use crate::output::layout::Layout;
use crate::output::run_file::RunFile;

/// An output directory that a run has claimed, and what was not there before.
#[derive(Debug)]
pub(crate) struct Claim {
    /// In the order in which they are removed.
    files: Vec<PathBuf>,
    /// The configuration, if it was not there before, and its name before it was put there.
    config: Option<PathBuf>,
    staged: PathBuf,
    /// The inner ones first.
    directories: Vec<PathBuf>,
}

impl Claim {
    /// Makes the output directory with its `run.json` and the configuration; `None` if another run has done so.
    pub(crate) fn new(layout: &Layout, run: &RunFile, config: &str) -> Result<Option<Self>, Failure> {
        let fault = |error: io::Error| Failure::usage(format!("cannot write to {}: {error}", layout.root().display()));
        let staged = layout.staged_config(run.token.unwrap_or_default());
        let is_new = |path: &PathBuf| fs::symlink_metadata(path).is_err();
        let claim = Self {
            files: layout.first_files().into_iter().filter(is_new).collect(),
            config: Some(layout.config()).filter(is_new),
            staged: staged.clone(),
            directories: layout.directories().into_iter().filter(is_new).collect(),
        };
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
            Ok(()) => {
                // Runs that were killed before they had claimed the directory have left them. One that lives is late, and
                // removes its own.
                layout.staged_configs().iter().for_each(|path| drop(remove(path)));
                Ok(Some(claim))
            }
            Err(failure) => {
                claim.release();
                Err(failure)
            }
        }
    }

    fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let config = self.config.iter().map(|config| Step::Rename(config, &self.staged));
        config.chain(self.files.iter().chain([&self.staged]).map(|path| Step::Remove(path)))
    }

    /// Removes what this run made, as no trial has begun. Directories with other files stay.
    ///
    /// The configuration takes its staged name back, and is removed after `run.json`: until then, `resume` continues the sweep;
    /// from then on, the place of the configuration is that of the next run.
    pub(crate) fn release(&self) {
        // What cannot be removed stays.
        self.steps().for_each(|step| drop(step.take()));
        self.directories.iter().for_each(|path| drop(fs::remove_dir(path)));
    }
}

/// A step of the release.
enum Step<'a> {
    Rename(&'a Path, &'a Path),
    Remove(&'a Path),
}

impl Step<'_> {
    fn take(&self) -> io::Result<()> {
        match self {
            Self::Rename(from, to) => fs::rename(from, to),
            Self::Remove(path) => fs::remove_file(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::config_text;

    fn run(token: u64) -> RunFile {
        let run = serde_json::json!({
            "version": "0.1.0", "config": "sweep.yaml", "directory": "/", "command": ["true"], "dataset": null,
            "metric": {}, "search": {}, "token": token,
            "trial": { "grace": { "secs": 10, "nanos": 0 }, "env": [], "clear_env": false },
        });
        serde_json::from_value(run).unwrap()
    }

    #[test]
    fn what_a_run_left_that_was_killed_before_its_claim_is_removed() {
        let directory = tempfile::tempdir().unwrap();
        let layout = Layout::new(&directory.path().join("out")).unwrap();
        layout.create().unwrap();
        fs::write(layout.staged_config(6), "hyperopt: {}").unwrap();
        fs::write(layout.file("sweep.yaml.mine.staged"), "").unwrap();
        Claim::new(&layout, &run(7), "hyperopt:").unwrap().unwrap();
        assert_eq!(layout.staged_configs(), [] as [PathBuf; 0]);
        assert_eq!(fs::read_to_string(layout.config()).unwrap(), "hyperopt:");
        assert!(layout.file("sweep.yaml.mine.staged").exists());
        // A run that comes later leaves nothing either.
        assert!(Claim::new(&layout, &run(8), "hyperopt: {}").unwrap().is_none());
        assert_eq!(layout.staged_configs(), [] as [PathBuf; 0]);
    }

    #[test]
    fn a_release_that_is_cut_leaves_what_can_be_resumed_or_begun() {
        let run = run(7);
        for cut in 0..10 {
            let directory = tempfile::tempdir().unwrap();
            let layout = Layout::new(&directory.path().join("out")).unwrap();
            let claim = Claim::new(&layout, &run, "hyperopt:").unwrap().unwrap();
            fs::write(layout.study(), "").unwrap();
            claim.steps().take(cut).for_each(|step| drop(step.take()));
            if layout.is_used() {
                assert_eq!(config_text(&layout, &run).unwrap(), "hyperopt:", "{cut}");
            } else {
                assert!(cut > 2 && Claim::new(&layout, &run, "hyperopt:").unwrap().is_some(), "{cut}");
            }
        }
    }
}
