//! Studies: sweeps of the crate `hyperopt` that survive their process and are shared by many, in SQLite or PostgreSQL.
//!
//! The tables are those of Optuna, to the column, so that its tools open what is kept here, and the reverse.

mod distribution;
mod rows;
