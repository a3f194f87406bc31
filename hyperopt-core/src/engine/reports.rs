//! Records the reports of running trials, and asks the pruner about them.

use crate::engine::{Engine, view};
use crate::error::Error;
use crate::trial::{State, Trial};

impl Engine {
    /// Records `value` as the report of a running trial for `step`.
    pub(crate) fn report(&mut self, number: usize, step: i128, value: f64) -> Result<(), Error> {
        let trial = self.sweep.history.running_mut(number).ok_or(Error::NotAsked { number })?;
        let step = u64::try_from(step).map_err(|_| Error::Step { number, step })?;
        trial.report(step, value);
        self.reporter.reported(number, step, value);
        self.pass_on(number, step, value)
    }

    /// Shows `value` as the last report of a running trial, without recording it.
    pub(crate) fn show_report(&mut self, number: usize, step: u64, value: f64) {
        self.reporter.reported(number, step, value);
    }

    /// Returns whether the pruner would end a running trial.
    pub(crate) fn should_prune(&mut self, number: usize) -> bool {
        let is_running = |trial: &Trial| trial.state() == State::Running;
        let trials = self.sweep.history.trials();
        let prunes = trials.get(number).is_some_and(is_running)
            && self.scheduler.should_prune(&view(&self.sweep, &self.warm), number);
        if prunes {
            self.answers.said_yes(number);
        }
        prunes
    }

    /// Writes a report of a trial of this process to the study.
    fn pass_on(&mut self, number: usize, step: u64, value: f64) -> Result<(), Error> {
        let Some(study) = &mut self.study else { return Ok(()) };
        let reported = study.store.report(number, step, value);
        study.failed(reported)
    }
}
