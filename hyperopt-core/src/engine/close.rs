//! Closes trials, and the sweep.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use crate::engine::{Engine, Job, OnError, view};
use crate::error::Error;
use crate::study::given_up_note;
use crate::sweep::{StopReason, Sweep};
use crate::trial::{Outcome, State, Trial};

impl Engine {
    /// Closes the trial of `job` with the outcome of its body. One that the pruner has ended is pruned if the body gave no
    /// objective.
    pub(crate) fn tell(&mut self, job: Job, outcome: Outcome) {
        let outcome = self.answers.followed(job.number, outcome);
        if outcome.state() == State::Cancelled {
            self.end(StopReason::Interrupt);
        }
        let outcome = self.checked(job.number, outcome);
        self.close_with(job, outcome);
    }

    /// Closes the trial of `job`, whose body panicked, as a failed one.
    pub(crate) fn tell_panic(&mut self, job: Job, reason: &str) {
        self.close_with(job, Outcome::failed(format!("panicked: {reason}")));
    }

    /// Closes the trial of `job` without an outcome.
    pub(crate) fn close(&mut self, job: Job, state: State) {
        self.close_with(job, Outcome::left(state));
    }

    /// Cancels the trial of `job`, which nobody runs any more. In a study it waits to be run again. One that the pruner has ended
    /// is pruned.
    pub(crate) fn give_back(&mut self, job: Job) {
        let number = job.number;
        if self.answers.has_ended(number) {
            return self.close(job, State::Pruned);
        }
        self.close(job, State::Cancelled);
        if self.study.is_some()
            && self.sweep.history.trials().get(number).is_some_and(|trial| trial.state() == State::Cancelled)
        {
            self.sweep.history.reopen(number);
            self.reporter.recount(&self.sweep);
        }
    }

    fn close_with(&mut self, job: Job, outcome: Outcome) {
        let Job { number, asked, .. } = job;
        let now = Instant::now();
        let duration = now.duration_since(asked);
        let Some(trial) = self.closing(job) else { return };
        trial.close(outcome, duration);
        let state = trial.state();
        self.answers.close(number, state);
        if state == State::Failed && self.on_error == OnError::Stop {
            self.end(StopReason::Failure);
        }
        self.closed(number, now);
    }

    /// Returns the running trial of `job`, to be closed; `None` if another process of the study has closed it.
    fn closing(&mut self, job: Job) -> Option<&mut Trial> {
        let Job { number, point, proposed, .. } = job;
        if self.sweep.history.running_mut(number).is_none() {
            self.taken_over(number);
            return None;
        }
        let trial = self.sweep.history.closing(number)?;
        if proposed.is_some() {
            trial.point_mut().clone_from(&point);
        }
        self.spare = Some(point);
        Some(trial)
    }

    fn closed(&mut self, number: usize, now: Instant) {
        self.keep(number);
        self.sweep.elapsed = self.elapsed(now);
        self.events.closed(&self.sweep, number);
        self.counted(number);
        self.watched();
    }

    /// Shows that a trial has been closed, here or in another process.
    pub(super) fn counted(&mut self, number: usize) {
        if self.reporter.told(&self.sweep, number) {
            self.events.improved(&self.sweep, number);
        }
    }

    /// Calls all watchers of the sweep.
    pub(super) fn watched(&mut self) {
        for index in 0..self.watchers.all.len() {
            match (self.watchers.all[index])(&self.sweep) {
                Ok(None) => {}
                Ok(Some(end)) => self.end(end),
                Err(error) => self.fail(error),
            }
        }
    }

    /// Returns `outcome`, or a failed one if its objectives do not fit the goals. A wrong number of objectives ends the
    /// sweep, since all other trials would fail alike.
    fn checked(&mut self, number: usize, mut outcome: Outcome) -> Outcome {
        if !outcome.is_measured() {
            return outcome;
        }
        let (objectives, goals) = (outcome.objectives().len(), self.sweep.goals.len());
        if objectives != goals {
            let error = Error::Objectives { number, objectives, goals, instead: instead(objectives, goals) };
            outcome = Outcome::failed(&error);
            self.fail(error);
        } else if outcome.names().is_empty() {
            if self.sweep.names.is_empty() && self.names.len() == goals {
                self.sweep.names.clone_from(&self.names);
            }
        } else if self.sweep.names.is_empty() {
            self.sweep.names = outcome.names().to_vec();
        } else if self.sweep.names != outcome.names() {
            let (names, earlier) = (listed(outcome.names()), listed(&self.sweep.names));
            let names = format!("its objectives are named {names}, and those of earlier trials {earlier}");
            outcome = Outcome::failed(format!("{names}; give the same names in the same order"));
        }
        outcome
    }

    /// Returns the time in which the sweep was worked on, up to `now`.
    pub(super) fn elapsed(&self, now: Instant) -> Duration {
        match self.study {
            Some(_) => self.working.total(),
            None => self.elapsed_before + now.duration_since(self.started),
        }
    }

    /// Cancels every trial that still runs, and returns the sweep.
    pub(crate) fn finish(mut self) -> Sweep {
        if let Some(study) = &mut self.study {
            let is_over = matches!(self.sweep.end, StopReason::Planned | StopReason::Exhausted);
            if let Err(error) = study.close(is_over) {
                self.sweep.error.get_or_insert(error);
            }
        }
        self.sweep.history.cancel_running();
        if self.sweep.error.is_none() {
            let notes = self.scheduler.notes(&view(&self.sweep, &self.warm));
            self.sweep.notes.extend(self.warm.notes(&self.sweep.space, &self.sweep.history));
            for note in notes {
                self.sweep.add_note(note);
            }
        }
        self.sweep.notes.extend(self.answers.note());
        if self.study.is_some() {
            self.sweep.notes.extend(given_up_note(&self.sweep.history));
        }
        self.sweep.elapsed = self.elapsed(Instant::now());
        self.reporter.finish();
        self.events.ended(&self.sweep);
        self.sweep
    }
}

/// Returns what to write instead if the number of objectives differs from the number of goals.
fn instead(objectives: usize, goals: usize) -> String {
    let as_goals = match objectives {
        0 => "give at least one objective".to_owned(),
        1 => "write `goal = Minimize`".to_owned(),
        _ => format!("write `goal = [{}]`, one for each", vec!["Minimize"; objectives].join(", ")),
    };
    match goals {
        1 => format!("{as_goals}, or end the body with one number"),
        _ => format!("{as_goals}, or end the body with an array of {goals} numbers, one for each goal"),
    }
}

/// Formats the names as `` `loss`, `size` ``.
pub(super) fn listed(names: &[Cow<'static, str>]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
