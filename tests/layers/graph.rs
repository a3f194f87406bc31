//! Files or rooms, the names that they take from each other, and the circles among them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use itertools::Itertools;

use crate::imports::{Import, Name};
use crate::mentions::Mentions;
use crate::resolver::{Resolver, Target};
use crate::source::Source;

/// Who takes which names from whom.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Graph {
    ties: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

/// Those that lead to each other, and the ties between them.
#[derive(Debug, PartialEq)]
pub(crate) struct Circle {
    pub(crate) members: Vec<String>,
    ties: Graph,
}

/// A name that one module takes from another.
struct Tie {
    taker: usize,
    giver: usize,
    name: String,
}

impl Graph {
    /// Returns the files of a crate. Modules that stand in one file are one.
    pub(crate) fn of_files(source: &Source) -> Self {
        Self::between(source, |module| Some(source.file(module).display().to_string()))
    }

    /// Returns the rooms of a crate: each child of the root is one, with all that is below it. The root itself is none.
    pub(crate) fn of_rooms(source: &Source) -> Self {
        Self::between(source, |module| source.room(module).map(str::to_owned))
    }

    fn between(source: &Source, place: impl Fn(usize) -> Option<String>) -> Self {
        let mut graph = Self::default();
        for Tie { taker, giver, name } in ties(source) {
            if let (Some(taker), Some(giver)) = (place(taker), place(giver))
                && taker != giver
            {
                graph.add(&taker, &giver, &name);
            }
        }
        graph
    }

    fn add(&mut self, taker: &str, giver: &str, name: &str) {
        self.ties.entry(taker.to_owned()).or_default().entry(giver.to_owned()).or_default().insert(name.to_owned());
    }

    /// Returns the number of pairs of which one takes from the other.
    pub(crate) fn arrows(&self) -> usize {
        self.ties.values().map(BTreeMap::len).sum()
    }

    /// All circles: the largest sets whose members lead to each other.
    pub(crate) fn circles(&self) -> Vec<Circle> {
        let reached: BTreeMap<_, _> = self.ties.keys().map(|start| (start.as_str(), self.reached(start))).collect();
        let mutual = |one: &&str| -> BTreeSet<&str> {
            reached[*one]
                .iter()
                .copied()
                .filter(|other| reached.get(other).is_some_and(|back| back.contains(*one)))
                .collect()
        };
        let circles = reached.keys().map(mutual).filter(|members| members.len() > 1).unique();
        circles.map(|members| self.circle(&members)).collect()
    }

    fn circle(&self, members: &BTreeSet<&str>) -> Circle {
        let mut ties = Self::default();
        for (taker, giver, names) in self.iter() {
            if members.contains(taker) && members.contains(giver) {
                for name in names {
                    ties.add(taker, giver, name);
                }
            }
        }
        Circle { members: members.iter().copied().map(str::to_owned).collect(), ties }
    }

    /// All that one takes from, by however many steps; itself only where it is in a circle.
    fn reached(&self, start: &str) -> BTreeSet<&str> {
        let givers = |taker: &str| self.ties.get(taker).into_iter().flatten().map(|(giver, _)| giver.as_str());
        let mut open = givers(start).collect_vec();
        let mut reached = BTreeSet::new();
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(givers(next));
            }
        }
        reached
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str, &BTreeSet<String>)> {
        self.ties.iter().flat_map(|(taker, givers)| {
            givers.iter().map(move |(giver, names)| (taker.as_str(), giver.as_str(), names))
        })
    }
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} take from each other: {}", self.members.len(), self.members.iter().join(", "))?;
        for (taker, giver, names) in self.ties.iter() {
            writeln!(f, "    {taker} takes from {giver}: {}", names.iter().join(", "))?;
        }
        Ok(())
    }
}

/// What each module takes from the others. A module that is named takes nothing by that, only what is found through it.
fn ties(source: &Source) -> Vec<Tie> {
    let mentions = source.modules.iter().map(|module| Mentions::of(&module.items)).collect_vec();
    let resolver = Resolver::new(source, &mentions);
    let mut ties = vec![];
    for (taker, mentioned) in mentions.iter().enumerate() {
        let imported = mentioned.imports.iter().flat_map(|import| found_by(&resolver, taker, import));
        let named = mentioned.paths.iter().flat_map(|path| resolver.resolve(taker, path));
        let called = mentioned.macros.iter().flat_map(|name| resolver.resolve_macro(taker, name));
        ties.extend(imported.chain(named).chain(called).filter_map(|target| match target {
            Target::Item { module, name, .. } => Some(Tie { taker, giver: module, name }),
            Target::Module(_) => None,
        }));
    }
    ties
}

/// What an import leads to. All of a module that defines something counts as one name of it.
fn found_by(resolver: &Resolver, from: usize, import: &Import) -> Vec<Target> {
    let targets = resolver.resolve(from, &import.path).into_iter();
    let targets = targets.map(|target| match target {
        Target::Module(module) if import.name == Name::All && resolver.defines(module) => {
            Target::Item { module, name: "*".to_owned(), is_type: false }
        }
        target => target,
    });
    targets.collect()
}
