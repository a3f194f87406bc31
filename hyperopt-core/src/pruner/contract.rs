//! The contract of a pruner.

use std::error::Error;
use std::fmt::Debug;

use crate::history::Goal;
use crate::trial::Trial;

/// Decides whether a running trial is worth going on with; the one thing to implement for a pruner of one's own.
///
/// A pruner stands behind a sampler, `RandomSampler::new().pruner(MedianPruner::new())`; the item of the loop is then a
/// [`RunningTrial`], which reports values and asks. The body decides what to do with the answer: `continue` gives the trial
/// up.
///
/// ```
/// use hyperopt_core::{Goal, Pruner, Trial};
///
/// /// Gives up whatever has not come within twice the best objective after ten reports.
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
    /// Whether to give `trial` up, by what it has [reported](Trial::reports).
    ///
    /// `trials` are those to compare with, in the order of asking: all of the sweep, running ones and `trial` itself
    /// included; or, where the sampler proposes in batches, those of the batches before, all of them closed, so that the answer
    /// does not depend on timing. The answer must depend on the arguments alone: what a pruner keeps is for speed.
    fn prune(&mut self, trials: &[Trial], trial: &Trial, goal: Goal) -> bool;

    /// Checks the options, before the first trial.
    ///
    /// # Errors
    ///
    /// What is wrong with an option, and what to write instead; no trial is run then.
    fn check(&self) -> Result<(), Box<dyn Error + Send + Sync>> {
        Ok(())
    }

    /// Whether it is a pruner of this crate, which neither waits for other threads nor runs code of the user's.
    #[doc(hidden)]
    fn is_ours(&self) -> bool {
        false
    }

    /// The name that tables and files give to the pruner: by default that of its type.
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
