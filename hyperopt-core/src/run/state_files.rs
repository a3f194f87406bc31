//! The files of the states of one sweep.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;

use crate::engine::Job;
use crate::run::state_owner::{self, Owner};
use crate::run::{Checkpoint, CheckpointError};

/// The states of one sweep on disk. Each file is named after the trial that returned the state, so that the state of a
/// trial whose outcome was never recorded is not mistaken for an earlier one.
pub(crate) struct Files<S> {
    checkpoint: Arc<dyn Checkpoint<S> + Send + Sync>,
    /// The name of the study, reduced to the characters that file names allow.
    study: String,
}

impl<S> Clone for Files<S> {
    fn clone(&self) -> Self {
        Self { checkpoint: Arc::clone(&self.checkpoint), study: self.study.clone() }
    }
}

impl<S> fmt::Debug for Files<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Files").field(&self.checkpoint.directory()).finish()
    }
}

impl<S> Files<S> {
    pub(crate) fn new(checkpoint: impl Checkpoint<S> + Send + Sync + 'static) -> Self {
        Self { checkpoint: Arc::new(checkpoint), study: String::new() }
    }

    /// Names the files after the study of `owner`, to whom the directory then belongs.
    ///
    /// # Errors
    ///
    /// Returns the reason if the directory belongs to another study.
    pub(crate) fn claim(&mut self, owner: &Owner<'_>) -> Result<(), String> {
        self.study = plain(owner.name());
        state_owner::claim(self.checkpoint.directory(), &self.study, owner)
    }

    fn file(&self, number: usize) -> PathBuf {
        self.checkpoint.directory().join(format!("{}-{number}", self.study))
    }

    /// Writes the state that trial `number` returned; the file gets its final name only once it is complete.
    pub(crate) fn save(&self, number: usize, state: &S) -> Result<(), CheckpointError> {
        let directory = self.checkpoint.directory();
        let unfinished = directory.join(format!("{}-{number}.{}", self.study, process::id()));
        fs::create_dir_all(directory)?;
        remove(&unfinished)?;
        self.checkpoint.save(state, &unfinished)?;
        let file = self.file(number);
        remove(&file)?;
        Ok(fs::rename(&unfinished, &file)?)
    }

    /// Reads the state that trial `number` returned.
    pub(crate) fn load(&self, number: usize) -> Result<S, CheckpointError> {
        self.checkpoint.load(&self.file(number))
    }

    /// Removes the state that trial `number` returned.
    pub(crate) fn forget(&self, number: usize) {
        // A file that remains does no harm.
        remove(&self.file(number)).ok();
    }
}

/// Writes the state that the trial of `job` returned, before its outcome is recorded; a failure is passed to `note`.
pub(crate) fn save<S>(files: Option<&Files<S>>, job: &Job, state: Option<&S>, note: impl FnOnce(String)) {
    if let (Some(files), Some(state)) = (files, state)
        && let Err(error) = files.save(job.number, state)
    {
        note(format!("the state of trial {} cannot be kept: {error}", job.number));
    }
}

/// Returns the name of a study, reduced to the characters that every file system allows.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' }).collect()
}

fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}
