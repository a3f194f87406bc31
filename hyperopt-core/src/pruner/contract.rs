//! The contract of a pruner.

use std::error::Error;
use std::fmt::Debug;

use crate::history::Goal;
use crate::pruner::Compared;
use crate::trial::Trial;

/// Decides whether a running trial is worth continuing; implement this trait for a pruner of your own.
///
/// A pruner is added to a sampler: `RandomSampler::new().pruner(MedianPruner::new())`. The item of the loop is then a
/// [`RunningTrial`](crate::RunningTrial), which reports values and asks. The body acts on the answer: `continue` prunes the trial.
///
/// ```
/// use hyperopt_core::{Goal, Pruner, Trial};
///
/// /// Prunes a trial that is still worse than twice the best objective after ten reports.
/// #[derive(Debug)]
/// struct Hopeless;
///
/// impl Pruner for Hopeless {
///     fn prune(&mut self, trials: &[Trial], trial: &Trial, goal: Goal) -> bool {
///         let objectives = trials.iter().filter_map(Trial::objective);
///         let best = objectives.min_by(|&a, &b| goal.compare(a, b));
///         let Some((best, (_, value))) = best.zip(trial.last_report()) else { return false };
///         trial.reports().len() >= 10 && goal.prefers(2.0 * best, value)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a pruner",
    label = "expected a pruner such as `MedianPruner::new()`",
    note = "a pruner of your own implements the trait `Pruner`"
)]
pub trait Pruner: Debug + Send + Sync {
    /// Returns whether to prune `trial`, judging by its [reports](Trial::reports).
    ///
    /// `trials` are the trials to compare with, in the order of asking: all of the sweep, including running ones and
    /// `trial` itself; or, if the sampler proposes in batches, the closed ones of earlier batches, so that the answer does
    /// not depend on timing. The answer must depend on the arguments alone; a pruner may keep state only for speed.
    fn prune(&mut self, trials: &[Trial], trial: &Trial, goal: Goal) -> bool;

    /// Decides as [`prune`](Self::prune) does; a pruner of this crate keeps what it has read of the trials.
    #[doc(hidden)]
    fn prune_among(&mut self, compared: Compared<'_>, trial: &Trial, goal: Goal) -> bool {
        self.prune(compared.trials(), trial, goal)
    }

    /// Checks the options before the first trial.
    ///
    /// # Errors
    ///
    /// Returns the error of an option, and what to write instead; no trial is then run.
    fn check(&self) -> Result<(), Box<dyn Error + Send + Sync>> {
        Ok(())
    }

    /// Returns whether this is a pruner of this crate, which neither waits for other threads nor runs the user's code.
    #[doc(hidden)]
    fn is_ours(&self) -> bool {
        false
    }

    /// Returns the name that tables and files give to the pruner (default: the name of its type).
    fn name(&self) -> &str {
        let path = std::any::type_name::<Self>();
        let path = path.split('<').next().unwrap_or(path);
        path.rsplit("::").next().unwrap_or(path)
    }
}

#[diagnostic::do_not_recommend]
impl<P: Pruner + ?Sized> Pruner for Box<P> {
    fn prune(&mut self, trials: &[Trial], trial: &Trial, goal: Goal) -> bool {
        (**self).prune(trials, trial, goal)
    }

    fn prune_among(&mut self, compared: Compared<'_>, trial: &Trial, goal: Goal) -> bool {
        (**self).prune_among(compared, trial, goal)
    }

    fn check(&self) -> Result<(), Box<dyn Error + Send + Sync>> {
        (**self).check()
    }

    fn is_ours(&self) -> bool {
        (**self).is_ours()
    }

    fn name(&self) -> &str {
        (**self).name()
    }
}
