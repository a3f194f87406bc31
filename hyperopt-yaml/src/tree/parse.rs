//! Parses a file into a tree, within limits on its depth and size.

use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};
use std::fmt::Display;

use granit_parser::{Event, Marker, Parser, ScalarStyle, Tag, options};

use crate::errors::Fault;
use crate::mark::Mark;
use crate::tree::node::{Entry, Key, Kind, Node};
use crate::tree::scalar;

/// The maximum depth of a document, aliases followed.
const MAX_DEPTH: usize = 64;
/// The maximum number of nodes, those of aliases counted each time.
const MAX_NODES: usize = 200_000;

/// Parses the one document of `text`; an empty text is null. Returns all errors at once, up to the first that is not YAML.
pub(crate) fn parse(text: &str) -> Result<Node, Vec<Fault>> {
    let options = options! { flow_nesting_limit: MAX_DEPTH, block_nesting_limit: MAX_DEPTH };
    let mut builder = Builder::default();
    for event in Parser::new_from_str_with_options(text, options) {
        let built = match event {
            Ok((event, span)) => builder.event(event, mark(span.start)),
            Err(error) => Err(fault(mark(*error.marker()), format!("this is not YAML: {}", error.info()))),
        };
        if let Err(fault) = built {
            builder.faults.push(fault);
            return Err(builder.faults);
        }
    }
    let root = builder.root.take();
    if builder.faults.is_empty() {
        Ok(root.unwrap_or_else(|| Node::new(Mark { line: 1, column: 1 }, Kind::Null)))
    } else {
        Err(builder.faults)
    }
}

fn mark(marker: Marker) -> Mark {
    Mark { line: marker.line(), column: marker.col() + 1 }
}

fn fault(mark: Mark, message: impl Display) -> Fault {
    Fault { mark: Some(mark), message: message.to_string() }
}

/// A node that has been read, with its depth and size.
#[derive(Clone, Debug)]
struct Read {
    node: Node,
    depth: usize,
    size: usize,
}

/// A collection that is being read.
#[derive(Debug)]
struct Open {
    read: Read,
    anchor: usize,
    /// The key whose value comes next.
    key: Option<Key>,
    /// The keys of a mapping so far, with their places.
    keys: HashMap<String, Mark>,
    /// The entries of `<<`, which give way to those of the mapping itself.
    merged: Vec<Entry>,
}

#[derive(Debug, Default)]
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, Read>,
    size: usize,
    root: Option<Node>,
    faults: Vec<Fault>,
}

const MERGE: &str = "<<";

