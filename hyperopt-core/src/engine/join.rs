//! Joins a study, reads its log before each decision, and appends what is decided.

use crate::engine::Engine;
use crate::engine::begin::goals;
use crate::engine::close::listed;
use crate::error::Error;
use crate::history::Goal;
use crate::scheduler::{Workload, other_loop};
use crate::study::{Changes, Commit, Opened, Opening, TellResult, Unlocked};
use crate::trial::{Record, State, Stretch};

/// The end of messages to a program whose sweep is not that of its study.
const OR_OWN_STUDY: &str = ", or give the sweep a study of its own";

impl Engine {
    /// Opens the study, if there is one, and takes over the settings that it holds. Returns the resources after which it ends, as
    /// an earlier run has set them.
    pub(super) fn join(&mut self, work: Workload, batch: usize) -> Result<Option<f64>, Error> {
        let (asked, scheduler) = (self.asked, self.scheduler.identity(work, batch));
        let Some(study) = &mut self.study else { return Ok(None) };
        let has_budgets = matches!(work, Workload::Budgets { .. });
        if let Workload::Budgets { max, .. } = work {
            study.most = Some(max);
        }
        let sweep = &mut self.sweep;
        let goals_now = sweep.goals.as_slice().to_vec();
        let opening = Opening::new(sweep.space.clone(), goals_now, sweep.seed, sweep.sampler.clone(), has_budgets);
        let opening = opening.scheduler(scheduler.clone());
        let opened = study.store.open(&opening);
        let opened = study.failed(opened)?;
        study.name.clone_from(&opened.name);
        (study.has_scheduler, study.spend) = (opened.scheduler.is_some(), opened.spend);
        let Opened { space, goals: kept, seed, has_budgets: budgets, scheduler: begun, spend, names, .. } = opened;
        if let Some(space) = space {
            sweep.space.check_continues(&space).map_err(|mismatch| study.other_sweep(&mismatch, ""))?;
        }
        if budgets.is_some_and(|had| had != has_budgets) {
            let kinds = ["has budgets, and this sweep counts trials", "counts trials, and this sweep has budgets"];
            let reason = kinds[usize::from(has_budgets)];
            let own = "; give this sweep a study of its own: `.name(\"…\")`";
            return Err(study.other_sweep(&format!("it {reason}"), own));
        }
        if let (Some(begun), Some(now)) = (&begun, &scheduler)
            && begun != now
        {
            let reason = format!("it was begun with {begun}, and now has {now}; keep the scheduler and the budgets");
            let further = other_loop(begun, now).map_or_else(String::new, |further| format!("; {further}"));
            return Err(study.other_sweep(&reason, format!("{OR_OWN_STUDY}{further}")));
        }
        match (asked.seed, seed) {
            (Some(given), Some(kept)) if given != kept => {
                let reason = format!("it was begun with `seed = {kept}`, and now has `seed = {given}`");
                return Err(study.other_sweep(&format!("{reason}; leave the seed out"), OR_OWN_STUDY));
            }
            (_, kept) => sweep.seed = kept.unwrap_or(sweep.seed),
        }
        if asked.goals && goals(Some(&kept), None)? != sweep.goals {
            let now = sweep.goals.as_slice();
            let reason = format!("its goal is {}, and now is {}", named(&kept), named(now));
            return Err(study.other_sweep(&format!("{reason}; keep the goal"), OR_OWN_STUDY));
        }
        sweep.goals = goals(Some(&kept), None)?;
        sweep.names = names.into_iter().map(Into::into).collect();
        if !sweep.names.is_empty() && !self.names.is_empty() && sweep.names != self.names {
            let (kept, now) = (listed(&sweep.names), listed(&self.names));
            sweep.notes.push(format!("study `{}`: its objective is {kept}, and this sweep measures {now}", study.name));
        }
        Ok(spend)
    }

    /// Writes the limit `spend` to the study, if there is one; `earlier` is that of an earlier run. Notes that this run has none.
    pub(super) fn keep_spend(&mut self, earlier: Option<f64>) -> Result<(), Error> {
        let Some(study) = &mut self.study else { return Ok(()) };
        match (self.sweep.spend, earlier) {
            (Some(spend), earlier) if earlier != Some(spend) => {
                let kept = study.store.limit(spend);
                study.failed(kept)
            }
            (None, Some(spend)) => {
                let name = &study.name;
                self.sweep.notes.push(format!(
                    "study `{name}`: an earlier run had `spend = {spend}`, and this one has no limit: it runs to the end of its \
                     scheduler; write `spend = {spend}` to end as before"
                ));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Applies the changes in the study, if there is one, since they were last read.
    pub(super) fn catch_up(&mut self) -> Result<(), Error> {
        if self.study.is_none() {
            return Ok(());
        }
        self.look()?;
        self.unlock(Commit::Nothing).map(|_| ())
    }

    /// Locks the study, if there is one, and applies its changes; an error unlocks it.
    pub(super) fn look(&mut self) -> Result<(), Error> {
        if self.study.is_none() {
            return Ok(());
        }
        let changes = self.lock()?;
        let applied = self.apply(changes);
        if applied.is_err() {
            self.unlock(Commit::Nothing)?;
        }
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

    pub(super) fn unlock(&mut self, commit: Commit<'_>) -> Result<Unlocked, Error> {
        let Some(study) = &mut self.study else { return Ok(Unlocked::Done) };
        let retired: Vec<_> = study.retired.iter().copied().collect();
        let unlocked = study.store.unlock(commit, &retired);
        let unlocked = study.failed(unlocked)?;
        if unlocked == Unlocked::Done {
            study.retired.clear();
        }
        Ok(unlocked)
    }

    /// Makes an error of the study.
    pub(crate) fn study_error(&self, reason: &str) -> Error {
        let study = self.study.as_ref().map(|study| study.name.clone()).unwrap_or_default();
        Error::Study { study, reason: reason.to_owned(), advice: None }
    }

    /// Writes the outcome of a trial of this process.
    pub(super) fn keep(&mut self, number: usize) {
        if let Err(error) = self.try_keep(number) {
            self.fail(error);
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
        let stretch = Stretch::new(self.began, self.started.elapsed());
        let duration = trial.duration();
        let record = Record::new(trial.clone()).names(self.sweep.names.iter().cloned()).closed_after(history.len());
        let record = record.stretch(stretch);
        let told = study.store.tell(&record, is_last);
        if study.failed(told)? == TellResult::Dropped {
            // Another process runs it, or has recorded its outcome: the next changes say so.
            history.reopen(number);
            self.taken_over(number);
        } else {
            self.working.add(Some(stretch), duration);
        }
        Ok(())
    }

    /// Notes that another process took over a trial, whose outcome here does not count.
    pub(super) fn taken_over(&mut self, number: usize) {
        let Some(study) = &mut self.study else { return };
        study.mine.retain(|mine| *mine != number);
        self.sweep.notes.push(format!(
            "study `{}`: trial {number} was taken over by another process, as this one gave no sign of life; its outcome here \
             is dropped",
            study.name
        ));
    }
}

/// Formats goals as source code: `Minimize`, `[Minimize, Maximize]`.
fn named(goals: &[Goal]) -> String {
    match goals {
        [goal] => format!("{goal:?}"),
        _ => format!("{goals:?}"),
    }
}
