//! Finds the module that defines what a path names, through imports and re-exports.

use std::collections::BTreeSet;

use itertools::Itertools;

use crate::mentions::Mentions;
use crate::scope::{Meaning, Scope, scopes};
use crate::source::Source;

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    Module(usize),
    /// An item, by the module that defines it. What is joined to it, a variant or a method, belongs to it.
    Item {
        module: usize,
        name: String,
        is_type: bool,
    },
}

/// The names of all modules of a crate.
pub(crate) struct Resolver<'a> {
    source: &'a Source,
    scopes: Vec<Scope>,
}

/// The imports that are being followed, each with its module: they may go round in a circle.
type Open<'a> = Vec<(usize, &'a [String])>;

impl<'a> Resolver<'a> {
    /// Takes in what each module defines and imports; `mentions` has one entry for each module.
    pub(crate) fn new(source: &'a Source, mentions: &[Mentions]) -> Self {
        Self { source, scopes: scopes(source, mentions) }
    }

    /// Whether the module defines anything but other modules and imports.
    pub(crate) fn defines(&self, module: usize) -> bool {
        self.scopes[module].names.values().flatten().any(|binding| matches!(binding.meaning, Meaning::Item { .. }))
    }

    /// What the path leads to from within the module; nothing where it leads out of the crate.
    pub(crate) fn resolve(&self, from: usize, path: &[String]) -> BTreeSet<Target> {
        self.resolve_open(from, path, &mut vec![])
    }

    /// Returns the module that defines the macro that is called by a single name: it is seen in the children too.
    pub(crate) fn resolve_macro(&self, from: usize, name: &str) -> BTreeSet<Target> {
        match self.ancestors(from).find(|&module| self.scopes[module].macros.contains(name)) {
            Some(module) => BTreeSet::from([Target::Item { module, name: name.to_owned(), is_type: false }]),
            None => self.resolve(from, &[name.to_owned()]),
        }
    }

    /// Returns the module and those around it, from the inside.
    fn ancestors(&self, module: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(module), |&module| self.source.modules[module].parent)
    }

    fn resolve_open<'s>(&'s self, from: usize, path: &[String], open: &mut Open<'s>) -> BTreeSet<Target> {
        let parent = |module: usize| self.source.modules[module].parent.unwrap_or_default();
        let Some((first, mut rest)) = path.split_first() else { return BTreeSet::new() };
        let mut start = match first.as_str() {
            "crate" => 0,
            "self" => from,
            "super" => parent(from),
            _ => return self.look_up(from, path, open).unwrap_or_default(),
        };
        while let Some((first, behind)) = rest.split_first()
            && first == "super"
        {
            (start, rest) = (parent(start), behind);
        }
        self.walk(start, rest, open)
    }

    /// What the path leads to from the module on, one of whose names is its first segment.
    fn walk<'s>(&'s self, module: usize, path: &[String], open: &mut Open<'s>) -> BTreeSet<Target> {
        let Some(name) = path.first() else { return BTreeSet::from([Target::Module(module)]) };
        self.look_up(module, path, open).unwrap_or_else(|| {
            // A macro has made it, or another crate defines it, all of which is handed on here.
            BTreeSet::from([Target::Item { module, name: name.clone(), is_type: true }])
        })
    }

    /// What the path leads to; none if its first segment is no name of the module.
    fn look_up<'s>(&'s self, module: usize, path: &[String], open: &mut Open<'s>) -> Option<BTreeSet<Target>> {
        let (name, rest) = path.split_first()?;
        let mut found = BTreeSet::new();
        for target in self.named(module, module, name, open)? {
            match target {
                Target::Module(module) => found.extend(self.walk(module, rest, open)),
                Target::Item { is_type, .. } => found.extend((is_type || rest.is_empty()).then_some(target)),
            }
        }
        Some(found)
    }

    /// What a name of the module stands for; none if it has no such name that is seen from `viewer`. Its own names hide
    /// those of its globs.
    fn named<'s>(&'s self, viewer: usize, module: usize, name: &str, open: &mut Open<'s>) -> Option<BTreeSet<Target>> {
        let scope = &self.scopes[module];
        let sees_all = self.ancestors(viewer).contains(&module);
        let own = scope.names.get(name).into_iter().flatten().filter(|binding| sees_all || !binding.is_private);
        let own = own.collect_vec();
        if own.is_empty() {
            let mut globs = scope.globs.iter().filter(|glob| sees_all || !glob.is_private);
            return globs.find_map(|glob| self.named_through(module, &glob.path, name, open));
        }
        let mut found = BTreeSet::new();
        for binding in own {
            match &binding.meaning {
                Meaning::Module(child) => found.extend([Target::Module(*child)]),
                Meaning::Item { is_type } => {
                    found.extend([Target::Item { module, name: name.to_owned(), is_type: *is_type }]);
                }
                Meaning::Import(path) => found.extend(self.follow(module, path, open)),
            }
        }
        Some(found)
    }

    /// What a name stands for among those that a glob of the module brings in.
    fn named_through<'s>(
        &'s self,
        module: usize,
        glob: &'s [String],
        name: &str,
        open: &mut Open<'s>,
    ) -> Option<BTreeSet<Target>> {
        for target in self.follow(module, glob, open) {
            if let Target::Module(through) = target
                && !open.contains(&(module, glob))
            {
                open.push((module, glob));
                let found = self.named(module, through, name, open);
                open.pop();
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// What an import of the module leads to; nothing where it is being followed already.
    fn follow<'s>(&'s self, module: usize, path: &'s [String], open: &mut Open<'s>) -> BTreeSet<Target> {
        if open.contains(&(module, path)) {
            return BTreeSet::new();
        }
        open.push((module, path));
        let found = self.resolve_open(module, path, open);
        open.pop();
        found
    }
}
