//! Puts a value at a path of the configuration.

use std::collections::HashMap;

use crate::tree::{Entry, Key, Kind, Node};

/// Merges `value` into `target`: mappings key by key; any other value replaces the target.
pub(crate) fn merge(target: &mut Node, value: &Node) {
    let mark = target.mark;
    match (&mut target.kind, &value.kind) {
        (Kind::Map(own), Kind::Map(entries)) => {
            // A mapping of classes may have a hundred thousand keys.
            let places = own.iter().enumerate().rev().map(|(place, entry)| (entry.key.text.clone(), place));
            let mut places: HashMap<String, usize> = places.collect();
            for Entry { key, value } in entries {
                let place = *places.entry(key.text.clone()).or_insert(own.len());
                if place == own.len() {
                    own.push(Entry { key: Key::new(&key.text, mark), value: Node::new(mark, Kind::Null) });
                }
                merge(&mut own[place].value, value);
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn mappings_are_merged_key_by_key() {
        let mut target = Node::of(&json!({"a": {"x": 1}, "b": [1], "c": 1}));
        merge(&mut target, &Node::of(&json!({"d": {"y": 2}, "a": {"z": 3, "x": 4}, "c": {"e": null}})));
        let text = r#"{"a":{"x":4,"z":3},"b":[1],"c":{"e":null},"d":{"y":2}}"#;
        assert_eq!(target.to_value().to_string(), text);
    }

    #[test]
    fn many_keys_are_merged_in_little_time() {
        let keys = |prefix: &str| {
            let keys = (0..60_000).map(|key| (format!("{prefix}{key}"), json!(key)));
            Node::of(&serde_json::Value::Object(keys.collect()))
        };
        let mut target = keys("a");
        let begun = std::time::Instant::now();
        merge(&mut target, &keys("b"));
        merge(&mut target, &keys("a"));
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
        assert_eq!(target.entries().map(<[Entry]>::len), Some(120_000));
    }
}
