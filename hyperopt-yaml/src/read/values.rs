//! Reads lists of values to choose from.

use std::collections::HashSet;

use serde_json::Value;

use crate::errors::Findings;
use crate::tree::{Kind, Node};

/// Returns the values of a list, each once.
pub(crate) fn distinct(key: &str, nodes: &[Node], findings: &mut Findings) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::with_capacity(nodes.len());
    let mut seen = HashSet::new();
    for node in nodes {
        if let Some(node) = not_finite(node) {
            findings.fault(node.mark, format!("{} is not a value to choose; write a finite number", node.describe()));
            continue;
        }
        let value = node.to_value();
        if seen.insert(value.to_string()) {
            values.push(value);
        } else {
            findings.note(node.mark, format!("{} is listed in `{key}` once more, and counts once", node.describe()));
        }
    }
    values
}

/// Returns the first number in `node` that JSON cannot represent.
fn not_finite(node: &Node) -> Option<&Node> {
    match &node.kind {
        Kind::Float(float) if !float.is_finite() => Some(node),
        Kind::List(nodes) => nodes.iter().find_map(not_finite),
        Kind::Map(entries) => entries.iter().find_map(|entry| not_finite(&entry.value)),
        _ => None,
    }
}
