//! A node of a document, which knows its place in the file, and mappings that keep their order.

use serde_json::{Map, Number, Value};

use crate::mark::Mark;
use crate::tree::float::float;

/// A node of a document.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) mark: Mark,
    pub(crate) kind: Kind,
}

/// The value of a node.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Int(i128),
    /// A number, an infinity, or NaN.
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// An entry of a mapping.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: Key,
    pub(crate) value: Node,
}

/// The key of an entry, which is text here whatever it is in the file.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) mark: Mark,
    /// Whether the key is not text in the file, but a number, say, and has to stay one.
    pub(crate) is_plain: bool,
}

impl Key {
    pub(crate) fn new(text: &str, mark: Mark) -> Self {
        Self { text: text.to_owned(), mark, is_plain: false }
    }
}

impl Node {
    pub(crate) fn new(mark: Mark, kind: Kind) -> Self {
        Self { mark, kind }
    }

    pub(crate) fn map(mark: Mark) -> Self {
        Self::new(mark, Kind::Map(Vec::new()))
    }

    /// Creates a node without a place in a file: a value of a trial.
    pub(crate) fn of(value: &Value) -> Self {
        let kind = match value {
            Value::Null => Kind::Null,
            Value::Bool(bool) => Kind::Bool(*bool),
            Value::Number(number) => match (number.as_i128(), number.as_f64()) {
                (Some(int), _) => Kind::Int(int),
                (None, float) => Kind::Float(float.unwrap_or(f64::NAN)),
            },
            Value::String(text) => Kind::Text(text.clone()),
            Value::Array(values) => Kind::List(values.iter().map(Self::of).collect()),
            Value::Object(map) => {
                let entry = |(key, value): (&String, &Value)| Entry {
                    key: Key::new(key, Mark::default()),
                    value: Self::of(value),
                };
                Kind::Map(map.iter().map(entry).collect())
            }
        };
        Self::new(Mark::default(), kind)
    }

    /// Converts the node to JSON. Infinities and NaN, which JSON cannot represent, become null.
    pub(crate) fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(bool) => Value::Bool(*bool),
            Kind::Int(int) => {
                Number::from_i128(*int).or_else(|| Number::from_f64(*int as f64)).map_or(Value::Null, Value::Number)
            }
            Kind::Float(float) => Number::from_f64(*float).map_or(Value::Null, Value::Number),
            Kind::Text(text) => Value::String(text.clone()),
            Kind::List(nodes) => Value::Array(nodes.iter().map(Self::to_value).collect()),
            Kind::Map(entries) => {
                let pair = |entry: &Entry| (entry.key.text.clone(), entry.value.to_value());
                Value::Object(entries.iter().map(pair).collect::<Map<_, _>>())
            }
        }
    }

    pub(crate) fn entries(&self) -> Option<&[Entry]> {
        if let Kind::Map(entries) = &self.kind { Some(entries) } else { None }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    pub(crate) fn list(&self) -> Option<&[Self]> {
        if let Kind::List(nodes) = &self.kind { Some(nodes) } else { None }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        if let Kind::Text(text) = &self.kind { Some(text) } else { None }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entries()?.iter().find(|entry| entry.key.text == key).map(|entry| &entry.value)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Kind::Map(entries) = &mut self.kind else { return None };
        entries.iter_mut().find(|entry| entry.key.text == key).map(|entry| &mut entry.value)
    }

    /// Returns the value of a key, and adds the key at the end if it is new. A node that is not a mapping becomes one.
    pub(crate) fn entry(&mut self, key: &str) -> &mut Self {
        if self.entries().is_none() {
            self.kind = Kind::Map(Vec::new());
        }
        let Kind::Map(entries) = &mut self.kind else { unreachable!("made a mapping above") };
        let found = entries.iter().position(|entry| entry.key.text == key).unwrap_or_else(|| {
            let mark = self.mark;
            entries.push(Entry { key: Key::new(key, mark), value: Self::new(mark, Kind::Null) });
            entries.len() - 1
        });
        &mut entries[found].value
    }

    /// Returns an element of a list.
    pub(crate) fn element(&mut self, index: usize) -> Option<&mut Self> {
        if let Kind::List(nodes) = &mut self.kind { nodes.get_mut(index) } else { None }
    }

    /// Removes an entry of a mapping.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Entry> {
        let Kind::Map(entries) = &mut self.kind else { return None };
        let found = entries.iter().position(|entry| entry.key.text == key)?;
        Some(entries.remove(found))
    }

    /// Describes the node for a message: `the text "log"`, `a list`.
    pub(crate) fn describe(&self) -> String {
        match &self.kind {
            Kind::Null => "nothing".into(),
            Kind::Bool(bool) => format!("`{bool}`"),
            Kind::Int(int) => format!("`{int}`"),
            Kind::Float(value) => format!("`{}`", float(*value)),
            Kind::Text(text) => {
                let short: String = text.chars().take(40).collect();
                format!("the text {short:?}{}", if short.len() < text.len() { "…" } else { "" })
            }
            Kind::List(_) => "a list".into(),
            Kind::Map(_) => "a mapping".into(),
        }
    }
}
