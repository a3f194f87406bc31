//! The proposal of a trial, which fills in the command of its program.

use serde_json::Value;

/// The proposal of a trial.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Proposal<'a> {
    pub(crate) number: usize,
    pub(crate) configuration: usize,
    pub(crate) budget: Option<f64>,
    pub(crate) parameters: &'a [(String, Value)],
    /// The complete configuration as YAML.
    pub(crate) config: &'a str,
}
