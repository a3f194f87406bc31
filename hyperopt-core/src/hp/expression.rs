//! A hyperparameter with its label.

use crate::candidates::{Axes, Candidates, Dimension};
use crate::engine::Suggest;
use crate::error::CandidatesError;
use crate::search_space::SearchSpace;
use crate::space::{Domain, Point, Value};

/// A hyperparameter with its label; made by the functions of this module.
#[derive(Debug)]
#[must_use = "an expression is a space to search"]
pub struct Expression<V> {
    label: String,
    dimension: Dimension<V>,
}

impl<V> Expression<V> {
    pub(super) fn new(label: String, dimension: Dimension<V>) -> Self {
        let dimension = dimension.labelled(&label);
        Self { label, dimension }
    }

    /// Sets the labels of the options of a choice, in order, for tables, files, figures, and studies, which identify options by
    /// their labels.
    pub fn labels<L: Into<Value>>(mut self, labels: impl IntoIterator<Item = L>) -> Self {
        self.dimension = self.dimension.renamed(labels.into_iter().map(Into::into).collect());
        self
    }

    /// Returns the label.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }
}

impl Expression<f64> {
    /// Makes an expression of floats, or one that holds the error of its arguments.
    pub(super) fn floats(label: String, domain: Result<Domain, CandidatesError>) -> Self {
        Self::new(label, Dimension::floats(domain))
    }
}

impl<V> crate::candidates::Sealed for Expression<V> {}

#[diagnostic::do_not_recommend]
impl<V: Clone> Candidates for Expression<V> {
    type Value = V;

    fn dimension(self) -> Dimension<V> {
        self.dimension
    }
}

impl<V: Clone> SearchSpace for Expression<V> {
    type Params = V;

    fn len(&self) -> usize {
        1
    }

    fn axes(&self, _: usize, parents: &[usize], axes: &mut Axes) {
        axes.push(self.label.clone(), self.dimension.axis(&self.label, &self.label, parents));
    }

    fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> V {
        suggest.value(first, &self.dimension)
    }

    fn decode(&self, first: usize, point: &Point) -> V {
        self.dimension.decode_at(point, first)
    }
}
