//! The handle of a trial that was asked for, and what becomes of it when it is dropped.

use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::engine::{Engine, Job};
use crate::error::Error;

/// The trials whose tickets were dropped, on their way to the engine.
#[derive(Debug, Default)]
pub(super) struct Dropped {
    any: AtomicBool,
    jobs: Mutex<Vec<Job>>,
}

impl Dropped {
    fn push(&self, job: Job) {
        // No other code runs under the lock.
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).push(job);
        self.any.store(true, Ordering::Release);
    }

    pub(super) fn take(&self) -> Vec<Job> {
        // Nearly always so; a swap would cost as much as a proposal.
        if !self.any.load(Ordering::Relaxed) || !self.any.swap(false, Ordering::Acquire) {
            return Vec::new();
        }
        mem::take(&mut self.jobs.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The handle of a trial that was asked for, with which its outcome is recorded once. Tickets can be used in any order.
///
/// Dropping a ticket cancels its trial; in a study, the trial is requeued, so that this process or another one runs it again
/// with the same number and hyperparameters. A trial that the pruner has ended is pruned instead. This happens at the next call
/// that asks, tells or finishes.
#[derive(Debug)]
#[must_use = "dropping it cancels its trial"]
pub struct Ticket {
    sweep: u64,
    number: usize,
    /// `None` once the outcome has been told.
    job: Option<Job>,
    dropped: Arc<Dropped>,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if let Some(job) = self.job.take() {
            self.dropped.push(job);
        }
    }
}

impl Ticket {
    /// Returns the number of the trial.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Returns the number of the configuration of the trial. In a sweep over budgets, a configuration has one trial for each
    /// rung that it reaches; elsewhere it is the number of the trial.
    #[must_use]
    pub fn configuration(&self) -> usize {
        self.job.as_ref().map_or(self.number, |job| job.configuration)
    }

    /// Returns the resources of the trial, the total for its configuration; `None` in a sweep without budgets.
    #[must_use]
    pub fn resources(&self) -> Option<f64> {
        self.job.as_ref()?.resources
    }

    pub(super) fn new(sweep: u64, job: Job, dropped: &Arc<Dropped>) -> Self {
        Self { sweep, number: job.number, job: Some(job), dropped: Arc::clone(dropped) }
    }

    /// Returns the trial of this ticket.
    pub(super) fn redeem(mut self, engine: &Engine) -> Result<Job, Error> {
        let number = self.check(engine)?;
        self.job.take().ok_or(Error::NotAsked { number })
    }

    /// Returns the number of the trial of this ticket, or an error if another engine issued the ticket.
    pub(super) fn check(&self, engine: &Engine) -> Result<usize, Error> {
        let number = self.number;
        if self.sweep == engine.id() { Ok(number) } else { Err(Error::NotAsked { number }) }
    }
}
