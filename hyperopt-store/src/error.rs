use std::path::PathBuf;

use thiserror::Error;

/// Why a study cannot be used. Addresses are shown without their passwords.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StudyError {
    /// The address is not that of a study.
    #[error("`{url}` is no address of a study: {reason}; write `sqlite:sweep.db` or `postgres://user@host/database`")]
    Address {
        /// The address.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The address is right, but this program was built without that database.
    #[error(
        "`{url}` needs the feature `{feature}` of the crate `hyperopt-store`, which this program was built without"
    )]
    Feature {
        /// The address.
        url: String,
        /// The feature.
        feature: &'static str,
    },
    /// There is no such file, and there is nothing to be read.
    #[error("there is no study in `{url}`: the file {} does not exist", path.display())]
    NoFile {
        /// The address.
        url: String,
        /// The file.
        path: PathBuf,
    },
    /// There is no study of that name in the database.
    #[error("there is no study `{study}` in `{url}`{}", others(names))]
    NoStudy {
        /// The name.
        study: String,
        /// The address.
        url: String,
        /// The names of the studies that there are.
        names: Vec<String>,
    },
    /// The database could not do what it was asked for.
    #[error("study `{study}` in `{url}`: {doing}: {cause}{}", advice(hint))]
    Database {
        /// The name of the study.
        study: String,
        /// The address.
        url: String,
        /// What was tried.
        doing: &'static str,
        /// What the database says.
        cause: String,
        /// What to do about it; empty where nobody knows.
        hint: String,
    },
    /// The tables are those of another version of Optuna.
    #[error(
        "the tables in `{url}` have Optuna's revision {found}, and this version knows {expected}: `optuna storage \
         upgrade` brings older ones there; for later ones, use another database"
    )]
    Revision {
        /// The address.
        url: String,
        /// The revision that was found.
        found: String,
        /// The revision that is known.
        expected: &'static str,
    },
    /// A row of the study is damaged, or none of a sweep.
    #[error("study `{study}` in `{url}`, trial {number}: {reason}")]
    Trial {
        /// The name of the study.
        study: String,
        /// The address.
        url: String,
        /// The number of the trial.
        number: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The study as a whole is damaged, or none of a sweep.
    #[error("study `{study}` in `{url}`: {reason}")]
    Damaged {
        /// The name of the study.
        study: String,
        /// The address.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The study was used before it was opened, or after its process was asked to end.
    #[error("study `{study}`: it is not open")]
    Closed {
        /// The name of the study.
        study: String,
    },
}

fn advice(hint: &str) -> String {
    if hint.is_empty() { String::new() } else { format!("; {hint}") }
}

fn others(names: &[String]) -> String {
    match names {
        [] => "; it holds none".into(),
        names => format!("; it holds {}", names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    }
}
