//! Puts a value at a path of the configuration.

use crate::tree::{Kind, Node};

/// Merges `value` into `target`: mappings key by key; any other value replaces the target.
pub(crate) fn merge(target: &mut Node, value: &Node) {
    match (&mut target.kind, &value.kind) {
        (Kind::Map(_), Kind::Map(entries)) => {
            for entry in entries {
                merge(target.entry(&entry.key.text), &entry.value);
            }
        }
        _ => target.kind = value.kind.clone(),
    }
}

/// Returns the node at a dotted path below `node`. Missing nodes are created; text on the way becomes a mapping with that `type`.
pub(crate) fn at<'a>(node: &'a mut Node, path: &str) -> &'a mut Node {
    path.split('.').filter(|part| !part.is_empty()).fold(node, |node, part| {
        typed(node);
        node.entry(part)
    })
}

/// Expands `encoder: rnn`, which is short for `encoder: {type: rnn}`.
pub(crate) fn typed(node: &mut Node) {
    if let Kind::Text(name) = &node.kind {
        let name = Node::new(node.mark, Kind::Text(name.clone()));
        node.kind = Kind::Map(Vec::new());
        node.entry("type").kind = name.kind;
    }
}
