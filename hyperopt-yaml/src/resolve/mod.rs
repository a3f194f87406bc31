//! Resolves the complete configuration of one trial.

mod defaults;
mod merge;
mod names;

pub(crate) use names::check;

use serde_json::Value;

use crate::read::Features;
use crate::resolve::defaults::TypeDefault;
use crate::resolve::merge::{at, merge};
use crate::tree::Node;

/// Returns the configuration `root` with these values. Later values override earlier ones; those for all features of a type are
/// applied last, since everything else overrides them.
pub(crate) fn resolve(root: &Node, features: &Features, assignments: &[(String, Value)]) -> Node {
    let mut root = root.clone();
    let mut defaults = Vec::new();
    for (name, value) in assignments {
        let value = Node::of(value);
        if name == "." {
            merge(&mut root, &value);
            continue;
        }
        if features.has_any
            && features.find(name).is_none()
            && let Some(default) = TypeDefault::named(name)
        {
            defaults.push((default, value));
            continue;
        }
        let (node, path) = names::target(&mut root, features, name);
        merge(at(node, path), &value);
    }
    for (default, value) in defaults {
        default.apply(&mut root, &value, features);
    }
    root.remove("hyperopt");
    root
}
