//! The entries of a mapping, and the types of their values.

use itertools::Itertools;

use crate::errors::Findings;
use crate::mark::Mark;
use crate::read::sections::{elsewhere, section_of};
use crate::suggest::nearest;
use crate::tree::{Entry, Kind, Node};

/// The entries of a mapping, which are taken one by one; those that remain are unknown keys.
#[derive(Debug)]
pub(crate) struct Fields<'a> {
    pub(crate) mark: Mark,
    what: String,
    entries: &'a [Entry],
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Returns the entries of `node`, which messages call `what`. Null is an empty mapping.
    pub(crate) fn of(node: &'a Node, what: impl Into<String>, findings: &mut Findings) -> Option<Self> {
        let what = what.into();
        let entries = match &node.kind {
            Kind::Map(entries) => entries.as_slice(),
            Kind::Null => &[],
            _ => {
                findings.fault(node.mark, format!("{what} is {}; write a mapping", node.describe()));
                return None;
            }
        };
        Some(Self { mark: node.mark, what, entries, known: Vec::new() })
    }

    /// Takes the value of `key`; `None` if the key is missing or null.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<&'a Node> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        let found = self.entries.iter().find(|entry| entry.key.text == key)?;
        (!matches!(found.value.kind, Kind::Null)).then_some(&found.value)
    }

    /// Takes the value of a key that is required.
    pub(crate) fn need(&mut self, key: &'static str, example: &str, findings: &mut Findings) -> Option<&'a Node> {
        let found = self.take(key);
        // An unknown key that is similar is reported with this one as the correction.
        if found.is_none() && !self.entries.iter().any(|entry| nearest(&entry.key.text, [key]).is_some()) {
            findings.fault(self.mark, format!("{} has no `{key}`; write `{key}: {example}`", self.what));
        }
        found
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key.text == key)
    }

    /// Reports the keys that have not been taken.
    pub(crate) fn finish(self, findings: &mut Findings) {
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&entry.key.text.as_str())) {
            let missing = self.known.iter().copied().filter(|known| !self.has(known));
            let key = entry.key.text.as_str();
            let others = || elsewhere(self.section()).map(|(_, known)| known);
            let instead = if let Some(place) = section_of(key, self.section()) {
                format!("write it in `{place}`")
            } else if let Some(name) = nearest(key, missing) {
                format!("did you mean `{name}`?")
            } else if let Some(name) = nearest(key, others())
                && let Some(place) = section_of(name, self.section())
            {
                format!("did you mean `{name}`, in `{place}`?")
            } else {
                format!("it takes {}", self.known.iter().map(|key| format!("`{key}`")).join(", "))
            };
            findings.fault(entry.key.mark, format!("{} has no key `{}`; {instead}", self.what, entry.key.text));
        }
    }

    /// Reports only those unknown keys that are near a known one, for a mapping with other faults, not all of whose keys have been
    /// taken.
    pub(crate) fn finish_if_known(self, findings: &mut Findings) {
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&entry.key.text.as_str())) {
            let missing = self.known.iter().copied().filter(|known| !self.has(known));
            if let Some(name) = nearest(&entry.key.text, missing) {
                let message = format!("{} has no key `{}`; did you mean `{name}`?", self.what, entry.key.text);
                findings.fault(entry.key.mark, message);
            }
        }
    }

    /// Reports those unknown keys that are near a known one, and notes the others.
    pub(crate) fn finish_or_mention(self, reason: &str, findings: &mut Findings) {
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&entry.key.text.as_str())) {
            let missing = self.known.iter().copied().filter(|known| !self.has(known));
            let (what, key) = (&self.what, &entry.key.text);
            match nearest(key, missing) {
                Some(name) => {
                    findings.fault(entry.key.mark, format!("{what} has no key `{key}`; did you mean `{name}`?"));
                }
                None => findings.note(entry.key.mark, format!("`{key}` of {what} {}", self.or_place(key, reason))),
            }
        }
    }

    /// Notes the keys that have not been taken: options of another program, which do no harm.
    pub(crate) fn mention(self, reason: &str, findings: &mut Findings) {
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&entry.key.text.as_str())) {
            let (what, key) = (&self.what, &entry.key.text);
            findings.note(entry.key.mark, format!("`{key}` of {what} {}", self.or_place(key, reason)));
        }
    }

    /// Notes those of `keys` that have not been taken: they have a meaning elsewhere, and none beside `what`.
    pub(crate) fn beside(&mut self, keys: &[&'static str], what: &str, findings: &mut Findings) {
        for key in keys.iter().copied().filter(|key| !self.known.contains(key)).collect::<Vec<_>>() {
            if let Some(entry) = self.entries.iter().find(|entry| entry.key.text == key) {
                self.known.push(key);
                findings.note(entry.key.mark, format!("`{key}` of {} has no effect beside {what}", self.what));
            }
        }
    }

    /// Takes the value of `key`, or else that of `alias`, with a note.
    pub(crate) fn take_as(
        &mut self,
        key: &'static str,
        alias: &'static str,
        findings: &mut Findings,
    ) -> Option<&'a Node> {
        if let Some(found) = self.take(key) {
            return Some(found);
        }
        let found = self.take(alias)?;
        findings.note(found.mark, format!("`{alias}` of {} is read as `{key}`", self.what));
        Some(found)
    }

    /// Returns the name of the section that this mapping is, if it is one.
    fn section(&self) -> &str {
        self.what.trim_matches('`')
    }

    /// Returns `reason`, or the section that `key` belongs to, if that is another one.
    fn or_place(&self, key: &str, reason: &str) -> String {
        let place = section_of(key, self.section()).map(|place| format!("has no effect here; write it in `{place}`"));
        place.unwrap_or_else(|| reason.to_owned())
    }

    /// Returns what messages call the mapping.
    pub(crate) fn what(&self) -> &str {
        &self.what
    }

    /// Notes keys that are known and have no effect here.
    pub(crate) fn without_effect(&mut self, keys: &[&'static str], findings: &mut Findings) {
        for key in keys {
            self.known.push(key);
            if let Some(entry) = self.entries.iter().find(|entry| entry.key.text == *key) {
                findings.note(entry.key.mark, format!("`{key}` of {} has no effect here", self.what));
            }
        }
    }
}

