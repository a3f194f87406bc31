use crate::tree::{Kind, Node};

/// Puts `value` in the place of `target`: a mapping is merged into a mapping, key by key; anything else replaces.
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

/// The node at a dotted path below `node`. What is missing on the way is made; text that names a type becomes a mapping of it.
pub(crate) fn at<'a>(node: &'a mut Node, path: &str) -> &'a mut Node {
    path.split('.').filter(|part| !part.is_empty()).fold(node, |node, part| {
        typed(node);
        node.entry(part)
    })
}

/// `encoder: rnn` is short for `encoder: {type: rnn}`.
pub(crate) fn typed(node: &mut Node) {
    if let Kind::Text(name) = &node.kind {
        let name = Node::new(node.mark, Kind::Text(name.clone()));
        node.kind = Kind::Map(Vec::new());
        node.entry("type").kind = name.kind;
    }
}
