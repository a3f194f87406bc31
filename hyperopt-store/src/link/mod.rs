//! The way from a study to its database.

mod direct;
#[cfg(feature = "postgres")]
mod thread;

use hyperopt_core::study::StoreError;

use crate::address::Address;
use crate::backend::Backend;
use crate::error::StudyError;
use crate::settings::StudySettings;

use self::direct::Direct;
#[cfg(feature = "postgres")]
use self::thread::Thread;

/// A database in use. Dropping it requeues the running trials.
pub(crate) enum Link {
    /// For a file: handing a call to another thread would cost more than the call.
    Direct(Direct),
    #[cfg(feature = "postgres")]
    Thread(Thread),
}

impl Link {
    /// Takes the database into use. It is not opened yet.
    ///
    /// # Errors
    ///
    /// Fails if the system does not start a thread.
    // Files need no thread, which is what may fail to start.
    #[cfg_attr(not(feature = "postgres"), allow(clippy::unnecessary_wraps))]
    pub(crate) fn start(settings: &StudySettings) -> Result<Self, StudyError> {
        let backend = backend(settings.clone());
        match settings.address {
            Address::Sqlite(_) => Ok(Self::Direct(Direct::new(backend, settings))),
            #[cfg(feature = "postgres")]
            Address::Postgres(_) => Thread::start(backend, settings).map(Self::Thread),
        }
    }

    /// Runs `call` with the database and waits for its result.
    ///
    /// # Errors
    ///
    /// Returns the error of `call`, and fails if the study is closed, or if a server has not answered within twice the
    /// patience.
    #[cfg_attr(not(feature = "postgres"), allow(unused_variables))]
    pub(crate) fn call<T: Send + 'static>(
        &self,
        settings: &StudySettings,
        call: impl FnOnce(&mut dyn Backend) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        match self {
            Self::Direct(direct) => direct.call(call),
            #[cfg(feature = "postgres")]
            Self::Thread(thread) => thread.call(settings, call),
        }
    }
}

// Not consumed by a build without any database.
#[cfg_attr(not(any(feature = "sqlite", feature = "postgres")), allow(clippy::needless_pass_by_value))]
fn backend(settings: StudySettings) -> Box<dyn Backend> {
    match &settings.address {
        #[cfg(feature = "sqlite")]
        Address::Sqlite(path) => {
            let path = path.clone();
            Box::new(crate::sqlite::SqliteStore::new(settings, path))
        }
        #[cfg(not(feature = "sqlite"))]
        Address::Sqlite(_) => unreachable!("such an address is not parsed"),
        #[cfg(feature = "postgres")]
        Address::Postgres(server) => {
            let server = server.clone();
            Box::new(crate::postgres::PostgresStore::new(settings, server))
        }
    }
}
