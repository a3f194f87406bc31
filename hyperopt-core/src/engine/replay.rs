//! Replays the steps of other processes and of earlier runs.

use crate::engine::Engine;
use crate::error::Error;
use crate::study::Changes;
use crate::trial::{Record, State};

impl Engine {
    /// Applies the changes of the study. Each start is replayed with the trials that had been closed by then.
    pub(super) fn apply(&mut self, changes: Changes) -> Result<(), Error> {
        let Changes { records, waiting } = changes;
        let closed = |record: &&Record| record.trial.state() != State::Running;
        let mut closing: Vec<_> = records.iter().filter(closed).map(|record| (closed_after(record), record)).collect();
        closing.sort_by_key(|(after, record)| (*after, record.trial.number()));
        let mut closing = closing.into_iter().peekable();
        for record in &records {
            let len = self.sweep.history.len();
            if record.trial.number() < len {
                continue;
            }
            while let Some((_, record)) = closing.next_if(|(after, _)| *after <= len) {
                self.closed_elsewhere(record);
            }
            self.started_elsewhere(record)?;
        }
        closing.for_each(|(_, record)| self.closed_elsewhere(record));
        if let Some(study) = &mut self.study {
            // A waiting trial that this process still runs was requeued while its heartbeat was late.
            study.waiting = waiting.into_iter().rev().filter(|number| !study.mine.contains(number)).collect();
        }
        Ok(())
    }

    fn closed_elsewhere(&mut self, record: &Record) {
        let number = record.trial.number();
        if let Some(study) = &mut self.study {
            study.proposed.remove(&number);
        }
        if self.sweep.names.is_empty() {
            self.sweep.names.clone_from(&record.names);
        }
        let was_running = self.sweep.history.trials().get(number).is_some_and(|trial| trial.state() == State::Running);
        self.sweep.history.replace(record.trial.clone());
        self.working.add(record.stretch, record.trial.duration());
        if was_running {
            self.counted(number);
        } else {
            self.reporter.recount(&self.sweep);
        }
    }

    /// Replays the step that another process, or an earlier run, has taken.
    fn started_elsewhere(&mut self, record: &Record) -> Result<(), Error> {
        let Some(study) = &mut self.study else { return Ok(()) };
        let (trial, len) = (&record.trial, self.sweep.history.len());
        let (number, configuration, resources) = (trial.number(), trial.configuration(), trial.resources());
        if number != len {
            return Err(
                study.error(&format!("it has a trial {number} and no trial {len}: its tables have been changed"))
            );
        }
        let is_new = configuration >= self.sweep.history.configurations();
        // This process may have retired the configuration although the deciding one did not: each sees the states of a rung
        // in another order.
        let is_revived = !is_new && study.retired.remove(&configuration);
        // The step is the same in every process, and has been taken already.
        let lost = study.lost.take();
        let is_ahead = lost.is_some();
        if lost.is_some_and(|(_, lost)| (lost.configuration(), lost.resources()) != (configuration, resources)) {
            let reason = format!("while the connection was lost, another process began trial {number} in another way");
            return Err(study.error(&format!("{reason}; run this one again, and it goes on from there")));
        }
        if !is_ahead && self.stepped(|scheduler, view| scheduler.replay(view, record)) != Some(true) {
            let has_budgets = self.study.as_ref().is_some_and(|study| study.most.is_some());
            let settings = if has_budgets { "the budgets, `spend` and the other settings" } else { "and the settings" };
            let reason = format!("trial {number} does not follow from the sampler, {settings} here");
            let Some(study) = &self.study else { return Ok(()) };
            let further = match (study.spend, self.sweep.spend) {
                (Some(spend), None) => format!("; an earlier run had `spend = {spend}`: write it, or a larger one"),
                _ if study.has_scheduler => String::new(),
                _ => self.scheduler.depends_on().map_or_else(String::new, |further| format!("; {further}")),
            };
            let reason = format!("{reason}; keep them as they were");
            return Err(study.other_sweep(&reason, format!(", or give the sweep a study of its own{further}")));
        }
        if is_new && !is_ahead {
            let tried = record.proposed.as_ref().unwrap_or(trial.point());
            self.warm.tried(&self.sweep.space, tried);
        }
        if is_revived {
            self.retired.retain(|dropped| *dropped != configuration);
        }
        self.note_retired();
        self.sweep.history.push(trial.opened());
        if trial.state() == State::Running && record.proposed.is_some() {
            self.sweep.history.leave_guards_open(number);
        }
        self.batch.push(number);
        self.reporter.opened(&self.sweep, number, false, || self.scheduler.place());
        if let (Some(study), Some(proposed)) = (&mut self.study, &record.proposed) {
            study.proposed.insert(number, proposed.clone());
        }
        Ok(())
    }
}

/// Returns the number of trials when `record` was closed; if unknown, the number up to its own trial.
fn closed_after(record: &Record) -> usize {
    record.closed_after.unwrap_or(0).max(record.trial.number() + 1)
}
