//! What to write for a continuous hyperparameter that a grid cannot list.

use crate::definition::{Parameter, Scale, Space};

/// Returns what gives `parameter` five values, as a message says it: a key to add, or a definition to write instead. `None` for
/// values that can be listed.
pub(crate) fn five_steps(parameter: &Parameter) -> Option<String> {
    let (low, high, scale) = match parameter.space {
        Space::Float { .. } if parameter.definition.get("lower").is_none() => return Some("`steps: 5`".into()),
        Space::Float { low, high, scale, .. } => (low, high, scale),
        // Nineteen draws in twenty lie there.
        Space::Normal { mean, sd, q: None } => (short(mean - 2.0 * sd), short(mean + 2.0 * sd), Scale::Linear),
        _ => return None,
    };
    if low >= high {
        return Some(format!("`{{space: choice, categories: [{low:?}]}}`"));
    }
    let scale = if scale == Scale::Log { ", scale: log" } else { "" };
    Some(format!("`{{type: float, low: {low:?}, high: {high:?}, steps: 5{scale}}}`"))
}

/// Returns the number of six digits next to `value`, which is kept within the floats.
fn short(value: f64) -> f64 {
    let value = value.clamp(-1e307, 1e307);
    format!("{value:.5e}").parse().unwrap_or(value)
}
