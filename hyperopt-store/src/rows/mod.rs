//! Trials as rows of Optuna's tables, whatever the database: what is written of a record, and the records of what is read.

mod decode;
mod encode;
mod json;
pub(crate) mod key;
mod outcome_json;
mod point_json;
mod row;
mod study;
#[cfg(test)]
mod tests;

pub(crate) use self::json::{python_float, text_json};
pub(crate) use self::row::{RowState, TrialRow, Writes, loaded, stored};
pub(crate) use self::study::{Rows, study_attributes};
