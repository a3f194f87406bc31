//! The output directory of a sweep: its files, its configuration, its database.

mod claim;
mod config;
mod files;
mod layout;
mod run_file;
mod study;

pub(crate) use claim::Claim;
pub(crate) use config::{config_text, read_config, settle_config, with_options};
pub(crate) use files::{remove, replace};
pub(crate) use layout::{Layout, TrialDirectory, create_directory};
pub(crate) use run_file::RunFile;
pub(crate) use study::{absolute, study, study_address};
