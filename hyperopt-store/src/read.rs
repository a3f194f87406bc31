//! The methods of [`Study`] that read a database without working on a study.

use hyperopt_core::Sweep;

use crate::address::Address;
use crate::error::StudyError;
use crate::restore::Restored;
use crate::snapshot::Snapshot;
use crate::study::Study;
use crate::summary::Summary;

impl Study {
    /// Lists all studies of the database, in the order of their creation. Nothing is written.
    ///
    /// # Errors
    ///
    /// If the database cannot be reached or read, or its file does not exist.
    pub fn list(&self) -> Result<Vec<Summary>, StudyError> {
        match &self.settings.address {
            #[cfg(feature = "sqlite")]
            Address::Sqlite(path) => crate::sqlite::list(&self.settings, path),
            #[cfg(feature = "postgres")]
            Address::Postgres(server) => crate::postgres::list(&self.settings, server),
            #[cfg(not(feature = "sqlite"))]
            Address::Sqlite(_) => Err(StudyError::Feature { feature: "sqlite" }),
        }
    }

    /// Reads the sweep in its present state, for tables, figures and files, without the program that runs it. A trial that was
    /// interrupted and waits to be run again is [cancelled](hyperopt_core::State::Cancelled); one that runs, or that another
    /// program has queued, is [running](hyperopt_core::State::Running). Nothing is written.
    ///
    /// The axes of a study that another program has begun are those of its parameters, each as wide as in all trials
    /// together. The seed of a study without one is 0.
    ///
    /// # Errors
    ///
    /// If the database cannot be reached or read, or does not have a study of that name; the error lists those that it has.
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
            Address::Postgres(server) => crate::postgres::read_sweep(&self.settings, server),
            #[cfg(not(feature = "sqlite"))]
            Address::Sqlite(_) => Err(StudyError::Feature { feature: "sqlite" }),
        }
    }

    /// Returns the process of each running trial, by its host and process id, if it is alive. Nothing is written.
    ///
    /// A trial whose process was killed is [running](hyperopt_core::State::Running) in [`read`](Self::read) until another process
    /// takes part in the study: with no process here, nothing runs it. A process on another machine counts as alive until its
    /// heartbeat is older than the [grace](Self::grace), and a trial of another program without a heartbeat as running.
    ///
    /// # Errors
    ///
    /// If the database cannot be reached or read, or does not have the study.
    pub fn workers(&self) -> Result<Vec<String>, StudyError> {
        match &self.settings.address {
            #[cfg(feature = "sqlite")]
            Address::Sqlite(path) => crate::sqlite::workers(&self.settings, path),
            #[cfg(feature = "postgres")]
            Address::Postgres(server) => crate::postgres::workers(&self.settings, server),
            #[cfg(not(feature = "sqlite"))]
            Address::Sqlite(_) => Err(StudyError::Feature { feature: "sqlite" }),
        }
    }

    /// Copies the present state of the study into memory, as the study of a sweep that shows what would be done next. Nothing is
    /// written. A study that does not exist yet is an empty snapshot.
    ///
    /// # Errors
    ///
    /// If the database cannot be reached or read; for a file that does not exist, if its directory does not exist either.
    pub fn snapshot(&self) -> Result<Snapshot, StudyError> {
        let rows = match &self.settings.address {
            #[cfg(feature = "sqlite")]
            Address::Sqlite(path) => crate::sqlite::read_rows(&self.settings, path),
            #[cfg(feature = "postgres")]
            Address::Postgres(server) => crate::postgres::read_rows(&self.settings, server),
            #[cfg(not(feature = "sqlite"))]
            Address::Sqlite(_) => Err(StudyError::Feature { feature: "sqlite" }),
        };
        match rows {
            Ok((study, trials)) => Ok(Snapshot::of(&self.settings, Restored::of(&self.settings, &study, trials)?)),
            Err(StudyError::NoStudy { .. }) => Ok(Snapshot::empty(&self.settings)),
            Err(StudyError::NoFile { .. }) => {
                self.settings.check_directory()?;
                Ok(Snapshot::empty(&self.settings))
            }
            Err(error) => Err(error),
        }
    }
}
