//! Sweeps over a space that is a value: written by `space!`, made of expressions, or known at run time only.

mod axes;
mod builder;
mod closures;
mod combined;
mod parameters;
mod part;
mod run;

pub use self::axes::Axes;
pub use self::builder::Search;
pub use self::closures::closures;
pub use self::combined::Map;
pub use self::parameters::Parameters;
pub use self::part::{Component, Part, guarded, part};

use crate::error::Error;
use crate::live::Picker;
use crate::optimizer::Hyperoptimizer;
use crate::space::Point;
use crate::sweep::Sweep;

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
    fn propose(&self, first: usize, picker: &mut Picker<'_>) -> Self::Params;

    /// The parameters of a recorded trial, which says itself which axes are active.
    fn decode(&self, first: usize, point: &Point) -> Self::Params;

    /// The parameters of a new trial whose configuration has been run before, at `point`. Asked of the whole space alone: its
    /// parts are decoded.
    #[doc(hidden)]
    fn resume(&self, first: usize, _picker: &Picker<'_>, point: &Point) -> Self::Params {
        self.decode(first, point)
    }

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

            fn propose(&self, first: usize, picker: &mut Picker<'_>) -> S::Params {
                (**self).propose(first, picker)
            }

            fn decode(&self, first: usize, point: &Point) -> S::Params {
                (**self).decode(first, point)
            }

            fn resume(&self, first: usize, picker: &Picker<'_>, point: &Point) -> S::Params {
                (**self).resume(first, picker, point)
            }
        }
    )+};
}

forwarded!(&S Box<S>);

impl Sweep {
    /// The sweep with typed parameters, such as one that was read from a study: `space` makes them of the points of its trials.
    ///
    /// # Errors
    ///
    /// If the sweep is over another space.
    pub fn typed<S: SearchSpace>(self, space: &S) -> Result<Hyperoptimizer<S::Params>, Error> {
        let (now, errors) = listed(space).checked();
        if let Some(error) = Error::all(errors) {
            return Err(error);
        }
        now.check_continues(self.space())?;
        let params = self.history().trials().iter().map(|trial| space.decode(0, trial.point())).collect();
        Ok(Hyperoptimizer::new(self, params))
    }
}

/// The axes of a whole space.
pub(crate) fn listed(space: &impl SearchSpace) -> Axes {
    let mut axes = Axes::default();
    space.axes(0, &[], &mut axes);
    axes
}

/// The parameters of the trial that `picker` has in hand: no guard of a configuration that has run before is evaluated again.
pub(crate) fn proposed<S: SearchSpace>(space: &S, picker: &mut Picker<'_>) -> S::Params {
    match picker.recorded() {
        Some(point) => space.resume(0, picker, point),
        None => space.propose(0, picker),
    }
}
