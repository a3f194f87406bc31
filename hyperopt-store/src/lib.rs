//! Studies: sweeps of the crate `hyperopt` that survive their process and are shared by many, in `SQLite` or `PostgreSQL`.
//!
//! The setting `study` keeps a sweep:
//!
//! ```
//! use hyperopt::prelude::*;
//! use hyperopt_store::Study;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # #[cfg(feature = "sqlite")] {
//! # let directory = std::env::temp_dir().join(format!("hyperopt-store-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(&directory)?;
//! # let url = format!("sqlite:{}/sweep.db", directory.display());
//! # let url = url.as_str();
//! # let _ = stringify!(
//! let url = "sqlite:sweep.db";
//! # );
//! let ho = hyperopt!(
//!     study = Study::open(url)?.name("wine"),
//!     lr = log(1e-5..=1e-1),
//!     layers = 1..=8,
//!     for _ in 0..20 {
//!         (lr.log10() + 3.0).powi(2) + f64::from(layers)
//!     }
//! );
//! println!("{ho}");
//!
//! // Anywhere else, without the program:
//! let sweep = Study::open(url)?.name("wine").read()?;
//! assert_eq!(sweep.history().len(), 20);
//! # std::fs::remove_dir_all(&directory)?;
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! # What is kept
//!
//! A study is the log of a sweep. A program that opens it continues the sweep: the same program after a crash, or any number
//! of processes at once, each of which takes the next trial. `0..20` is the total number of trials of all processes.
//!
//! - An outcome is in the database before the next trial starts, and survives the death of the process.
//! - A trial whose process has died is run again, with its number and hyperparameters, at most
//!   [`retries`](Study::retries) times. The death of a process on the same machine is noticed at once; that of one elsewhere,
//!   when its last heartbeat is older than [`grace`](Study::grace) and has been seen not to change.
//! - A process that receives SIGTERM requeues its running trials before it ends.
//! - An outcome that is late, because another process has taken the trial, is dropped.
//!
//! # Which database
//!
//! `sqlite:sweep.db` is a file on one machine, for any number of processes (feature `sqlite`, compiled in).
//! `postgres://user@host/database` is a server for any number of machines (feature `postgres`). The file has a write-ahead
//! log, which network file systems do not support. Connections to a server are encrypted as libpq would, by the settings
//! `sslmode`, `sslrootcert`, `sslcert` and `sslkey` of the address; a pooler may stand before it.
//!
//! # Optuna
//!
//! The tables are those of Optuna, to the column, so `optuna.load_study` and `optuna-dashboard` open a study of this crate;
//! workers in Python may take part, and this crate continues studies that were begun in Python. Candidates that Optuna cannot
//! express, such as a grid of powers of ten, are stored for it as a range, and exactly in attributes that begin with
//! `hyperopt:`. Optuna locks
//! SQLite later than needed when it takes trials that wait, so with both kinds of workers on one file such a trial may run
//! twice; on PostgreSQL it does not.

#![cfg_attr(docsrs, feature(doc_cfg))]
// A build without any database uses addresses, errors and journals only.
#![cfg_attr(not(any(feature = "sqlite", feature = "postgres")), allow(dead_code, unused_imports))]

mod address;
mod backend;
mod delay;
mod delete;
mod deleted;
mod distribution;
mod error;
mod heartbeat;
mod inferred;
mod journal;
mod leases;
mod ledger;
mod link;
#[cfg(feature = "mlflow")]
mod mlflow;
mod outcomes;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "postgres")]
mod postgres;
mod read;
mod restore;
mod rows;
#[cfg(any(feature = "mlflow", feature = "tensorboard"))]
mod runs;
mod settings;
mod snapshot;
#[cfg(feature = "sqlite")]
mod sqlite;
mod study;
mod study_row;
mod summary;
#[cfg(feature = "tensorboard")]
mod tensorboard;
mod terminate;
mod worker;

pub use deleted::Deleted;
pub use error::StudyError;
pub use journal::{read_journal, write_journal};
#[cfg(feature = "mlflow")]
pub use mlflow::{Mlflow, MlflowError, MlflowRun};
#[cfg(feature = "parquet")]
pub use parquet::write_parquet;
pub use snapshot::Snapshot;
pub use study::Study;
pub use summary::Summary;
#[cfg(feature = "tensorboard")]
pub use tensorboard::write_tensorboard;
