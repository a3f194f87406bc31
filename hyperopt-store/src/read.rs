//! What a database holds, without the programs that wrote it.

use hyperopt_core::{Goal, Sweep};
use serde::de::DeserializeOwned;

use crate::address::Address;
use crate::error::StudyError;
use crate::inferred;
use crate::ledger::Ledger;
use crate::rows::{Rows, TrialRow, key};
use crate::study::{Settings, Study};

/// A study of a database, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Its name.
    pub name: String,
    /// Its goals, one for each objective.
    pub goals: Vec<Goal>,
    /// How many trials it has, those that run or wait included.
    pub trials: usize,
    /// How many of them are complete.
    pub complete: usize,
}

impl Study {
    /// All studies of the database, in the order in which they were begun. Nothing is written.
    ///
    /// # Errors
    ///
    /// If the database cannot be reached or read; a file that does not exist is one that cannot.
    pub fn list(&self) -> Result<Vec<Summary>, StudyError> {
        match &self.settings.address {
            #[cfg(feature = "sqlite")]
            Address::Sqlite(path) => crate::sqlite::list(&self.settings, path),
            #[cfg(feature = "postgres")]
            Address::Postgres(url) => crate::postgres::list(&self.settings, url),
            #[cfg(not(all(feature = "sqlite", feature = "postgres")))]
            _ => Err(self.settings.feature()),
        }
    }

    /// The sweep as it stands now, without the program that runs it: for tables, figures and files. Trials that run or wait
    /// are running ones. Nothing is written.
    ///
    /// Of a study that another program has begun, the axes are those of its parameters, as wide as in all trials together. A study
    /// without a seed has the seed 0.
    ///
    /// # Errors
    ///
    /// If the database cannot be reached or read, or has no study of that name: the error lists those that it has.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use hyperopt_store::Study;
    ///
    /// # fn main() -> Result<(), hyperopt_store::StudyError> {
    /// let sweep = Study::open("sqlite:sweep.db")?.name("wine").read()?;
    /// println!("{} trials of {}", sweep.history().len(), sweep.sampler());
    /// # Ok(())
    /// # }
    /// ```
    pub fn read(&self) -> Result<Sweep, StudyError> {
        match &self.settings.address {
            #[cfg(feature = "sqlite")]
            Address::Sqlite(path) => crate::sqlite::read_sweep(&self.settings, path),
            #[cfg(feature = "postgres")]
            Address::Postgres(url) => crate::postgres::read_sweep(&self.settings, url),
            #[cfg(not(all(feature = "sqlite", feature = "postgres")))]
            _ => Err(self.settings.feature()),
        }
    }
}

/// The sweep that a study's system attributes, by their keys, and its rows, in order, are those of.
pub(crate) fn restore<'a>(
    settings: &Settings,
    goals: &[Goal],
    attribute: impl Fn(&str) -> Option<&'a str>,
    trials: Vec<TrialRow>,
) -> Result<Sweep, StudyError> {
    let space = match read_attribute(settings, key::SPACE, &attribute)? {
        Some(space) => space,
        None => inferred::space(trials.iter()).map_err(|reason| settings.damaged(reason))?,
    };
    let has_budgets = read_attribute(settings, key::BUDGETS, &attribute)?.unwrap_or_default();
    let names = read_attribute(settings, key::METRIC_NAMES, &attribute)?.unwrap_or_default();
    let seed = read_attribute(settings, key::SEED, &attribute)?.unwrap_or_default();
    let sampler = read_attribute(settings, key::SAMPLER, &attribute)?.unwrap_or_else(|| "another program".to_owned());
    let mut ledger = Ledger::new(Rows::new(space.clone(), goals.to_vec(), has_budgets));
    let rows = trials.into_iter().enumerate().map(|(id, row)| (id as i64, row)).collect();
    let records = ledger.absorb(rows).map_err(|fault| settings.trial(fault))?;
    let sweep = Sweep::restored(space, goals, names, seed, sampler, &records);
    sweep.ok_or_else(|| settings.damaged("the numbers of its trials have gaps"))
}

fn read_attribute<'a, T: DeserializeOwned>(
    settings: &Settings,
    key: &str,
    attribute: impl Fn(&str) -> Option<&'a str>,
) -> Result<Option<T>, StudyError> {
    let read = attribute(key).map(serde_json::from_str).transpose();
    read.map_err(|error| settings.damaged(format!("its attribute `{key}` cannot be read: {error}")))
}
