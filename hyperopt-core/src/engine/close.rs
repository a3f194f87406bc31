use std::borrow::Cow;
use std::time::{Duration, Instant};

use crate::engine::{Engine, OnError};
use crate::error::Error;
use crate::sweep::{StopReason, Sweep};
use crate::trial::{Outcome, State, Trial};

impl Engine {
    /// Closes a running trial with its outcome.
    pub(crate) fn tell(&mut self, number: usize, outcome: Outcome, asked: Instant) -> Result<(), Error> {
        if let Some(left) = outcome.left {
            if left == State::Cancelled {
                self.end(StopReason::Interrupt);
            }
            return self.close(number, left, asked);
        }
        let duration = self.clock(asked);
        let outcome = self.checked(number, outcome);
        let trial = self.running(number)?;
        trial.tell(outcome, duration);
        if trial.state() == State::Failed && self.on_error == OnError::Stop {
            self.end(StopReason::Failure);
        }
        self.keep(number);
        self.reporter.told(&self.sweep, number);
        self.watched();
        Ok(())
    }

    /// Lets all look at the sweep that want to.
    pub(super) fn watched(&mut self) {
        for index in 0..self.watchers.all.len() {
            match (self.watchers.all[index])(&self.sweep) {
                Ok(None) => {}
                Ok(Some(end)) => self.end(end),
                Err(error) => {
                    if self.sweep.error.is_none() {
                        self.fail(error);
                    }
                }
            }
        }
    }

    /// `outcome`, or one that has failed where its objectives do not fit the goals. A wrong number of them ends the sweep:
    /// all other trials would fail alike.
    fn checked(&mut self, number: usize, mut outcome: Outcome) -> Outcome {
        if !outcome.is_measured() {
            return outcome;
        }
        let (objectives, goals) = (outcome.objectives().len(), self.sweep.goals.len());
        if objectives != goals {
            let error = Error::Objectives { number, objectives, goals, instead: instead(objectives, goals) };
            outcome = Outcome::failed(&error);
            if self.sweep.error.is_none() {
                self.fail(error);
            }
        } else if outcome.names.is_empty() {
        } else if self.sweep.names.is_empty() {
            self.sweep.names.clone_from(&outcome.names);
        } else if self.sweep.names != outcome.names {
            let (names, earlier) = (listed(&outcome.names), listed(&self.sweep.names));
            let names = format!("its objectives are named {names}, and those of earlier trials {earlier}");
            outcome = Outcome::failed(format!("{names}; give the same names in the same order"));
        }
        outcome
    }

    /// Closes a running trial without an outcome.
    pub(crate) fn close(&mut self, number: usize, state: State, asked: Instant) -> Result<(), Error> {
        let duration = self.clock(asked);
        self.running(number)?.close(state, duration);
        self.keep(number);
        self.reporter.told(&self.sweep, number);
        self.watched();
        Ok(())
    }

    /// The time since `asked`; keeps that of the whole sweep too.
    fn clock(&mut self, asked: Instant) -> Duration {
        let now = Instant::now();
        self.sweep.elapsed = self.elapsed_before + now.duration_since(self.started);
        now.duration_since(asked)
    }

    fn running(&mut self, number: usize) -> Result<&mut Trial, Error> {
        self.sweep.history.closing(number).ok_or(Error::NotAsked { number })
    }

    /// Ends the sweep, unless it has ended for another reason before.
    pub(crate) fn end(&mut self, end: StopReason) {
        if self.sweep.end == StopReason::Open {
            self.sweep.end = end;
        }
    }

    /// The sweep, with every trial that still runs cancelled.
    pub(crate) fn finish(mut self) -> Sweep {
        if let Some(study) = &mut self.study {
            let is_over = matches!(self.sweep.end, StopReason::Planned | StopReason::Exhausted);
            if let Err(error) = study.close(is_over) {
                self.sweep.error.get_or_insert(error);
            }
        }
        self.sweep.history.cancel_running();
        self.sweep.elapsed = self.elapsed_before + self.started.elapsed();
        self.reporter.finish();
        self.sweep
    }
}

/// What to write where a trial has not as many objectives as there are goals.
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

/// `` `loss`, `size` ``
fn listed(names: &[Cow<'static, str>]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
