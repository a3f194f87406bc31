//! Several values from the same candidates, each along an axis of its own: `each(8, 0.0..=1.0)`.

use std::borrow::Cow;

use crate::candidates::{Axes, Candidates, Dimension, Labelled, Same};
use crate::engine::Suggest;
use crate::error::CandidatesError;
use crate::space::{Coordinate, Point, Value};
use crate::sweep::WrittenValue;

/// The largest number of values.
const MOST: usize = 1 << 16;

/// The number of values, which decides the type of all of them together.
#[doc(hidden)]
pub trait Count: Copy {
    /// The type of all values together: an array or a list.
    type Of<V>;

    /// Returns the number.
    fn get(self) -> usize;

    /// Makes the values one by one.
    fn collect<V>(self, value: impl FnMut(usize) -> V) -> Self::Of<V>;

    /// Returns the values one by one.
    fn list<V>(values: Self::Of<V>) -> Vec<V>;
}

/// A number that is known at compile time: the values are an array.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Fixed<const N: usize>;

impl<const N: usize> Count for Fixed<N> {
    type Of<V> = [V; N];

    fn get(self) -> usize {
        N
    }

    fn collect<V>(self, value: impl FnMut(usize) -> V) -> [V; N] {
        std::array::from_fn(value)
    }

    fn list<V>(values: [V; N]) -> Vec<V> {
        values.into()
    }
}

/// A number that is known at run time: the values are a list.
impl Count for usize {
    type Of<V> = Vec<V>;

    fn get(self) -> usize {
        self
    }

    fn collect<V>(self, value: impl FnMut(usize) -> V) -> Vec<V> {
        (0..self).map(value).collect()
    }

    fn list<V>(values: Vec<V>) -> Vec<V> {
        values
    }
}

/// Several values from the same candidates, along the axes `w[0]`, `w[1]` and so on of the hyperparameter `w`.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Each<N, V> {
    count: N,
    dimension: Dimension<V>,
}

/// Returns what is wrong with `count` as the number of values.
pub(super) fn miscounted(count: usize) -> Option<CandidatesError> {
    match count {
        0 => Some(CandidatesError::NoValues),
        1..=MOST => None,
        count => Some(CandidatesError::TooManyValues(count)),
    }
}

/// Takes the candidates of an array.
pub fn each_of_array<const N: usize, C: Candidates<Value = V>, V>(candidates: C) -> Each<Fixed<N>, V> {
    Each { count: Fixed, dimension: candidates.dimension() }
}

/// Takes the candidates of a list, whose length is known at run time.
pub fn each_of_list<C: Candidates<Value = V>, V>(count: usize, candidates: C) -> Each<usize, V> {
    Each { count, dimension: candidates.dimension() }
}

impl<N: Count, V> Each<N, V> {
    /// Returns the number of axes.
    pub fn len(&self) -> usize {
        self.count.get()
    }

    /// Returns whether it has no axis.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the dimension of each axis.
    pub fn dimension(&self) -> &Dimension<V> {
        &self.dimension
    }

    /// Lists the axes of one set of candidates, called `name`, of the hyperparameter `parameter`.
    pub fn list(&self, axes: &mut Axes, _: usize, (name, parameter): (&str, &str), parents: &[usize]) {
        match miscounted(self.len()).map_or_else(|| self.dimension.axis(name, parameter, parents), Err) {
            Ok(whole) => {
                for element in (0..self.len()).map(|index| whole.element(index)) {
                    axes.push(element.name().to_owned(), Ok(element));
                }
            }
            Err(fault) => axes.push(parameter.to_owned(), Err(fault)),
        }
    }

    /// Returns the values along the axes from `first` on, each made by `value`.
    pub fn values(&self, first: usize, mut value: impl FnMut(&Dimension<V>, usize) -> V) -> N::Of<V> {
        self.count.collect(|index| value(&self.dimension, first + index))
    }

    /// Puts the values of `try_first` into `slot`.
    pub fn given(&self, slot: &mut Option<N::Of<V>>, values: N::Of<V>) {
        *slot = Some(values);
    }

    /// Returns the values of `name` that a point of `try_first` has, each at its place. `texts` are the source texts of the
    /// elements, where these are written out; one text stands for all. `place` shows a value, and returns its coordinates along
    /// the axes of its index.
    pub fn written(
        &self,
        values: Option<N::Of<V>>,
        (name, written): (&'static str, &'static str),
        texts: &[&'static str],
        place: impl Fn(usize, &Option<V>, &str) -> (Value, Vec<(usize, Option<Coordinate>)>),
    ) -> Vec<WrittenValue> {
        let values = values.map_or_else(Vec::new, N::list);
        if values.len() != self.len() {
            return vec![WrittenValue::miscounted(name, written, values.len(), self.len())];
        }
        let values = values.into_iter().enumerate().map(|(index, value)| {
            let text = match texts {
                [all] => Cow::from(*all),
                texts => texts.get(index).map_or_else(|| format!("{written}[{index}]").into(), |&text| text.into()),
            };
            let (shown, coordinates) = place(index, &Some(value), &text);
            WrittenValue::new(format!("{name}[{index}]"), text, shown, coordinates)
        });
        values.collect()
    }
}

impl<N: Count, V: Clone> Each<N, V> {
    /// Returns the values in a new trial.
    pub fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> N::Of<V> {
        self.values(first, |dimension, axis| suggest.value(axis, dimension))
    }

    /// Returns the values in a recorded trial.
    pub fn decode(&self, first: usize, point: &Point) -> N::Of<V> {
        self.values(first, |dimension, axis| dimension.decode_at(point, axis))
    }
}

impl<N, V> Labelled for Each<N, V> {
    type Value = V;

    fn with_labels(self, label: impl FnOnce(&[V]) -> Option<Vec<Value>>, same: Same<V>) -> Self {
        Self { dimension: self.dimension.with_labels(label, same), ..self }
    }
}
