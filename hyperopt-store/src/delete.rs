//! The methods of [`Study`] that delete a study.

use crate::address::Address;
use crate::deleted::Deleted;
use crate::error::StudyError;
use crate::study::Study;

impl Study {
    /// Deletes the study and all its trials from the database, in one transaction. Files that its trials wrote are kept.
    ///
    /// ```
    /// use hyperopt::prelude::*;
    /// use hyperopt_store::Study;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # #[cfg(feature = "sqlite")] {
    /// # let directory = std::env::temp_dir().join(format!("hyperopt-store-delete-{}", std::process::id()));
    /// # std::fs::create_dir_all(&directory)?;
    /// # let url = format!("sqlite:{}/sweep.db", directory.display());
    /// # let url = url.as_str();
    /// let _ = hyperopt!(
    ///     study = Study::open(url)?.name("wine"),
    ///     lr = log(1e-5..=1e-1),
    ///     for _ in 0..3 {
    ///         lr
    ///     }
    /// );
    /// assert_eq!(Study::open(url)?.name("wine").delete()?.trials, 3);
    /// assert!(Study::open(url)?.list()?.is_empty());
    /// # std::fs::remove_dir_all(&directory)?;
    /// # }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the database cannot be reached or written, if it does not have the study, or if a process still runs one of its
    /// trials ([`InUse`](StudyError::InUse)). A trial that another program started without a heartbeat counts as running.
    pub fn delete(&self) -> Result<Deleted, StudyError> {
        self.delete_if(false)
    }

    /// Deletes the study as [`delete`](Self::delete) does, even if processes still run its trials: their sweeps end with an error
    /// when they record an outcome.
    ///
    /// # Errors
    ///
    /// Fails as [`delete`](Self::delete) does, except for running trials.
    pub fn delete_forced(&self) -> Result<Deleted, StudyError> {
        self.delete_if(true)
    }

    fn delete_if(&self, is_forced: bool) -> Result<Deleted, StudyError> {
        match &self.settings.address {
            #[cfg(feature = "sqlite")]
            Address::Sqlite(path) => crate::sqlite::delete(&self.settings, path, is_forced),
            #[cfg(feature = "postgres")]
            Address::Postgres(server) => crate::postgres::delete(&self.settings, server, is_forced),
            #[cfg(not(feature = "sqlite"))]
            Address::Sqlite(_) => {
                let _ = is_forced;
                Err(StudyError::Feature { feature: "sqlite" })
            }
        }
    }
}
