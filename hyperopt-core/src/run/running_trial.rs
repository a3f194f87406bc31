//! The trial that a body runs.

use std::sync::Arc;

use crate::candidates::Integer;
use crate::engine::{SharedEngine, Suggest};
use crate::error::Error;

/// A running trial. It is the item of a loop whose sampler has a pruner, and the first argument of the function of
/// [`Search::run_trials`](crate::Search::run_trials) in every kind of sweep.
///
/// ```
/// use hyperopt_core::{MedianPruner, RandomSampler, RunningTrial, WithPruner};
///
/// let sampler = RandomSampler::new().pruner(MedianPruner::new());
///
/// /// The loss after fifty epochs, or `None` as soon as the pruner ends the trial.
/// fn train(trial: &RunningTrial, mut epoch: impl FnMut() -> f64) -> Option<f64> {
///     let mut loss = f64::NAN;
///     for step in 0..50 {
///         loss = epoch();
///         trial.report(step, loss);
///         if trial.should_prune() {
///             return None;
///         }
///     }
///     Some(loss)
/// }
/// ```
///
/// It can be cloned and sent to other threads; reports made after the end of the trial are dropped.
#[derive(Clone, Debug)]
pub struct RunningTrial {
    number: usize,
    configuration: usize,
    resources: Option<f64>,
    engine: Arc<SharedEngine>,
}

impl RunningTrial {
    /// Makes the handle of the trial in `suggest`, which reports to `engine`.
    pub(crate) fn new(suggest: &Suggest<'_>, engine: &Arc<SharedEngine>) -> Self {
        Self {
            number: suggest.number(),
            configuration: suggest.configuration(),
            resources: suggest.resources(),
            engine: Arc::clone(engine),
        }
    }

    /// Returns the number of the trial in the sweep, from 0.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Returns the number of the trial's configuration, from 0. It differs from the number of the trial in a multi-fidelity
    /// sweep only.
    #[must_use]
    pub fn configuration(&self) -> usize {
        self.configuration
    }

    /// Returns the resources of the trial, as the total for its configuration; `None` in a sweep without budgets.
    #[must_use]
    pub fn resources(&self) -> Option<f64> {
        self.resources
    }

    /// Records `value` as the report for `step`. The step has any integer type and counts epochs, folds or instances, for
    /// example.
    ///
    /// Pruners compare values at equal steps. A second value for the same step replaces the first; NaN is recorded and
    /// never counts as good. A negative step ends the sweep with an error.
    pub fn report(&self, step: impl StepNumber, value: impl Into<f64>) {
        let (number, step, value) = (self.number, step.step(), value.into());
        self.engine.send(move |engine| match engine.report(number, step, value) {
            // The trial is over.
            Ok(()) | Err(Error::NotAsked { .. }) => {}
            Err(error) => engine.fail(error),
        });
    }

    /// Shows `value` as the last report if the progress display shows running trials; the value is not recorded.
    #[doc(hidden)]
    pub fn show(&self, step: u64, value: f64) {
        let number = self.number;
        self.engine.send(move |engine| engine.show_report(number, step, value));
    }

    /// Returns whether the pruner would end the trial, judging by its reports so far; `false` without a pruner. Call it
    /// after each report.
    ///
    /// If it has returned `true`, a body that ends by `continue`, or evaluates to `None` or an `Err`, has pruned the trial. A
    /// body that evaluates to an objective completes it; a note below the table counts these cases.
    #[must_use = "the body decides: `if trial.should_prune() { continue }`"]
    pub fn should_prune(&self) -> bool {
        self.engine.should_prune(self.number)
    }
}

/// The number of a step: a value of any integer type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the number of a step",
    label = "expected an integer",
    note = "the step comes first: `trial.report(step, loss)`"
)]
pub trait StepNumber {
    #[doc(hidden)]
    fn step(self) -> i128;
}

#[diagnostic::do_not_recommend]
impl<T: Integer> StepNumber for T {
    fn step(self) -> i128 {
        self.to_i128()
    }
}
