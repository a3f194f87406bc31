//! The results of a sweep: where they are read from, and the forms they are written in.

mod configuration;
mod shortfall;
mod source;
mod statistics;
mod summary;
mod table;

pub(crate) use configuration::Configuration;
pub(crate) use shortfall::Shortfall;
pub(crate) use source::{Source, is_address, refuse_file};
pub(crate) use statistics::{statistics, statistics_of};
pub(crate) use summary::{assignments, parameters, summary};
pub(crate) use table::{TableFormat, write_table};
