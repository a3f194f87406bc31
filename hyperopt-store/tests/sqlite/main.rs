//! Studies in a file.

#![cfg(feature = "sqlite")]

mod budgets;
mod checkpoints;
mod damaged;
mod delete;
mod elapsed;
mod faults;
mod foreign;
mod guards;
mod handles;
mod read;
mod speed;
#[path = "../support/mod.rs"]
mod support;
#[cfg(target_os = "linux")]
mod workers;
