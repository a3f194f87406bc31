//! Search spaces whose hyperparameters are known only at run time.

use crate::candidates::{Axes, Dimension};
use crate::engine::Suggest;
use crate::search_space::SearchSpace;
use crate::space::Point;

/// Hyperparameters whose names are known only at run time, with values of one type.
///
/// The parameters of a trial are pairs of a name and a value, in the order in which they were added. Levels need labels,
/// `categorical(…).labels(…)`, since no macro reads how they are written.
///
/// ```
/// use hyperopt_core::{Candidates, Parameters, Search};
///
/// let space = Parameters::new().with("rate", (0.0..=1.0).dimension()).with("width", (2..=5).dimension().map(f64::from));
/// let ho = Search::new(space).seed(7).run(0..20, |_, params| params.iter().map(|(_, value)| value).sum::<f64>());
/// assert_eq!(ho.best()?.params[1].0, "width");
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Parameters<V> {
    parameters: Vec<(String, Dimension<V>)>,
}

impl<V> Parameters<V> {
    /// Makes a space without hyperparameters.
    #[must_use]
    pub fn new() -> Self {
        Self { parameters: Vec::new() }
    }

    /// Adds a hyperparameter. A repeated name is an error of the sweep.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, dimension: Dimension<V>) -> Self {
        self.parameters.push((name.into(), dimension));
        self
    }
}

impl<V> Default for Parameters<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: Clone> SearchSpace for Parameters<V> {
    type Params = Vec<(String, V)>;

    fn len(&self) -> usize {
        self.parameters.len()
    }

    fn axes(&self, _: usize, parents: &[usize], axes: &mut Axes) {
        for (name, dimension) in &self.parameters {
            axes.push(name.clone(), dimension.axis(name, name, parents));
        }
    }

    fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> Vec<(String, V)> {
        let along = self.parameters.iter().zip(first..);
        along.map(|((name, dimension), axis)| (name.clone(), suggest.value(axis, dimension))).collect()
    }

    fn decode(&self, first: usize, point: &Point) -> Vec<(String, V)> {
        let active = self.parameters.iter().zip(first..).filter(|&(_, axis)| point.is_active(axis));
        active.map(|((name, dimension), axis)| (name.clone(), dimension.decode_at(point, axis))).collect()
    }
}
