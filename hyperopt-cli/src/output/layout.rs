//! The paths below an output directory: `results/<name>/trials/00012/config.yaml`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::output::files::remove;

/// The output directory of a sweep, as an absolute path.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    root: PathBuf,
}

/// The directory of one trial.
#[derive(Clone, Debug)]
pub(crate) struct TrialDirectory {
    path: PathBuf,
}

impl Layout {
    pub(crate) fn new(root: &Path) -> io::Result<Self> {
        Ok(Self { root: std::path::absolute(root)? })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Says what is in the way of the directory: a file, or a symbolic link that leads nowhere; `None` if it exists, or can be
    /// created as far as that goes.
    pub(crate) fn obstacle(&self) -> Option<String> {
        let found = self.root.ancestors().find(|path| fs::symlink_metadata(path).is_ok())?;
        let shown = found.display();
        match (fs::metadata(found), fs::read_link(found)) {
            (Ok(target), _) if target.is_dir() => None,
            (Ok(_), Ok(target)) => Some(format!("{shown} is a symbolic link to the file {}", target.display())),
            (Ok(_), Err(_)) => Some(format!("{shown} is a file")),
            (Err(_), Ok(target)) => {
                Some(format!("{shown} is a symbolic link to {}, which does not exist", target.display()))
            }
            (Err(_), Err(_)) => None,
        }
    }

    /// Creates the directory unless it exists. The target of a link is used.
    pub(crate) fn create(&self) -> io::Result<()> {
        fs::create_dir_all(&self.root)?;
        create_directory(&self.trials())
    }

    /// Returns whether the directory holds a sweep.
    pub(crate) fn is_used(&self) -> bool {
        self.run_file().exists()
    }

    /// Returns the path of the command line that `hyperopt resume` repeats.
    pub(crate) fn run_file(&self) -> PathBuf {
        self.root.join("run.json")
    }

    /// Returns the path of the configuration as it was given to `hyperopt run`.
    pub(crate) fn config(&self) -> PathBuf {
        self.root.join("sweep.yaml")
    }

    /// Returns the path of the configuration of the run with this token, while it is complete but not yet in its place.
    pub(crate) fn staged_config(&self, token: u64) -> PathBuf {
        self.root.join(format!("sweep.yaml.{token:016x}.staged"))
    }

    /// Returns the paths of all staged configurations.
    pub(crate) fn staged_configs(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.root).into_iter().flatten().flatten();
        let is_staged = |name: &str| {
            let token = name.strip_prefix("sweep.yaml.").and_then(|name| name.strip_suffix(".staged"));
            token.is_some_and(|token| token.len() == 16 && token.bytes().all(|byte| byte.is_ascii_hexdigit()))
        };
        entries.filter(|entry| entry.file_name().to_str().is_some_and(is_staged)).map(|entry| entry.path()).collect()
    }

    pub(crate) fn study(&self) -> PathBuf {
        self.root.join("study.db")
    }

    /// Returns the files beside the configuration that are there before the first trial; `run.json` is the last.
    pub(crate) fn first_files(&self) -> Vec<PathBuf> {
        let study = ["study.db-wal", "study.db-shm", "study.db"].map(|name| self.root.join(name));
        study.into_iter().chain([self.run_file()]).collect()
    }

    /// Returns the directories that [`create`](Self::create) makes, the inner ones first.
    pub(crate) fn directories(&self) -> Vec<PathBuf> {
        [self.trials()].into_iter().chain(self.root.ancestors().map(Path::to_owned)).collect()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Returns the path of the best trial's configuration with the full budget. It is written if the trial ran on another
    /// machine, in another output directory, or with less than the full budget.
    pub(crate) fn winner(&self) -> PathBuf {
        self.root.join("best.yaml")
    }

    /// Returns the file with the configuration of the best trial, `number`: that in its own directory, or else
    /// [`winner`](Self::winner). If the trial had less than the full budget (`is_short`), only the latter counts. `None` if
    /// there is no such file.
    pub(crate) fn best_config(&self, number: usize, is_short: bool) -> Option<PathBuf> {
        let own = Some(self.trial(number).config()).filter(|_| !is_short);
        own.into_iter().chain([self.winner()]).find(|path| path.is_file())
    }

    fn trials(&self) -> PathBuf {
        self.root.join("trials")
    }

    /// Returns the directory of trial `number`, which may not exist yet.
    pub(crate) fn trial(&self, number: usize) -> TrialDirectory {
        TrialDirectory { path: self.trials().join(format!("{number:05}")) }
    }
}

impl TrialDirectory {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Creates the directory. In that of an earlier attempt, removes the files that this command writes, and keeps those of the
    /// trial, so that it may resume from them.
    pub(crate) fn create(&self) -> io::Result<()> {
        create_directory(&self.path)?;
        [self.config(), self.stdout(), self.stderr(), self.result()].iter().try_for_each(|path| remove(path))
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.path.join("config.yaml")
    }

    pub(crate) fn stdout(&self) -> PathBuf {
        self.path.join("stdout.log")
    }

    pub(crate) fn stderr(&self) -> PathBuf {
        self.path.join("stderr.log")
    }

    pub(crate) fn result(&self) -> PathBuf {
        self.path.join("result.json")
    }
}

/// Creates a directory unless it exists. A link is refused, since its target would be elsewhere.
pub(crate) fn create_directory(path: &Path) -> io::Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && fs::symlink_metadata(path)?.is_dir() => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let is_link = fs::symlink_metadata(path)?.is_symlink();
            let found = if is_link { "it is a symbolic link" } else { "it is not a directory" };
            Err(io::Error::other(format!("`{}` is in the way: {found}", path.display())))
        }
        made => made,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn trials_stay_under_the_output_directory() {
        let directory = tempfile::tempdir().unwrap();
        let (elsewhere, root) = (directory.path().join("elsewhere"), directory.path().join("results"));
        fs::create_dir(&elsewhere).unwrap();
        symlink(&elsewhere, &root).unwrap();
        let layout = Layout::new(&root).unwrap();
        layout.create().unwrap();
        let trial = layout.trial(12);
        assert!(trial.path().ends_with("results/trials/00012"));
        trial.create().unwrap();
        fs::write(trial.path().join("model.bin"), "weights").unwrap();
        symlink("/etc/passwd", trial.config()).unwrap();
        trial.create().unwrap();
        assert!(fs::symlink_metadata(trial.config()).is_err());
        assert!(trial.path().join("model.bin").exists());
        symlink(&elsewhere, layout.trial(13).path()).unwrap();
        assert!(layout.trial(13).create().unwrap_err().to_string().contains("in the way"));
    }
}
