//! The contract of a sampler.

use std::error::Error;
use std::fmt::Debug;

use crate::history::History;
use crate::sampler::{Draw, Setup};
use crate::space::{Point, Space};

/// Proposes points of the unit cube; implement this trait for a sampler of your own.
///
/// A sampler sees axes and coordinates, never typed values, so it is independent of their types. All randomness comes from
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
    /// nothing more to propose, and ends the sweep without an error.
    ///
    /// `history` holds the trials so far, including running ones; the [`Draw`] holds the number of this configuration.
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point>;

    /// Prepares for a sweep, or for one bracket of a multi-fidelity sweep, before its first trial.
    ///
    /// A study is read first, so [`Setup::history`] holds its trials. If other processes have started trials in between,
    /// the sampler is prepared again before a suggestion, so that its plans follow the history.
    ///
    /// Returns the largest number of trials that the sampler can propose; `None` if it is unlimited.
    ///
    /// # Errors
    ///
    /// Returns the reason why the sampler cannot work on this space, and what to write instead; no trial is then run.
    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let _ = setup;
        Ok(None)
    }

    /// Returns whether suggestions depend on the objectives in the history.
    ///
    /// A sampler that returns `false` must propose the same point for the same [`Draw`], whatever outcomes have been
    /// recorded. Its trials then run in parallel without waiting for one another.
    fn is_adaptive(&self) -> bool {
        true
    }

    /// Returns whether a proposed point that has been tried stands (default: `false`).
    ///
    /// Where all axes have levels, no point is tried twice without need, unless the sweep says `repeats = true`. A sampler
    /// that returns `false` is asked again for a point that has been tried, up to eight times and with other random numbers;
    /// then its first one stands. A sampler that can tell which untried point is the most promising looks at
    /// [`Draw::is_tried`] itself, and returns `true`.
    fn keeps_repeats(&self) -> bool {
        false
    }

    /// Returns the batch size of an adaptive sampler: how many trials it proposes before it waits for all of their
    /// outcomes.
    ///
    /// The size of these batches does not depend on the number of threads, so neither does the history. `None` leaves it to
    /// the loop: 1 in sequence, 8 in parallel. `Some(0)` never waits, at the price of a history that depends on timing.
    fn batch(&self) -> Option<usize> {
        None
    }

    /// Returns how to make this sampler, if it is made with a setting `batch`.
    #[doc(hidden)]
    fn batch_setting(&self) -> Option<&'static str> {
        None
    }

    /// Returns whether this is a sampler of this crate, which neither waits for other threads nor runs the user's code.
    #[doc(hidden)]
    fn is_ours(&self) -> bool {
        false
    }

    /// Returns the name that tables and files give to the sampler (default: the name of its type).
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

    fn keeps_repeats(&self) -> bool {
        (**self).keeps_repeats()
    }

    fn batch(&self) -> Option<usize> {
        (**self).batch()
    }

    fn batch_setting(&self) -> Option<&'static str> {
        (**self).batch_setting()
    }

    fn is_ours(&self) -> bool {
        (**self).is_ours()
    }

    fn name(&self) -> &str {
        (**self).name()
    }
}
