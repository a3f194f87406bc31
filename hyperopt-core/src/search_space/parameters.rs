use crate::candidates::{Axes, Codec};
use crate::engine::Picker;
use crate::search_space::SearchSpace;
use crate::space::Point;

/// Hyperparameters whose names are known at run time only, with values of one type.
///
/// The parameters of a trial are pairs of a name and a value, in the order in which they were added. Levels need labels,
/// `categorical(…).labels(…)`, since no macro reads how they are written.
///
/// ```
/// use hyperopt_core::{Candidates, Parameters, Search};
///
/// let space = Parameters::new().with("rate", (0.0..=1.0).codec()).with("width", (2..=5).codec().map(f64::from));
/// let ho = Search::new(space).seed(7).run(0..20, |_, params| params.iter().map(|(_, value)| value).sum::<f64>());
/// assert_eq!(ho.best()?.params[1].0, "width");
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Parameters<V> {
    parameters: Vec<(String, Codec<V>)>,
}

impl<V> Parameters<V> {
    /// No hyperparameter yet.
    #[must_use]
    pub fn new() -> Self {
        Self { parameters: Vec::new() }
    }

    /// Adds a hyperparameter. A name that is there already is an error of the sweep.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, codec: Codec<V>) -> Self {
        self.parameters.push((name.into(), codec));
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
        for (name, codec) in &self.parameters {
            axes.push(name.clone(), codec.axis(name, name, parents));
        }
    }

    fn propose(&self, first: usize, picker: &mut Picker<'_>) -> Vec<(String, V)> {
        let along = self.parameters.iter().zip(first..);
        along.map(|((name, codec), axis)| (name.clone(), picker.pick(axis, codec))).collect()
    }

    fn decode(&self, first: usize, point: &Point) -> Vec<(String, V)> {
        let active = self.parameters.iter().zip(first..).filter(|&(_, axis)| point.is_active(axis));
        active.map(|((name, codec), axis)| (name.clone(), codec.decode(point.unit(axis)))).collect()
    }
}
