//! What a body knows of its trial.

use std::sync::Arc;

use crate::candidates::Integer;
use crate::engine::{SharedEngine, Suggest};
use crate::error::Error;

/// A trial that runs: the item of a loop whose sampler has a pruner, and what [`Search::run_trials`](crate::Search::run_trials)
/// hands to its function in every kind of sweep.
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
/// It may be cloned, moved and sent; once the trial is over, reports are dropped.
#[derive(Clone, Debug)]
pub struct RunningTrial {
    number: usize,
    configuration: usize,
    resources: Option<f64>,
    engine: Arc<SharedEngine>,
}

impl RunningTrial {
    /// The trial that `suggest` gives its values, reporting to `engine`.
    pub(crate) fn new(suggest: &Suggest<'_>, engine: &Arc<SharedEngine>) -> Self {
        Self {
            number: suggest.number(),
            configuration: suggest.configuration(),
            resources: suggest.resources(),
            engine: Arc::clone(engine),
        }
    }

    /// Its number in the sweep, from 0.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// The number of its configuration, from 0: that of the trial, except in a multi-fidelity sweep.
    #[must_use]
    pub fn configuration(&self) -> usize {
        self.configuration
    }

    /// The resources that it is given, the total for its configuration; `None` in a sweep without budgets.
    #[must_use]
    pub fn resources(&self) -> Option<f64> {
        self.resources
    }

    /// Keeps `value` as the report for `step`, of any integer type: an epoch, a fold, an instance.
    ///
    /// Values are compared at equal steps. The last of two values for one step counts; NaN is kept, and never good. A
    /// negative step ends the sweep with an error.
    pub fn report(&self, step: impl StepNumber, value: impl Into<f64>) {
        let (number, step, value) = (self.number, step.step(), value.into());
        self.engine.send(move |engine| match engine.report(number, step, value) {
            // The trial is over.
            Ok(()) | Err(Error::NotAsked { .. }) => {}
            Err(error) => engine.fail(error),
        });
    }

    /// Whether the pruner would end the trial, by what it has reported so far; `false` without a pruner. Ask after each report.
    #[must_use = "the body decides: `if trial.should_prune() { continue }`"]
    pub fn should_prune(&self) -> bool {
        self.engine.should_prune(self.number)
    }
}

/// The number of a step: any integer.
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
