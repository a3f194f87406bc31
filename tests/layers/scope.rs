//! The names of each module: what it defines, its children and what it imports.

use std::collections::{HashMap, HashSet};

use itertools::Itertools;
use syn::Item;

use crate::imports::{Import, Name, named};
use crate::mentions::Mentions;
use crate::source::Source;

/// The names of a module.
#[derive(Default)]
pub(crate) struct Scope {
    /// A name may have several meanings: a module and a function, an item for each platform.
    pub(crate) names: HashMap<String, Vec<Binding>>,
    pub(crate) globs: Vec<Glob>,
    /// The names that `macro_rules!` defines, which the children see as well.
    pub(crate) macros: HashSet<String>,
}

/// One meaning of a name.
pub(crate) struct Binding {
    pub(crate) meaning: Meaning,
    /// Whether only the module and what is below sees it.
    pub(crate) is_private: bool,
}

/// What a name stands for.
pub(crate) enum Meaning {
    Module(usize),
    /// Whether it is a type, so that a path can lead through it.
    Item {
        is_type: bool,
    },
    Import(Vec<String>),
}

/// An import of all names.
pub(crate) struct Glob {
    pub(crate) path: Vec<String>,
    pub(crate) is_private: bool,
}

/// Returns the names of all modules; `mentions` has one entry for each.
pub(crate) fn scopes(source: &Source, mentions: &[Mentions]) -> Vec<Scope> {
    let mut scopes: Vec<Scope> = source.modules.iter().map(|_| Scope::default()).collect();
    for (index, (module, mentioned)) in source.modules.iter().zip_eq(mentions).enumerate() {
        if let Some(parent) = module.parent {
            scopes[parent].bind(&module.name, Meaning::Module(index), module.is_private);
        }
        let scope = &mut scopes[index];
        module.items.iter().for_each(|item| scope.define(item));
        mentioned.reexports.iter().for_each(|import| scope.import(import, false));
        mentioned.imports.iter().for_each(|import| scope.import(import, true));
    }
    scopes
}

impl Scope {
    fn bind(&mut self, name: &str, meaning: Meaning, is_private: bool) {
        self.names.entry(name.to_owned()).or_default().push(Binding { meaning, is_private });
    }

    fn define(&mut self, item: &Item) {
        if let Some(named) = named(item) {
            self.bind(&named.name, Meaning::Item { is_type: named.is_type }, named.is_private);
            self.macros.extend(matches!(item, Item::Macro(_)).then_some(named.name));
        }
    }

    fn import(&mut self, import: &Import, is_private: bool) {
        let path = import.path.clone();
        match &import.name {
            Name::Given(name) => self.bind(name, Meaning::Import(path), is_private),
            Name::All => self.globs.push(Glob { path, is_private }),
            Name::Nameless => {}
        }
    }
}
