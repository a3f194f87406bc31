//! The contract of a sampler.

use std::error::Error;
use std::fmt::Debug;

use crate::history::History;
use crate::sampler::{Draw, Setup};
use crate::space::{Point, Space};

/// Proposes points of the unit cube; the one thing to implement for a sampler of one's own.
///
/// A sampler meets axes and coordinates, never typed values, so it need not know what is swept. All randomness comes from
/// the [`Draw`] of the trial, so a sampler holds no generator, and one seed gives one sweep.
///
/// ```
/// use hyperopt_core::{Draw, History, Point, Sampler, Space};
/// use rand::RngExt;
///
/// /// Stays close to the best point so far.
/// #[derive(Debug)]
/// struct HillClimber;
///
/// impl Sampler for HillClimber {
///     fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
///         let mut rng = draw.rng();
///         let best = history.best(draw.goal()).map(|(trial, _)| trial.point());
///         let near = |axis| best?.get(axis);
///         let units = (0..space.len()).map(|axis| match near(axis) {
///             Some(unit) => unit + rng.random_range(-0.1..0.1),
///             None => rng.random(),
///         });
///         Some(units.collect())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a sampler of trials",
    label = "expected a sampler such as `RandomSampler::new()`",
    note = "a scheduler of budgets, such as `Hyperband`, stops configurations by itself and takes no pruner"
)]
pub trait Sampler: Debug + Send + Sync {
    /// Proposes the next trial: one coordinate for each axis of `space`, conditional ones included.
    ///
    /// Coordinates outside [0, 1] are moved to the nearer end, and on axes with levels to the middle of their cell. A point
    /// with another number of coordinates, or with NaN, ends the sweep with an error. `None` says that the sampler has
    /// nothing more to propose, and ends it without.
    ///
    /// `history` holds the trials so far, running ones included; the [`Draw`] knows the number of this one.
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point>;

    /// Prepares for a sweep, or for one bracket of a multi-fidelity sweep, before its first trial.
    ///
    /// A study is read before: [`Setup::history`] holds its trials. It is prepared again before a suggestion where other
    /// processes have started trials in between, so what it derives from that history stays true.
    ///
    /// Returns how many trials the sampler has to propose at the most, if there is an end to them.
    ///
    /// # Errors
    ///
    /// A reason why the sampler cannot work on this space, with what to write instead; no trial is run then.
    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let _ = setup;
        Ok(None)
    }

    /// Whether suggestions depend on the objectives in the history.
    ///
    /// A sampler that says no must propose the same for the same [`Draw`] whatever has been told by then. Its trials are
    /// then run in parallel without ever waiting for one another.
    fn is_adaptive(&self) -> bool {
        true
    }

    /// How many trials an adaptive sampler proposes at a time, before it waits for all of them to be told.
    ///
    /// The size of these batches does not depend on the number of threads, so neither does the history. `None` leaves it to
    /// the loop: 1 in sequence, 8 in parallel. `Some(0)` never waits, at the price of a history that depends on timing.
    fn batch(&self) -> Option<usize> {
        None
    }

    /// Whether it is a sampler of this crate, which neither waits for other threads nor runs code of the user's.
    #[doc(hidden)]
    fn is_ours(&self) -> bool {
        false
    }

    /// The name that tables and files give to the sampler: by default that of its type.
    fn name(&self) -> &str {
        let path = std::any::type_name::<Self>();
        let path = path.split('<').next().unwrap_or(path);
        path.rsplit("::").next().unwrap_or(path)
    }
}

impl<S: Sampler + ?Sized> Sampler for Box<S> {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        (**self).suggest(space, history, draw)
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        (**self).prepare(setup)
    }

    fn is_adaptive(&self) -> bool {
        (**self).is_adaptive()
    }

    fn batch(&self) -> Option<usize> {
        (**self).batch()
    }

    fn is_ours(&self) -> bool {
        (**self).is_ours()
    }

    fn name(&self) -> &str {
        (**self).name()
    }
}