impl Builder {
    fn event(&mut self, event: Event<'_>, mark: Mark) -> Result<(), Fault> {
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                Err(fault(mark, "a second document begins; keep one in a file"))
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.grow(1, mark)?;
                let is_plain = style == ScalarStyle::Plain;
                let kind = self.scalar(&text, is_plain, tag.as_deref(), mark);
                if self.is_key() {
                    self.key(text.into_owned(), is_plain && !matches!(kind, Kind::Text(_)), mark);
                    return Ok(());
                }
                self.close(Read { node: Node::new(mark, kind), depth: 1, size: 1 }, anchor, mark)
            }
            Event::SequenceStart(_, anchor, tag) => self.begin(Kind::List(Vec::new()), anchor, tag.as_deref(), mark),
            Event::MappingStart(_, anchor, tag) => self.begin(Kind::Map(Vec::new()), anchor, tag.as_deref(), mark),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(Open { mut read, anchor, mut keys, merged, .. }) = self.open.pop() else { return Ok(()) };
                if let Kind::Map(entries) = &mut read.node.kind {
                    let is_new = |entry: &Entry| keys.insert(entry.key.text.clone(), entry.key.mark).is_none();
                    entries.extend(merged.into_iter().filter(is_new));
                }
                self.close(read, anchor, mark)
            }
            Event::Alias(anchor) => {
                if self.is_key() {
                    return Err(fault(mark, "an alias cannot be a key; write the key out"));
                }
                match self.anchors.get(&anchor).cloned() {
                    Some(read) => {
                        self.grow(read.size, mark)?;
                        self.close(read, 0, mark)
                    }
                    None => Err(fault(mark, "this alias stands inside what it stands for; write it out")),
                }
            }
            _ => Ok(()),
        }
    }

    fn scalar(&mut self, text: &str, is_plain: bool, tag: Option<&Tag>, mark: Mark) -> Kind {
        let otherwise = || if is_plain { scalar::plain(text) } else { Kind::Text(text.to_owned()) };
        let Some(tag) = tag else { return otherwise() };
        let kind = match tag.core_suffix() {
            Some(suffix) => scalar::tagged(suffix, text),
            None if tag.to_string() == "!" => Some(Kind::Text(text.to_owned())),
            None => None,
        };
        kind.unwrap_or_else(|| {
            self.faults.push(fault(mark, format!("the tag `{tag}` does not fit {text:?}; leave it out")));
            otherwise()
        })
    }

    /// Returns whether the next node is the key of a mapping.
    fn is_key(&self) -> bool {
        self.open.last().is_some_and(|open| matches!(open.read.node.kind, Kind::Map(_)) && open.key.is_none())
    }

    fn key(&mut self, text: String, is_plain: bool, mark: Mark) {
        if let Some(open) = self.open.last_mut() {
            if text != MERGE {
                match open.keys.entry(text.clone()) {
                    Occupied(first) => {
                        let message = format!("the key `{text}` stands at {} already; keep one of them", first.get());
                        self.faults.push(fault(mark, message));
                    }
                    Vacant(place) => {
                        place.insert(mark);
                    }
                }
            }
            open.key = Some(Key { text, mark, is_plain });
        }
    }

    fn begin(&mut self, kind: Kind, anchor: usize, tag: Option<&Tag>, mark: Mark) -> Result<(), Fault> {
        if self.is_key() {
            return Err(fault(mark, "a list or a mapping cannot be a key; write text"));
        }
        self.grow(1, mark)?;
        if let Some(tag) = tag.filter(|tag| !matches!(tag.core_suffix(), Some("map" | "seq"))) {
            self.faults.push(fault(mark, format!("the tag `{tag}` has no meaning here; leave it out")));
        }
        let read = Read { node: Node::new(mark, kind), depth: 1, size: 1 };
        self.open.push(Open { read, anchor, key: None, keys: HashMap::new(), merged: Vec::new() });
        Ok(())
    }

    /// Counts nodes that are added to the document.
    fn grow(&mut self, size: usize, mark: Mark) -> Result<(), Fault> {
        self.size = self.size.saturating_add(size);
        if self.size > MAX_NODES {
            return Err(fault(mark, format!("more than {MAX_NODES} nodes, aliases followed; write less")));
        }
        Ok(())
    }

    /// Puts a complete node in its place: as the value of its key, an element of its list, or the document.
    fn close(&mut self, read: Read, anchor: usize, mark: Mark) -> Result<(), Fault> {
        if self.open.len() + read.depth > MAX_DEPTH {
            return Err(fault(mark, format!("more than {MAX_DEPTH} levels, aliases followed; write fewer")));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, read.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(read.node);
            return Ok(());
        };
        open.read.depth = open.read.depth.max(read.depth + 1);
        open.read.size += read.size;
        let node = read.node;
        match &mut open.read.node.kind {
            Kind::List(nodes) => nodes.push(node),
            Kind::Map(entries) => match open.key.take() {
                Some(key) if key.text == MERGE && !matches!(node.kind, Kind::Text(_)) => {
                    let merged = match node.kind {
                        Kind::Map(entries) => vec![entries],
                        Kind::List(nodes) => {
                            let mappings = nodes.into_iter();
                            mappings
                                .filter_map(
                                    |node| if let Kind::Map(entries) = node.kind { Some(entries) } else { None },
                                )
                                .collect()
                        }
                        _ => Vec::new(),
                    };
                    if merged.is_empty() {
                        return Err(fault(key.mark, "`<<` takes a mapping: `<<: *name`"));
                    }
                    open.merged.extend(merged.into_iter().flatten());
                }
                Some(key) => {
                    // The others are known since they were read.
                    if key.text == MERGE {
                        open.keys.insert(key.text.clone(), key.mark);
                    }
                    entries.push(Entry { key, value: node });
                }
                None => {}
            },
            _ => {}
        }
        Ok(())
    }
}
