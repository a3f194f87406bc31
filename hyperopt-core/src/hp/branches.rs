//! A choice between spaces, of which one is searched.

use std::fmt::{self, Debug};

use itertools::Itertools;

use crate::candidates::{Axes, Dimension};
use crate::engine::Suggest;
use crate::error::CandidatesError;
use crate::search_space::{Component, Part, SearchSpace, listed};
use crate::space::{Axis, Point, Value};

type Branch<V> = Box<dyn SearchSpace<Params = V> + Send + Sync>;

/// A choice between spaces, of which only the chosen one has values; made by [`choice`](super::choice) and
/// [`pchoice`](super::pchoice).
///
/// The label of a branch is the first word of the `Debug` output of its parameters, which is the name of the variant for an
/// enum; if these words are not distinct, the labels are `#0`, `#1` and so on. [`labels`](Self::labels) sets other names.
///
/// If the number of branches is known only at run time, the branches are boxed:
///
/// ```
/// use hyperopt_core::{Search, SearchSpace, hp};
///
/// let branches = (1..=3).map(|k| hp::uniform(format!("x{k}"), 0, k).boxed());
/// let ho = Search::new(hp::choice("k", branches.collect::<Vec<_>>())).seed(7).run(0..9, |_, x| x);
/// assert!(ho.trials().all(|(trial, _)| trial.point().iter().flatten().count() == 2));
/// ```
#[must_use = "an expression is a space to search"]
pub struct Branches<V> {
    label: String,
    dimension: Dimension<usize>,
    among: Vec<Branch<V>>,
}

impl<V: Debug> Branches<V> {
    pub(super) fn new(
        label: String,
        branches: Vec<Branch<V>>,
        chances: Result<Option<Vec<f64>>, CandidatesError>,
    ) -> Self {
        let (chances, branches) = match chances {
            Ok(Some(chances)) => {
                let kept = chances.into_iter().zip(branches).filter(|&(chance, _)| chance > 0.0);
                let (chances, branches): (Vec<_>, Vec<_>) = kept.unzip();
                (Ok(Some(chances)), branches)
            }
            other => (other, branches),
        };
        let names = names(&branches);
        let dimension = Dimension::levels((0..branches.len()).collect(), names, false);
        let dimension = dimension.weighted(chances).labelled(&label);
        Self { label, dimension, among: branches }
    }
}

impl<V> Branches<V> {
    /// Returns the label.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Sets the labels of the branches, in order, for tables, files and figures.
    pub fn labels<L: Into<Value>>(mut self, labels: impl IntoIterator<Item = L>) -> Self {
        self.dimension = self.dimension.renamed(labels.into_iter().map(Into::into).collect());
        self
    }

    /// Iterates over the branches with their first axes; the choice itself has the axis `first`.
    fn placed(&self, first: usize) -> impl Iterator<Item = (usize, &Branch<V>)> {
        self.among.iter().scan(first + 1, |next, branch| {
            let first = *next;
            *next += branch.len();
            Some((first, branch))
        })
    }
}

impl<V> SearchSpace for Branches<V> {
    type Params = V;

    fn len(&self) -> usize {
        1 + self.among.iter().map(SearchSpace::len).sum::<usize>()
    }

    fn axes(&self, first: usize, parents: &[usize], axes: &mut Axes) {
        let own = self.dimension.axis(&self.label, &self.label, parents);
        let labels = own.as_ref().ok().and_then(Axis::labels).unwrap_or_default().to_vec();
        axes.push(self.label.clone(), own);
        let parents = [parents, &[first]].concat();
        for (index, (first, branch)) in self.placed(first).enumerate() {
            let listed = axes.len();
            branch.axes(first, &parents, axes);
            if let Some(label) = labels.get(index) {
                axes.put_in_branch(listed, &label.to_string());
            }
        }
    }

    fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> V {
        let chosen = suggest.value(first, &self.dimension);
        let (first, branch) = self.placed(first).nth(chosen).expect("the choice is between the branches");
        branch.propose(first, suggest)
    }

    fn decode(&self, first: usize, point: &Point) -> V {
        let chosen = self.dimension.decode_at(point, first);
        let (first, branch) = self.placed(first).nth(chosen).expect("the choice is between the branches");
        branch.decode(first, point)
    }
}

#[diagnostic::do_not_recommend]
impl<V> Component for Branches<V>
where
    Self: SearchSpace<Params = V> + Send + Sync + 'static,
{
    type Value = V;

    fn part(self) -> Part<V> {
        Part::of(self)
    }
}

impl<V> Debug for Branches<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { label, dimension, .. } = self;
        f.debug_struct("Branches").field("label", label).field("dimension", dimension).finish_non_exhaustive()
    }
}

/// Names the branches, by an example of each; `None` if they have no names, and no axes by which an order of theirs is known
/// again.
fn names<V: Debug>(branches: &[Branch<V>]) -> Option<Vec<Value>> {
    let name = |branch: &Branch<V>| {
        let (space, errors) = listed(branch).checked();
        let middle: Point = space.axes().iter().map(|axis| axis.snap(0.5)).collect();
        let shown = if errors.is_empty() { format!("{:?}", branch.decode(0, &middle)) } else { String::new() };
        let word: String = shown.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        word
    };
    let found: Vec<String> = branches.iter().map(name).collect();
    let is_name = |name: &String| name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let are_names = found.iter().all(is_name) && found.iter().all_unique();
    let are_known = are_names || branches.iter().map(SearchSpace::is_empty).filter(|&is_empty| is_empty).count() < 2;
    let label = |(index, name)| if are_names { Value::from(name) } else { format!("#{index}").into() };
    are_known.then(|| found.into_iter().enumerate().map(label).collect())
}

/// Makes a space without axes, whose parameters are always `value`.
pub fn constant<V: Clone>(value: V) -> Constant<V> {
    Constant { value }
}

/// A space without an axis; made by [`constant`].
#[derive(Debug)]
#[must_use = "a constant is a space to search"]
pub struct Constant<V> {
    value: V,
}

impl<V: Clone> SearchSpace for Constant<V> {
    type Params = V;

    fn len(&self) -> usize {
        0
    }

    fn axes(&self, _: usize, _: &[usize], _: &mut Axes) {}

    fn propose(&self, _: usize, _: &mut Suggest<'_>) -> V {
        self.value.clone()
    }

    fn decode(&self, _: usize, _: &Point) -> V {
        self.value.clone()
    }
}
