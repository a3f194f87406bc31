//! Reads `parameters`, each hyperparameter in its dialect.

use hyperopt_core::CandidatesError;
use itertools::Itertools;
use serde_json::Value;

use crate::definition::{Parameter, ParameterKind, Space};
use crate::errors::Findings;
use crate::read::by_space::{SPACES, by_space, is_space};
use crate::read::by_type::{TYPES, by_type, is_scale};
use crate::read::fields::Fields;
use crate::read::values::distinct;
use crate::suggest::one_of;
use crate::sweep::dimension;
use crate::tree::{Entry, Kind, Node};

/// Reads all hyperparameters. Errors are added to `findings`.
pub(crate) fn parameters(node: &Node, findings: &mut Findings) -> Vec<Parameter> {
    let Some(entries) = node.entries().filter(|entries| !entries.is_empty()) else {
        let found = if node.entries().is_some() { "empty".into() } else { node.describe() };
        let example = "write `name: {space: uniform, lower: 0.0, upper: 1.0}`";
        findings.fault(node.mark, format!("`parameters` is {found}; {example}"));
        return Vec::new();
    };
    let unknown = |entry: &Entry| Parameter {
        name: entry.key.text.clone(),
        mark: entry.key.mark,
        kind: ParameterKind::Category,
        space: Space::Choice(Vec::new()),
        definition: Value::Null,
    };
    // The name of a faulty one is still checked.
    entries.iter().map(|entry| parameter(entry, findings).unwrap_or_else(|| unknown(entry))).collect()
}

fn parameter(Entry { key, value }: &Entry, findings: &mut Findings) -> Option<Parameter> {
    let name = key.text.as_str();
    if name != "." && name.split('.').any(str::is_empty) {
        findings
            .fault(key.mark, format!("`{name}` is no path; write names with a point between them: `trainer.epochs`"));
    }
    if !matches!(value.kind, Kind::Map(_)) {
        let example = example(value);
        findings.fault(value.mark, format!("hyperparameter `{name}` is {}; write {example}", value.describe()));
        return None;
    }
    let mut fields = Fields::of(value, format!("hyperparameter `{name}`"), findings)?;
    let (type_node, space_node) = (fields.take("type"), fields.take("space"));
    let read = match (type_node, space_node) {
        (Some(type_node), Some(node)) if is_space(node) => {
            let shown = node.text().unwrap_or_default();
            findings.note(type_node.mark, format!("`type` of {} has no effect beside `space: {shown}`", fields.what()));
            by_space(node, &mut fields, findings)
        }
        (Some(node), _) => by_type(node, &mut fields, findings),
        (None, Some(node)) if !is_scale(node) => by_space(node, &mut fields, findings),
        (None, _) => {
            let hint = hint(&fields);
            let before = findings.faults.len();
            fields.finish_if_known(findings);
            if findings.faults.len() == before {
                findings.fault(key.mark, format!("hyperparameter `{name}` has neither `type` nor `space`; {hint}"));
            }
            return None;
        }
    };
    let before = findings.faults.len();
    if read.is_some() {
        fields.finish(findings);
    } else {
        fields.finish_if_known(findings);
    }
    let (kind, space) = read.filter(|_| findings.faults.len() == before)?;
    if let Err(fault) = dimension(name, &space).axis(name, name, &[]) {
        let reason = match fault {
            CandidatesError::TooMany => {
                "more than 2^53 values cannot be told apart; write a narrower range, or a larger `q`".into()
            }
            other => other.to_string(),
        };
        findings.fault(key.mark, format!("hyperparameter `{name}`: {reason}"));
        return None;
    }
    let are_mappings = |values: &[Value]| values.iter().all(Value::is_object);
    let merges = matches!(&space, Space::Choice(values) | Space::Grid(values) if are_mappings(values));
    if name == "." && !merges {
        let message =
            "`.` merges mappings into the configuration; write `space: choice` with mappings for `categories`";
        findings.fault(key.mark, message);
    }
    Some(Parameter { name: name.to_owned(), mark: key.mark, kind, space, definition: value.to_value() })
}

/// Returns the definition to write instead of a `value` that is not one; a list is meant as a choice.
fn example(value: &Node) -> String {
    const MAX: usize = 80;
    match value.list() {
        None => "`{space: uniform, lower: 0.0, upper: 1.0}` or `{type: float, low: 0.0, high: 1.0}`".into(),
        Some([]) => "`{space: choice, categories: [a, b]}`".into(),
        Some(nodes) => {
            let all = distinct("categories", nodes, &mut Findings::default()).iter().map(flow).join(", ");
            if all.is_empty() || all.len() > MAX || all.contains('\n') {
                "`space: choice`, and the list as its `categories`".into()
            } else {
                format!("`{{space: choice, categories: [{all}]}}`")
            }
        }
    }
}

/// Writes a value within a list: text without quotes if it is a plain word, which reads the same.
fn flow(value: &Value) -> String {
    match value.as_str() {
        Some(word) if is_word(word) => word.to_owned(),
        _ => value.to_string(),
    }
}

/// Returns whether `text` is a word that needs no quotes.
fn is_word(text: &str) -> bool {
    const OTHERS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
        && !OTHERS.contains(&text.to_lowercase().as_str())
}

/// Returns what to write, by the keys that are there.
fn hint(fields: &Fields<'_>) -> String {
    if fields.has("low") || fields.has("high") {
        "write `type: float` or `type: int`".into()
    } else if fields.has("values") {
        "write `type: category`, or `space: grid_search` to try each value".into()
    } else if fields.has("categories") {
        "write `space: choice`".into()
    } else if fields.has("lower") || fields.has("upper") {
        "write `space: uniform`, `loguniform` or `randint`".into()
    } else {
        format!("write a `space`: {}; or a `type`: {}", one_of(&SPACES), one_of(&TYPES))
    }
}
