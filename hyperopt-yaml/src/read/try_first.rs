//! Reads the points to try first: `try_first`, `points_to_evaluate`.

use crate::definition::{InitialPoint, Parameter, Space, parameter_named};
use crate::errors::Findings;
use crate::read::fields::list;
use crate::suggest::instead;
use crate::sweep::{dimension, label_of};
use crate::tree::Node;

/// Reads the list `key`, of mappings from hyperparameters to values.
pub(crate) fn points(key: &str, node: &Node, parameters: &[Parameter], findings: &mut Findings) -> Vec<InitialPoint> {
    let Some(nodes) = list(key, node, findings) else { return Vec::new() };
    if let Some(grid) = parameters.iter().find(|parameter| parameter.grid().is_some()) {
        let message = format!("`{key}` leaves gaps in the grid of `{}`; leave one of them out", grid.name());
        findings.fault(node.mark, message);
    }
    nodes.iter().map(|node| point(key, node, parameters, findings)).collect()
}

fn point(key: &str, node: &Node, parameters: &[Parameter], findings: &mut Findings) -> InitialPoint {
    let Some(entries) = node.entries() else {
        let message = format!("a point of `{key}` is {}; write a mapping: `{{name: value}}`", node.describe());
        findings.fault(node.mark, message);
        return InitialPoint::new();
    };
    let mut known = InitialPoint::new();
    for entry in entries {
        let (name, mark) = (entry.key.text.as_str(), entry.key.mark);
        // Under the name in the file, or the one it is read as.
        let found = parameter_named(name, parameters, Parameter::name);
        let Some(parameter) = found else {
            let names: Vec<&str> = parameters.iter().map(Parameter::name).collect();
            findings.fault(mark, format!("there is no hyperparameter `{name}`; {}", instead(name, &names)));
            continue;
        };
        let label = label_of(&parameter.space, &entry.value.to_value());
        let axis = dimension(name, &parameter.space).axis(name, name, &[]);
        match axis.ok().and_then(|axis| axis.unit_of_value(&label)) {
            Some(_) => known.push((parameter.name().to_owned(), label)),
            None if matches!(&parameter.space, Space::Choice(values) if values.is_empty()) => {}
            None => {
                let found = entry.value.describe();
                findings
                    .fault(entry.value.mark, format!("{found} is not among the values of `{name}`; write one of them"));
            }
        }
    }
    known
}
