//! The settings of a study with their defaults, and the errors that name the study by them.

use std::path::Path;
use std::time::Duration;

use hyperopt_core::{Advice, Remedy};

use crate::address::Address;
use crate::delay::Delay;
use crate::error::StudyError;

/// Everything that the methods of [`Study`](crate::Study) set.
#[derive(Clone, Debug)]
pub(crate) struct StudySettings {
    pub(crate) address: Address,
    pub(crate) name: String,
    /// The heartbeat interval.
    pub(crate) heartbeat: Duration,
    /// The age of a heartbeat at which its process counts as dead; see [`least_grace`](Self::least_grace).
    pub(crate) grace: Duration,
    /// The maximum number of retries of a trial whose process has died.
    pub(crate) retries: u32,
    /// The timeout for a locked database or a lost server.
    pub(crate) patience: Duration,
    /// Whether SQLite waits for the disk at each commit.
    pub(crate) durable: bool,
    /// Whether SIGTERM requeues the running trials.
    pub(crate) handles_signals: bool,
    /// What the connection meets while callers wait.
    #[cfg_attr(not(feature = "postgres"), allow(dead_code))]
    pub(crate) delay: Delay,
}

/// The variable that sets the number of retries, where the program does not.
const RETRIES: &str = "HYPEROPT_RETRIES";

impl StudySettings {
    /// Returns the defaults, with what the environment says.
    pub(crate) fn new(address: Address, variables: impl Fn(&str) -> Option<String>) -> Result<Self, StudyError> {
        let retries = match variables(RETRIES).as_deref() {
            None | Some("") => 3,
            Some("unlimited") => u32::MAX,
            Some(text) => text.parse().map_err(|_| StudyError::Variable {
                name: RETRIES,
                value: text.into(),
                expected: "a number, such as `10`, or `unlimited`",
            })?,
        };
        Ok(Self {
            address,
            name: "hyperopt".into(),
            heartbeat: Duration::from_secs(30),
            grace: Duration::from_mins(2),
            retries,
            patience: Duration::from_mins(5),
            durable: false,
            handles_signals: true,
            delay: Delay::default(),
        })
    }

    /// Returns the grace that is applied: at least four heartbeats.
    pub(crate) fn least_grace(&self) -> Duration {
        self.grace.max(self.heartbeat * 4)
    }

    /// Checks that the directory of the file exists; a server has none.
    pub(crate) fn check_directory(&self) -> Result<(), StudyError> {
        // Without the features, an address has other kinds or none.
        #[allow(irrefutable_let_patterns)]
        let Address::Sqlite(path) = &self.address else { return Ok(()) };
        match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            Some(directory) if !directory.is_dir() => {
                let (url, directory) = (self.address.to_string(), directory.to_owned());
                let found = directory.ancestors().find(|above| above.exists() && !above.is_dir());
                Err(match found.map(Path::to_owned) {
                    Some(file) => StudyError::NotADirectory { url, file },
                    None => StudyError::NoDirectory { url, directory },
                })
            }
            _ => Ok(()),
        }
    }

    /// Returns an error of the database: the operation, the message of the database, and advice, which may be empty.
    pub(crate) fn error(&self, doing: &'static str, cause: impl Into<String>, hint: impl Into<String>) -> StudyError {
        StudyError::Database {
            study: self.name.clone(),
            url: self.address.to_string(),
            doing,
            cause: cause.into(),
            hint: hint.into(),
            advice: None,
        }
    }

    /// Returns an error of a database that a longer [`patience`](Self::patience) may help against, as `words` say to a program.
    pub(crate) fn lost(
        &self,
        doing: &'static str,
        cause: impl Into<String>,
        hint: impl Into<String>,
        words: &'static str,
    ) -> StudyError {
        let mut error = self.error(doing, cause, hint);
        if let StudyError::Database { advice, .. } = &mut error {
            *advice = Some(Box::new(Advice::new(Remedy::Patience, words)));
        }
        error
    }

    /// Returns the error of a study that cannot be read as a sweep.
    pub(crate) fn damaged(&self, reason: impl Into<String>) -> StudyError {
        StudyError::Damaged { study: self.name.clone(), url: self.address.to_string(), reason: reason.into() }
    }

    /// Returns the error of a trial, given by its number, that cannot be read or written.
    pub(crate) fn trial(&self, (number, reason): (usize, String)) -> StudyError {
        StudyError::Trial { study: self.name.clone(), url: self.address.to_string(), number, reason }
    }

    /// Returns the error of a study that has not been opened, or is closed.
    pub(crate) fn closed(&self) -> StudyError {
        StudyError::Closed { study: self.name.clone() }
    }

    /// Returns the error of a study that is to be deleted while `workers` run its trials.
    pub(crate) fn in_use(&self, workers: Vec<String>) -> StudyError {
        StudyError::InUse { study: self.name.clone(), url: self.address.to_string(), workers }
    }

    /// Returns the error of a database without this study; `names` are those of its studies.
    pub(crate) fn no_study(&self, names: Vec<String>) -> StudyError {
        StudyError::NoStudy { study: self.name.clone(), url: self.address.to_string(), names }
    }
}

#[cfg(all(test, feature = "sqlite"))]
mod tests {
    use super::*;

    fn retries(value: Option<&str>) -> Result<u32, String> {
        let address = Address::parse("sqlite:sweep.db").unwrap();
        let settings = StudySettings::new(address, |name| value.filter(|_| name == RETRIES).map(ToOwned::to_owned));
        settings.map(|settings| settings.retries).map_err(|error| error.to_string())
    }

    #[test]
    fn the_environment_sets_how_often_a_trial_is_run_again() {
        assert_eq!(retries(None), Ok(3));
        assert_eq!(retries(Some("")), Ok(3));
        assert_eq!(retries(Some("0")), Ok(0));
        assert_eq!(retries(Some("25")), Ok(25));
        assert_eq!(retries(Some("unlimited")), Ok(u32::MAX));
        let error = retries(Some("often")).unwrap_err();
        assert_eq!(error, "the variable `HYPEROPT_RETRIES` is `often`: write a number, such as `10`, or `unlimited`");
    }
}
