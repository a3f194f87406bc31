//! The errors of studies.

use std::fmt;
use std::path::PathBuf;

use hyperopt_core::plain::{plain, plain_line};
use hyperopt_core::study::StoreError;
use hyperopt_core::{Advice, Error as SweepError};
use thiserror::Error;

/// The reason why a study cannot be used. Addresses are shown without their passwords; one that cannot be parsed is not shown.
#[derive(Error)]
#[non_exhaustive]
pub enum StudyError {
    /// The address is not the address of a study. It is not shown, since it may contain a password.
    #[error(
        "the given text is no address of a study: {reason}; write `sqlite:sweep.db` or `postgres://user@host/database`"
    )]
    Address {
        /// The reason.
        reason: String,
    },
    /// The address of a file ends with settings, as Python's and SQLite's own may. They would be part of the name of the file.
    #[error(
        "`{url}?{query}`: the address of a file has no settings, and `?{query}` would be part of its name; write `{url}`{}",
        ending("", .advice.as_deref())
    )]
    Query {
        /// The address without the settings.
        url: String,
        /// The settings.
        query: String,
        /// The setting of a study to use instead, which ends the message.
        advice: Option<Box<Advice>>,
    },
    /// The name of a file has escapes, as those of other addresses may. They would be part of the name.
    #[error(
        "`{url}`: the address of a file has no escapes, and the percent sign would be part of its name; write `{meant}`"
    )]
    Escaped {
        /// The address.
        url: String,
        /// The address without the escapes.
        meant: String,
    },
    /// The address is valid, but the program was built without the feature for its database.
    #[error(
        "an address that begins with `{feature}` needs the feature `{feature}` of the crate `hyperopt`, which this program \
         was built without"
    )]
    Feature {
        /// The feature.
        feature: &'static str,
    },
    /// An environment variable has an invalid value.
    #[error("the variable `{name}` is `{}`: write {expected}", plain_line(.value))]
    Variable {
        /// The name.
        name: &'static str,
        /// The value.
        value: String,
        /// The valid values.
        expected: &'static str,
    },
    /// The file that is to be read does not exist.
    #[error("there is no study in `{url}`: the file {} does not exist", path.display())]
    NoFile {
        /// The address.
        url: String,
        /// The file.
        path: PathBuf,
    },
    /// The directory of the file does not exist, so that the file cannot be created.
    #[error(
        "`{url}`: its directory has to exist and to be writable, and {} does not exist; create it first, or name another file",
        directory.display()
    )]
    NoDirectory {
        /// The address.
        url: String,
        /// The directory.
        directory: PathBuf,
    },
    /// A part of the path of the file that has to be a directory is a file.
    #[error("`{url}`: {} is a file, and would have to be a directory; name another file", file.display())]
    NotADirectory {
        /// The address.
        url: String,
        /// The file in place of a directory.
        file: PathBuf,
    },
    /// The database has no study of that name.
    #[error("there is no study `{}` in `{url}`{}", plain_line(.study), others(names))]
    NoStudy {
        /// The name.
        study: String,
        /// The address.
        url: String,
        /// The names of its studies.
        names: Vec<String>,
    },
    /// An operation of the database failed.
    #[error("study `{}` in `{url}`: {doing}: {}{}", plain_line(.study), plain(.cause), ending(hint, .advice.as_deref()))]
    Database {
        /// The name of the study.
        study: String,
        /// The address.
        url: String,
        /// The operation.
        doing: &'static str,
        /// The message of the database.
        cause: String,
        /// Advice; may be empty.
        hint: String,
        /// The setting that helps, which ends the message.
        advice: Option<Box<Advice>>,
    },
    /// The tables have another revision of Optuna's schema.
    #[error(
        "the tables in `{url}` have Optuna's revision {}, and this version knows {expected}: `optuna storage \
         upgrade` brings older ones there; for later ones, use another database",
        plain_line(.found)
    )]
    Revision {
        /// The address.
        url: String,
        /// The revision of the tables.
        found: String,
        /// The revision that this version reads and writes.
        expected: &'static str,
    },
    /// A trial is damaged, or cannot be read as a trial of a sweep.
    #[error("study `{}` in `{url}`, trial {number}: {}", plain_line(.study), plain(.reason))]
    Trial {
        /// The name of the study.
        study: String,
        /// The address.
        url: String,
        /// The number of the trial.
        number: usize,
        /// The reason.
        reason: String,
    },
    /// The study is damaged, or cannot be read as a sweep.
    #[error("study `{}` in `{url}`: {}", plain_line(.study), plain(.reason))]
    Damaged {
        /// The name of the study.
        study: String,
        /// The address.
        url: String,
        /// The reason.
        reason: String,
    },
    /// The study is to be deleted, and processes still run its trials.
    #[error(
        "study `{}` in `{url}` is in use: {} by {}; end the sweep first",
        plain_line(.study),
        if workers.len() == 1 { "a trial is run".to_owned() } else { format!("{} trials are run", workers.len()) },
        listed(workers)
    )]
    InUse {
        /// The name of the study.
        study: String,
        /// The address.
        url: String,
        /// The process of each running trial, as it calls itself.
        workers: Vec<String>,
    },
    /// The study was used before it was opened, or after its process was asked to end.
    #[error("study `{}`: it is not open", plain_line(.study))]
    Closed {
        /// The name of the study.
        study: String,
    },
}

/// Writes what `Display` writes, as the text is what `main` shows of an error that it returns.
impl fmt::Debug for StudyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StudyError {
    /// Converts this error into that of the sweep that it ends. [`worded`](SweepError::worded) of the result names the setting
    /// that helps in the words of a front end.
    #[must_use]
    pub fn of_sweep(mut self) -> SweepError {
        let (study, advice) = match &mut self {
            Self::Database { study, advice, .. } => (study.clone(), advice.take()),
            Self::Query { advice, .. } => (String::new(), advice.take()),
            _ => (String::new(), None),
        };
        SweepError::Study { study, reason: self.to_string(), advice: advice.map(|advice| *advice) }
    }

    /// Returns the error that the engine is given: one with advice as an error of the sweep.
    pub(crate) fn for_engine(error: StoreError) -> StoreError {
        match error.downcast::<Self>() {
            Ok(error) if matches!(*error, Self::Database { advice: Some(_), .. }) => error.of_sweep().into(),
            Ok(error) => error,
            Err(error) => error,
        }
    }
}

/// For `?` in a function that returns the error of a sweep.
///
/// ```
/// use hyperopt_store::Study;
///
/// fn study() -> Result<Study, hyperopt_core::Error> {
///     Ok(Study::open("mysql://me@host/sweeps")?.name("wine"))
/// }
/// assert!(study().unwrap_err().to_string().contains("the scheme `mysql` is unknown"));
/// ```
impl From<StudyError> for SweepError {
    fn from(error: StudyError) -> Self {
        error.of_sweep()
    }
}

fn ending(hint: &str, advice: Option<&Advice>) -> String {
    let hint = if hint.is_empty() { String::new() } else { format!("; {hint}") };
    hint + advice.map_or("", |advice| &advice.words)
}

/// Returns the names in backticks. Those in a database may come from anybody.
fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{}`", plain_line(name))).collect::<Vec<_>>().join(", ")
}

fn others(names: &[String]) -> String {
    match names {
        [] => "; it holds none".into(),
        names => format!("; it holds {}", listed(names)),
    }
}
