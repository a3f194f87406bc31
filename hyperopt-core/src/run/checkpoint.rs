//! States of a multi-fidelity sweep on disk, where later rungs find them after a restart or on another machine.

use std::error::Error;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The reason why a state could not be written or read.
pub type CheckpointError = Box<dyn Error + Send + Sync>;

/// The value of `checkpoint = …` in a multi-fidelity sweep with a study. It says where the states that the body returns are
/// stored, and how they are written. It is one of:
///
/// - a directory, as text or a path, if the state implements [`Persist`];
/// - [`checkpoint(directory, save, load)`](checkpoint), with two functions of your own.
///
/// If all processes of a study share the directory, any of them can resume any configuration. A directory belongs to one study,
/// which its file `hyperopt-study` names; a sweep of another study ends with an error before its first trial.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot save states of the type `{S}`",
    label = "expected a directory, if the state implements `Persist`, or else `checkpoint(directory, save, load)`"
)]
pub trait Checkpoint<S> {
    /// Returns the directory of the states.
    fn directory(&self) -> &Path;

    /// Writes `state` to `file`, which does not exist yet. `file` may become a directory.
    ///
    /// # Errors
    ///
    /// Fails if the state cannot be written.
    fn save(&self, state: &S, file: &Path) -> Result<(), CheckpointError>;

    /// Reads the state that was written to `file`.
    ///
    /// # Errors
    ///
    /// Fails if the state cannot be read.
    fn load(&self, file: &Path) -> Result<S, CheckpointError>;
}

/// A state that can be saved to a file and loaded again.
///
/// ```
/// use std::fs;
/// use std::io;
/// use std::path::Path;
///
/// use hyperopt_core::Persist;
///
/// struct Model {
///     weights: Vec<u8>,
/// }
///
/// impl Persist for Model {
///     fn save(&self, file: &Path) -> io::Result<()> {
///         fs::write(file, &self.weights)
///     }
///
///     fn load(file: &Path) -> io::Result<Self> {
///         Ok(Self { weights: fs::read(file)? })
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "states of the type `{Self}` cannot be saved to a file",
    label = "implement `Persist` for it, or write `checkpoint(directory, save, load)`"
)]
pub trait Persist: Sized {
    /// Writes the state to `file`, which does not exist yet. `file` may become a directory.
    ///
    /// # Errors
    ///
    /// Returns the errors of the file system.
    fn save(&self, file: &Path) -> io::Result<()>;

    /// Reads the state that was written to `file`.
    ///
    /// # Errors
    ///
    /// Returns the errors of the file system, and an error if the contents of the file are invalid.
    fn load(file: &Path) -> io::Result<Self>;
}

impl Persist for Vec<u8> {
    fn save(&self, file: &Path) -> io::Result<()> {
        fs::write(file, self)
    }

    fn load(file: &Path) -> io::Result<Self> {
        fs::read(file)
    }
}

impl Persist for String {
    fn save(&self, file: &Path) -> io::Result<()> {
        fs::write(file, self)
    }

    fn load(file: &Path) -> io::Result<Self> {
        fs::read_to_string(file)
    }
}

macro_rules! persist_as_text {
    ($($t:ty)+) => {$(
        impl Persist for $t {
            fn save(&self, file: &Path) -> io::Result<()> {
                fs::write(file, self.to_string())
            }

            fn load(file: &Path) -> io::Result<Self> {
                let text = fs::read_to_string(file)?;
                text.trim().parse().map_err(|_| io::Error::new(io::ErrorKind::InvalidData, format!("{text:?} is no number")))
            }
        }
    )+};
}

persist_as_text!(f64 f32 i32 i64 u32 u64 usize);

macro_rules! directory {
    ($($t:ty)+) => {$(
        impl<S: Persist> Checkpoint<S> for $t {
            fn directory(&self) -> &Path {
                self.as_ref()
            }

            fn save(&self, state: &S, file: &Path) -> Result<(), CheckpointError> {
                Ok(state.save(file)?)
            }

            fn load(&self, file: &Path) -> Result<S, CheckpointError> {
                Ok(S::load(file)?)
            }
        }
    )+};
}

directory!(&str String &String &Path PathBuf &PathBuf);

/// A directory with functions that save and load states; made by [`checkpoint`].
#[derive(Clone)]
pub struct CheckpointFn<F, G> {
    directory: PathBuf,
    save: F,
    load: G,
}

impl<F, G> fmt::Debug for CheckpointFn<F, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckpointFn").field("directory", &self.directory).finish_non_exhaustive()
    }
}

/// Stores states in files of `directory`: `save` writes a state, and `load` reads it.
///
/// ```
/// use std::fs;
/// use std::path::Path;
///
/// use hyperopt_core::checkpoint;
///
/// let kept = checkpoint(
///     "runs/wine",
///     |weights: &Vec<u8>, file: &Path| fs::write(file, weights),
///     |file: &Path| fs::read(file),
/// );
/// ```
pub fn checkpoint<S, E, F, G>(directory: impl Into<PathBuf>, save: F, load: G) -> CheckpointFn<F, G>
where
    F: Fn(&S, &Path) -> Result<(), E>,
    G: Fn(&Path) -> Result<S, E>,
    E: Into<CheckpointError>,
{
    CheckpointFn { directory: directory.into(), save, load }
}

#[diagnostic::do_not_recommend]
impl<S, E, F, G> Checkpoint<S> for CheckpointFn<F, G>
where
    F: Fn(&S, &Path) -> Result<(), E>,
    G: Fn(&Path) -> Result<S, E>,
    E: Into<CheckpointError>,
{
    fn directory(&self) -> &Path {
        &self.directory
    }

    fn save(&self, state: &S, file: &Path) -> Result<(), CheckpointError> {
        (self.save)(state, file).map_err(Into::into)
    }

    fn load(&self, file: &Path) -> Result<S, CheckpointError> {
        (self.load)(file).map_err(Into::into)
    }
}
