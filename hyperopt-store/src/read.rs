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
    /// Fails if the database cannot be reached or read, or its file does not exist.
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

    /// Reads the sweep in its present state, for tables, figures and files, without the program that runs it. Nothing is
    /// written. A trial that was interrupted and waits to be run again is returned as
    /// [cancelled](hyperopt_core::State::Cancelled), and one that runs, or that another program has queued, as
    /// [running](hyperopt_core::State::Running).
    ///
    /// A study that another program created has an axis for each parameter, which covers the distributions of all trials. The
    /// seed of a study without one is 0.
    ///
    /// # Errors
    ///
    /// Fails if the database cannot be reached or read, or does not have a study of that name; the error then lists its
    /// studies.
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

    /// Returns the host and the process id of each running trial whose process is alive. Nothing is written.
    ///
    /// In [`read`](Self::read), a trial whose process was killed stays [running](hyperopt_core::State::Running) until another
    /// process joins the study; if this list is empty, nothing runs it. A process on another machine counts as alive until its
    /// heartbeat is older than the [grace](Self::grace). A trial that another program started without a heartbeat counts as
    /// running.
    ///
    /// # Errors
    ///
    /// Fails if the database cannot be reached or read, or does not have the study.
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

    /// Copies the present state of the study into memory, for a sweep that shows which trials the study would run next. Nothing
    /// is written. The snapshot of a study that does not exist yet is empty.
    ///
    /// # Errors
    ///
    /// Fails if the database cannot be reached or read. A file that does not exist is an error only if its directory does not
    /// exist either.
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
