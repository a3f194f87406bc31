//! Fields of a space with names, as `space!` takes them.

use std::fmt;

use crate::candidates::{Axes, Candidates, Dimension, Labelled, Same};
use crate::engine::Suggest;
use crate::search_space::{Map, SearchSpace};
use crate::space::{Point, Value};

/// A field of `space!`: candidates, or a nested space.
#[derive(Debug)]
pub struct Part<V> {
    values: Values<V>,
}

enum Values<V> {
    Candidates(Dimension<V>),
    Space(Box<dyn SearchSpace<Params = V> + Send + Sync>),
}

/// The value beside a name in `space!(…)`: candidates, or a space.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a set of candidates nor a space",
    label = "expected candidates such as `0.0..=1.0` or `hp::uniform(..)`, or a choice between spaces",
    note = "a single fixed value is written as an array of one: `[value]`",
    note = "to make one field of several spaces, map them: `(a, b).map(|(a, b)| …)`"
)]
pub trait Component {
    /// The type of the field.
    type Value;

    /// Returns the field.
    #[doc(hidden)]
    fn part(self) -> Part<Self::Value>;
}

#[diagnostic::do_not_recommend]
impl<C: Candidates> Component for C {
    type Value = C::Value;

    fn part(self) -> Part<C::Value> {
        Part { values: Values::Candidates(self.dimension()) }
    }
}

macro_rules! spaces {
    ($([$($generics:tt)*] $space:ty)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Component for $space
        where
            Self: SearchSpace + Send + Sync + 'static,
        {
            type Value = <Self as SearchSpace>::Params;

            fn part(self) -> Part<Self::Value> {
                Part::of(self)
            }
        }
    )+};
}

spaces!([S, F] Map<S, F> [V] Box<dyn SearchSpace<Params = V> + Send + Sync>);

/// Makes a field from the value beside a name in `space!`.
pub fn part<C: Component<Value = V>, V>(component: C) -> Part<V> {
    component.part()
}

/// Makes a field from the value beside a name with a type in `space!`.
pub fn typed_part<V, C: Component<Value = V>>(component: C) -> Part<V> {
    component.part()
}

/// Returns the axes that decide whether a field is active: those of all enclosing spaces, and of the fields that its guard
/// reads.
#[must_use]
pub fn guarded(outer: &[usize], read: &[(usize, usize)]) -> Vec<usize> {
    let own = read.iter().flat_map(|&(first, len)| first..first + len);
    outer.iter().copied().chain(own).collect()
}

impl<V> Part<V> {
    /// Makes a field that is a space of its own.
    pub(crate) fn of(space: impl SearchSpace<Params = V> + Send + Sync + 'static) -> Self {
        Self { values: Values::Space(Box::new(space)) }
    }

    /// Returns the number of axes.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.values {
            Values::Candidates(_) => 1,
            Values::Space(space) => space.len(),
        }
    }

    /// Returns whether the field has no axis.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Lists the axes; the axis of candidates is called `name`.
    pub fn list(&self, axes: &mut Axes, first: usize, (name, parameter): (&str, &'static str), parents: &[usize]) {
        match &self.values {
            Values::Candidates(dimension) => axes.push(parameter, dimension.axis(name, parameter, parents)),
            Values::Space(space) => space.axes(first, parents, axes),
        }
    }
}

impl<V: Clone> Part<V> {
    /// Returns the value in a new trial.
    pub fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> V {
        match &self.values {
            Values::Candidates(dimension) => suggest.value(first, dimension),
            Values::Space(space) => space.propose(first, suggest),
        }
    }

    /// Returns the value in a recorded trial.
    #[must_use]
    pub fn decode(&self, first: usize, point: &Point) -> V {
        match &self.values {
            Values::Candidates(dimension) => dimension.decode_at(point, first),
            Values::Space(space) => space.decode(first, point),
        }
    }
}

impl<V> Labelled for Part<V> {
    type Value = V;

    fn with_labels(self, label: impl FnOnce(&[V]) -> Option<Vec<Value>>, same: Same<V>) -> Self {
        let values = match self.values {
            Values::Candidates(dimension) => Values::Candidates(dimension.with_labels(label, same)),
            space @ Values::Space(_) => space,
        };
        Self { values }
    }
}

impl<V> fmt::Debug for Values<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Candidates(_) => "Candidates",
            Self::Space(_) => "Space",
        })
    }
}
