//! The item of a loop whose trials report.

use std::sync::Arc;

use crate::candidates::Integer;
use crate::engine::SharedEngine;
use crate::error::Error;

/// A trial that runs: the item of a loop whose sampler has a pruner.
///
/// ```
/// use hyperopt_core::{MedianPruner, RandomSampler, RunningTrial, Sampler};
///
/// let sampler = RandomSampler::new().pruner(MedianPruner::new());
///
/// /// The loss after fifty epochs, or `None` as soon as the pruner gives the trial up.
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
    engine: Arc<SharedEngine>,
}

impl RunningTrial {
    pub(crate) fn new(number: usize, engine: Arc<SharedEngine>) -> Self {
        Self { number, engine }
    }

    /// Its number in the sweep, from 0.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Keeps `value` as what the trial has come to after `step`, of any integer type: an epoch, a fold, an instance.
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

    /// Whether the pruner would give the trial up, by what it has reported so far. Ask after each report.
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
