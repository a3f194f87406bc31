//! The contract of a search space.

use crate::candidates::Axes;
use crate::engine::Suggest;
use crate::search_space::Map;
use crate::space::Point;

/// A search space as a value: its axes, and the map from points to typed parameters.
///
/// Its axes have the indices from `first` on in the space of the sweep, so that spaces can be nested. The sweep reports an
/// error of the candidates with the name of the axis.
pub trait SearchSpace {
    /// The parameters of a trial.
    type Params;

    /// Returns the number of axes, active or not.
    fn len(&self) -> usize;

    /// Returns whether the space has no axis.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds its [`len`](Self::len) axes to `axes`; the first has the index `first`. All of them are active only where a
    /// guard over the axes `parents` holds; `parents` is empty for axes that are always active.
    fn axes(&self, first: usize, parents: &[usize], axes: &mut Axes);

    /// Returns the parameters of a new trial, whose values are chosen along the active axes only.
    fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> Self::Params;

    /// Returns the parameters of a recorded trial, whose point says which axes are active.
    fn decode(&self, first: usize, point: &Point) -> Self::Params;

    /// Maps the parameters by `f`; the axes stay the same.
    ///
    /// ```
    /// use hyperopt_core::{Search, SearchSpace, hp};
    ///
    /// let even = hp::randint("half", 10).map(|half| 2 * half);
    /// let ho = Search::new(even).seed(7).run(0..9, |_, even| even);
    /// assert!(ho.trials().all(|(_, even)| even % 2 == 0));
    /// ```
    fn map<W, F: Fn(Self::Params) -> W>(self, f: F) -> Map<Self, F>
    where
        Self: Sized,
    {
        Map { space: self, f }
    }

    /// Boxes the space, so that its type depends only on its parameters; used for lists of [branches](crate::hp::Branches).
    fn boxed(self) -> Box<dyn SearchSpace<Params = Self::Params> + Send + Sync>
    where
        Self: Sized + Send + Sync + 'static,
    {
        Box::new(self)
    }
}

macro_rules! forwarded {
    ($($pointer:ty)+) => {$(
        impl<S: SearchSpace + ?Sized> SearchSpace for $pointer {
            type Params = S::Params;

            fn len(&self) -> usize {
                (**self).len()
            }

            fn axes(&self, first: usize, parents: &[usize], axes: &mut Axes) {
                (**self).axes(first, parents, axes);
            }

            fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> S::Params {
                (**self).propose(first, suggest)
            }

            fn decode(&self, first: usize, point: &Point) -> S::Params {
                (**self).decode(first, point)
            }
        }
    )+};
}

forwarded!(&S Box<S>);

/// Lists the axes of a whole space.
pub(crate) fn listed(space: &impl SearchSpace) -> Axes {
    let mut axes = Axes::default();
    space.axes(0, &[], &mut axes);
    axes
}

/// Returns the parameters of the trial of `suggest`. The guards of a configuration that has run before are not evaluated
/// again.
pub(crate) fn proposed<S: SearchSpace>(space: &S, suggest: &mut Suggest<'_>) -> S::Params {
    match suggest.recorded() {
        Some(point) => space.decode(0, point),
        None => space.propose(0, suggest),
    }
}
