//! Hyperparameters and budgets as arguments.

use serde_json::Value;

/// Formats a value as an argument: text as it is, everything else as JSON.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Formats a budget, without a decimal point if it is a whole number.
pub(crate) fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { format!("{value}") }
}
