//! Checks that the names of hyperparameters lead somewhere in the configuration, and follows them.

use serde_json::Value;

use crate::definition::{Parameter, Space, own_section};
use crate::errors::Findings;
use crate::read::{Features, Role};
use crate::resolve::defaults::{TYPES, TypeDefault};
use crate::suggest::{instead, nearest};
use crate::tree::{Kind, Node};

/// The sections that a configuration with features may have, whether they are written or not.
const SECTIONS: [&str; 13] = [
    "combiner",
    "trainer",
    "training",
    "preprocessing",
    "defaults",
    "backend",
    "model_type",
    "base_model",
    "adapter",
    "quantization",
    "generation",
    "prompt",
    "model_parameters",
];

/// Adds the names that lead nowhere to `findings`.
pub(crate) fn check(parameters: &[Parameter], root: &Node, features: &Features, findings: &mut Findings) {
    for parameter in parameters.iter().filter(|parameter| parameter.name == "." && sets_own_section(parameter)) {
        let message = "`.` sets the section `hyperopt`, which does not reach the program; leave it out of the mappings";
        findings.fault(parameter.mark, message);
    }
    let is_path = |name: &str| name != "." && !name.split('.').any(str::is_empty);
    for parameter in parameters.iter().filter(|parameter| is_path(&parameter.name)) {
        let (name, mark) = (parameter.name.as_str(), parameter.mark);
        if let Some((feature, rest)) = features.find(name) {
            if rest.is_empty() && !are_mappings(parameter) {
                let message = format!("`{name}` is a feature; write the option of it too: `{name}.encoder.type`, say");
                findings.fault(mark, message);
            }
            let list = root.get(feature.role.key()).and_then(Node::list).unwrap_or_default();
            through_list(list.get(feature.index), rest, parameter, findings);
            continue;
        }
        if let Some(message) = own_section(name) {
            findings.fault(mark, message);
            continue;
        }
        let first = name.split('.').next().unwrap_or_default();
        if let Some(default) = TypeDefault::named(name).filter(|_| features.has_any) {
            if !TYPES.contains(&default.feature_type) {
                let hint = instead(default.feature_type, &TYPES);
                findings.fault(mark, format!("there is no type of features `{}`; {hint}", default.feature_type));
            }
            continue;
        }
        if features.has_any && root.get(first).is_none() && !SECTIONS.contains(&first) {
            let own = features.all.iter().flat_map(|feature| &feature.names).map(String::as_str);
            let hint = match nearest(first, own.chain(SECTIONS)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "a name begins with a feature or a section of the configuration: `trainer.learning_rate`".into()
                }
            };
            findings.fault(mark, format!("there is no feature or section `{first}`; {hint}"));
            continue;
        }
        through_list(Some(root), name, parameter, findings);
    }
}

/// Reports a name that leads into a list: lists are replaced as a whole.
fn through_list(node: Option<&Node>, path: &str, parameter: &Parameter, findings: &mut Findings) {
    let mut node = node;
    let mut walked: Vec<&str> = Vec::new();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        if node.is_some_and(|node| matches!(node.kind, Kind::List(_))) {
            let walked = walked.join(".");
            let message = format!("`{walked}` is a list, and no name leads into one; choose between whole lists");
            findings.fault(parameter.mark, message);
            return;
        }
        walked.push(part);
        node = node.and_then(|node| node.get(part));
    }
}

fn sets_own_section(parameter: &Parameter) -> bool {
    let (Space::Choice(values) | Space::Grid(values)) = &parameter.space else { return false };
    values.iter().any(|value| value.get("hyperopt").is_some())
}

fn are_mappings(parameter: &Parameter) -> bool {
    let (Space::Choice(values) | Space::Grid(values)) = &parameter.space else { return false };
    values.iter().all(Value::is_object)
}

/// Returns the node that a name begins with, and the path from there.
pub(crate) fn target<'n, 'p>(root: &'n mut Node, features: &Features, name: &'p str) -> (&'n mut Node, &'p str) {
    let Some((feature, rest)) = features.find(name) else { return (root, name) };
    let (role, index): (Role, usize) = (feature.role, feature.index);
    // An earlier assignment may have replaced the features.
    let is_there = root.get(role.key()).and_then(Node::list).is_some_and(|list| list.len() > index);
    if !is_there {
        return (root, name);
    }
    match root.get_mut(role.key()) {
        Some(Node { kind: Kind::List(nodes), .. }) => (&mut nodes[index], rest),
        _ => unreachable!("looked at above"),
    }
}
