//! Search spaces whose hyperparameters are known only at run time.

use crate::candidates::{Axes, Candidates, Dimension};
use crate::engine::Suggest;
use crate::search_space::SearchSpace;
use crate::search_space::each::miscounted;
use crate::space::{NamedValues, Point, Value};

/// Hyperparameters whose names are known only at run time, with values of one type `V`.
///
/// The parameters of a trial are [`NamedValues`], in the order in which they were added: `params["rate"]`.
///
/// ```
/// use hyperopt_core::{Candidates, Parameters, Search, log};
///
/// let space = Parameters::new().with("rate", log(1e-3..=1.0)).with("width", (2..=5).dimension().map(f64::from));
/// let ho = Search::new(space).seed(7).run(0..20, |_, params| params["rate"] * params["width"]);
/// assert_eq!(ho.best()?.params[1].0, "width");
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
///
/// Hyperparameters of several types are [added](Self::with_value) as [`Value`]s:
///
/// ```
/// use hyperopt_core::{Parameters, Search, log};
///
/// let mut space = Parameters::new().with_value("rate", log(1e-3..=1.0)).with_value("kernel", ["linear", "rbf"]);
/// for layer in 0..3 {
///     space = space.with_value(format!("units {layer}"), 1..=64);
/// }
/// let ho = Search::new(space).seed(7).run(0..20, |_, params| {
///     let rate = params["rate"].as_f64()?;
///     Some(if params["kernel"].as_str()? == "rbf" { rate } else { params["units 2"].as_i64()? as f64 })
/// });
/// assert_eq!(ho.len(), 20);
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

    /// Adds a hyperparameter, whose values have the same type as all others. A repeated name is an error of the sweep.
    ///
    /// If the sweep is stored or resumed, levels need labels, `categorical(…).labels(…)`, since no macro sees their source
    /// text; [`with_value`](Parameters::with_value) finds labels itself.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, candidates: impl Candidates<Value = V>) -> Self {
        self.parameters.push((name.into(), candidates.dimension()));
        self
    }

    /// Adds `count` hyperparameters with the same candidates, called `name[0]`, `name[1]` and so on. A count of 0 is an error
    /// of the sweep.
    ///
    /// ```
    /// use hyperopt_core::{Parameters, Search};
    ///
    /// let space = Parameters::new().with_each("w", 3, 0.0..=1.0);
    /// let ho = Search::new(space).seed(7).run(0..20, |_, params| params["w[0]"] + params["w[2]"]);
    /// assert_eq!(ho.best()?.params[1].0, "w[1]");
    /// # Ok::<_, hyperopt_core::Error>(())
    /// ```
    #[must_use]
    pub fn with_each(self, name: &str, count: usize, candidates: impl Candidates<Value = V>) -> Self
    where
        V: Clone,
    {
        let dimension = candidates.dimension();
        if let Some(fault) = miscounted(count) {
            return self.with(name, dimension.faulty(fault));
        }
        (0..count).fold(self, |space, index| space.with(format!("{name}[{index}]"), dimension.clone()))
    }
}

impl Parameters<Value> {
    /// Adds a hyperparameter of any type that converts to a [`Value`]: numbers, booleans and text, which are their own labels.
    /// A repeated name is an error of the sweep.
    #[must_use]
    pub fn with_value<C>(self, name: impl Into<String>, candidates: C) -> Self
    where
        C: Candidates,
        C::Value: Into<Value> + Send + Sync + 'static,
    {
        self.with(name, candidates.dimension().valued())
    }

    /// Adds `count` hyperparameters of any type that converts to a [`Value`], with the same candidates: see
    /// [`with_each`](Parameters::with_each).
    #[must_use]
    pub fn with_each_value<C>(self, name: &str, count: usize, candidates: C) -> Self
    where
        C: Candidates,
        C::Value: Into<Value> + Send + Sync + 'static,
    {
        self.with_each(name, count, candidates.dimension().valued())
    }
}

impl<V> Default for Parameters<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: Clone> SearchSpace for Parameters<V> {
    type Params = NamedValues<V>;

    fn len(&self) -> usize {
        self.parameters.len()
    }

    fn axes(&self, _: usize, parents: &[usize], axes: &mut Axes) {
        for (name, dimension) in &self.parameters {
            axes.push(name.clone(), dimension.axis(name, name, parents));
        }
    }

    fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> NamedValues<V> {
        let along = self.parameters.iter().zip(first..);
        along.map(|((name, dimension), axis)| (name.clone(), suggest.value(axis, dimension))).collect()
    }

    fn decode(&self, first: usize, point: &Point) -> NamedValues<V> {
        let active = self.parameters.iter().zip(first..).filter(|&(_, axis)| point.is_active(axis));
        active.map(|((name, dimension), axis)| (name.clone(), dimension.decode_at(point, axis))).collect()
    }
}
