//! draft
mod config;
mod definition;
mod errors;
mod mark;
mod read;
mod resolve;
mod statistics;
mod suggest;
mod sweep;
mod tree;

pub use config::Config;
pub use definition::{Definition, Parameter, ParameterKind};
pub use errors::{Errors, Fault};
pub use mark::Mark;
pub use statistics::{Cell, Column, Row, Statistics, StatisticsError, Table, TrialResult, read_json};
pub use sweep::{Error, Trained, Training, Trial, train};
