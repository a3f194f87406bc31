//! The number that a trainer leaves: on its standard output, or in a file.

mod file;
mod json;
mod path;
mod progress;

pub(crate) use file::MetricFile;
pub(crate) use path::Paths;
pub(crate) use progress::{Progress, Report};
