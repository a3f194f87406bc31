//! The contract of a search space.

use crate::candidates::Axes;
use crate::engine::Suggest;
use crate::search_space::Map;
use crate::space::Point;

/// A search space as a value: axes, and the way from a point over them to typed parameters.
///
/// Its axes are those from `first` on in the space of the sweep, so that spaces can be parts of others. What is wrong with
/// the candidates is kept beside the name of the axis, and reported by the sweep.
pub trait SearchSpace {
    /// The parameters of a trial.
    type Params;

    /// The number of axes, active or not.
    fn len(&self) -> usize;

    /// Whether there is no axis.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Lists its axes, [`len`](Self::len) of them, of which the first will have the index `first`. All of them are active only
    /// where a guard over the axes `parents` holds; those that are always active have none.
    fn axes(&self, first: usize, parents: &[usize], axes: &mut Axes);

    /// The parameters of a new trial: picks its values along those axes that are active, and along no other.
    fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> Self::Params;

    /// The parameters of a recorded trial, which says itself which axes are active.
    fn decode(&self, first: usize, point: &Point) -> Self::Params;

    /// The same axes, with what `f` makes of the parameters.
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

    /// The space as one of a type that only its parameters tell: one of a list of [branches](crate::hp::Branches).
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

/// The axes of a whole space.
pub(crate) fn listed(space: &impl SearchSpace) -> Axes {
    let mut axes = Axes::default();
    space.axes(0, &[], &mut axes);
    axes
}

/// The parameters of the trial that `suggest` has in hand: no guard of a configuration that has run before is evaluated again.
pub(crate) fn proposed<S: SearchSpace>(space: &S, suggest: &mut Suggest<'_>) -> S::Params {
    match suggest.recorded() {
        Some(point) => space.decode(0, point),
        None => space.propose(0, suggest),
    }
}
