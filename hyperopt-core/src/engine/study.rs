//! The engine with a study: it reads the log before each decision, and appends what it decides.

mod replay;
mod turn;

use crate::engine::Engine;
use crate::engine::begin::goals;
use crate::engine::link::Given;
use crate::error::Error;
use crate::history::Goal;
use crate::scheduler::Workload;
use crate::study::{Changes, Commit, Opened, Opening, TellResult, Unlocked};
use crate::trial::{Record, State};

impl Engine {
    /// Opens the study, if there is one, and takes over what it says of the sweep.
    pub(super) fn join(&mut self, work: Workload, given: &Given) -> Result<(), Error> {
        let Some(study) = &mut self.study else { return Ok(()) };
        let has_budgets = matches!(work, Workload::Budgets { .. });
        if let Workload::Budgets { max, .. } = work {
            study.most = Some(max);
        }
        let sweep = &mut self.sweep;
        let goals_now = sweep.goals.as_slice().to_vec();
        let opening = Opening::new(sweep.space.clone(), goals_now, sweep.seed, sweep.sampler.clone(), has_budgets);
        let opened = study.store.open(&opening);
        let opened = study.failed(opened)?;
        study.name.clone_from(&opened.name);
        let Opened { space, goals: kept, seed, has_budgets: budgets, names, .. } = opened;
        if let Some(space) = space {
            sweep.space.check_continues(&space).map_err(|mismatch| study.error(&mismatch))?;
        }
        if budgets.is_some_and(|had| had != has_budgets) {
            let kinds = ["has budgets, and this sweep counts trials", "counts trials, and this sweep has budgets"];
            let reason = kinds[usize::from(has_budgets)];
            return Err(study.error(&format!("it {reason}; give this sweep a study of its own: `.name(\"…\")`")));
        }
        match (given.seed, seed) {
            (Some(given), Some(kept)) if given != kept => {
                let reason = format!("it was begun with `seed = {kept}`, and now has `seed = {given}`");
                return Err(study.error(&format!("{reason}; leave the seed out, or give the sweep a study of its own")));
            }
            (_, kept) => sweep.seed = kept.unwrap_or(sweep.seed),
        }
        if given.goals && goals(Some(&kept), None)? != sweep.goals {
            let now = sweep.goals.as_slice();
            let reason = format!("its goal is {}, and now is {}", named(&kept), named(now));
            return Err(study.error(&format!("{reason}; keep the goal, or give the sweep a study of its own")));
        }
        sweep.goals = goals(Some(&kept), None)?;
        sweep.names = names.into_iter().map(Into::into).collect();
        Ok(())
    }

    /// Reads all that the study has.
    pub(super) fn catch_up(&mut self) -> Result<(), Error> {
        let changes = self.lock()?;
        let applied = self.apply(changes);
        self.unlock(Commit::Nothing)?;
        applied
    }

    fn lock(&mut self) -> Result<Changes, Error> {
        match &mut self.study {
            Some(study) => {
                let changes = study.store.lock();
                study.failed(changes)
            }
            None => Ok(Changes::default()),
        }
    }

    fn unlock(&mut self, commit: Commit<'_>) -> Result<Unlocked, Error> {
        let Some(study) = &mut self.study else { return Ok(Unlocked::Done) };
        let retired: Vec<_> = study.retired.iter().copied().collect();
        let unlocked = study.store.unlock(commit, &retired);
        let unlocked = study.failed(unlocked)?;
        if unlocked == Unlocked::Done {
            study.retired.clear();
        }
        Ok(unlocked)
    }

    fn study_error(&self, reason: &str) -> Error {
        let study = self.study.as_ref().map(|study| study.name.clone()).unwrap_or_default();
        Error::Study { study, reason: reason.to_owned() }
    }

    /// Keeps what the scheduler drops: the loop forgets their states, and the study writes that they are retired.
    pub(super) fn note_retired(&mut self) {
        if let Some(study) = &mut self.study {
            let dropped = self.scheduler.retired();
            study.retired.extend(&dropped);
            self.retired.extend(dropped);
        }
    }

    /// Writes what has become of a trial of this process.
    pub(super) fn keep(&mut self, number: usize) {
        if let Err(error) = self.try_keep(number)
            && self.sweep.error.is_none()
        {
            self.sweep.fail(error);
        }
    }

    fn try_keep(&mut self, number: usize) -> Result<(), Error> {
        let Some(study) = &mut self.study else { return Ok(()) };
        study.mine.retain(|mine| *mine != number);
        let history = &mut self.sweep.history;
        let trial = &history.trials()[number];
        if trial.state() == State::Cancelled {
            let requeue = study.store.requeue(number);
            return study.failed(requeue);
        }
        let is_last = study.is_last(trial);
        let record = Record { closed_after: Some(history.len()), ..Record::of(trial, &self.sweep.names) };
        let told = study.store.tell(&record, is_last);
        if study.failed(told)? == TellResult::Dropped {
            // It runs on elsewhere, or has been told there: the next changes say so.
            history.reopen(number);
            let name = &study.name;
            self.sweep.notes.push(format!(
                "study `{name}`: trial {number} was taken over by another process, as this one gave no sign of life; what came \
                 of it here is dropped"
            ));
        }
        Ok(())
    }

    /// Sends on what a trial of this process reports.
    pub(super) fn pass_on(&mut self, number: usize, step: u64, value: f64) -> Result<(), Error> {
        let Some(study) = &mut self.study else { return Ok(()) };
        let reported = study.store.report(number, step, value);
        study.failed(reported)
    }
}

/// `Minimize`, `[Minimize, Maximize]`
fn named(goals: &[Goal]) -> String {
    match goals {
        [goal] => format!("{goal:?}"),
        _ => format!("{goals:?}"),
    }
}
