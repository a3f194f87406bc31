//! Studies: sweeps of the crate `hyperopt` that survive their process and are shared by many, in SQLite or PostgreSQL.
//!
//! The tables are those of Optuna, to the column, so that its tools open what is kept here, and the reverse.

mod address;
mod distribution;
mod error;
mod heartbeat;
mod inferred;
mod ledger;
mod read;
mod rows;
#[cfg(feature = "sqlite")]
mod sqlite;
mod study;
mod terminate;
mod worker;

pub use error::StudyError;
pub use read::Summary;
pub use study::Study;
