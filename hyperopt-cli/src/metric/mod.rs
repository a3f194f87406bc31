//! The metric of a trial: read from the standard output of its program, or from a file.

mod file;
mod json;
mod near;
mod path;
mod stdout;

pub(crate) use file::MetricFile;
pub(crate) use path::Paths;
pub(crate) use stdout::{MetricLines, Report};