/// Reads a finite number.
pub(crate) fn number(key: &str, node: &Node, findings: &mut Findings) -> Option<f64> {
    match node.kind {
        Kind::Int(int) => Some(int as f64),
        Kind::Float(float) if float.is_finite() => Some(float),
        _ => {
            findings.fault(node.mark, format!("`{key}` is {}; write a finite number", node.describe()));
            None
        }
    }
}

/// Returns the finite number in `node`, if it is one.
pub(crate) fn peeked(node: Option<&Node>) -> Option<f64> {
    match node?.kind {
        Kind::Int(int) => Some(int as f64),
        Kind::Float(float) if float.is_finite() => Some(float),
        _ => None,
    }
}

/// Reads an integer of 64 bits; `3.0` is one.
pub(crate) fn integer(key: &str, node: &Node, findings: &mut Findings) -> Option<i64> {
    let int = match node.kind {
        Kind::Int(int) => i64::try_from(int).ok(),
        Kind::Float(float) if float.fract() == 0.0 && float.abs() < 9e15 => Some(float as i64),
        _ => None,
    };
    if int.is_none() {
        findings.fault(node.mark, format!("`{key}` is {}; write a whole number", node.describe()));
    }
    int
}

/// Reads an integer of at least `least`.
pub(crate) fn count(key: &str, least: u64, node: &Node, findings: &mut Findings) -> Option<u64> {
    let found = integer(key, node, findings)?;
    let count = u64::try_from(found).ok().filter(|count| *count >= least);
    if count.is_none() {
        findings.fault(node.mark, format!("`{key}` is `{found}`; write {least} or more"));
    }
    count
}

/// Reads `true` or `false`.
pub(crate) fn truth(key: &str, node: &Node, findings: &mut Findings) -> Option<bool> {
    if let Kind::Bool(bool) = node.kind {
        return Some(bool);
    }
    findings.fault(node.mark, format!("`{key}` is {}; write `true` or `false`", node.describe()));
    None
}

/// Reads text.
pub(crate) fn text<'a>(key: &str, node: &'a Node, findings: &mut Findings) -> Option<&'a str> {
    let text = node.text();
    if text.is_none() {
        findings.fault(node.mark, format!("`{key}` is {}; write text", node.describe()));
    }
    text
}

/// Reads a list.
pub(crate) fn list<'a>(key: &str, node: &'a Node, findings: &mut Findings) -> Option<&'a [Node]> {
    let list = node.list();
    if list.is_none() {
        findings.fault(node.mark, format!("`{key}` is {}; write a list: `[a, b]`", node.describe()));
    }
    list
}
