//! [`Snapshot`]: a study in its present state, on which a sweep may be tried out without writing anything.

use hyperopt_core::study::{Changes, Commit, Opened, Opening, Record, Store, StoreError, TellResult, Unlocked};

use crate::restore::Restored;
use crate::settings::StudySettings;

/// A copy of a study in memory, which [`Study::snapshot`](crate::Study::snapshot) returns.
///
/// As the value of the setting `study`, it makes a sweep continue from the trials of the study without writing anything to the
/// database. This shows which trials the study would run next.
#[derive(Debug)]
pub struct Snapshot {
    name: String,
    /// `None` if the database does not have the study.
    opened: Option<Opened>,
    records: Vec<Record>,
    waiting: Vec<usize>,
}

impl Snapshot {
    /// Returns the snapshot of a study that does not exist yet.
    pub(crate) fn empty(settings: &StudySettings) -> Self {
        Self { name: settings.name.clone(), opened: None, records: Vec::new(), waiting: Vec::new() }
    }

    pub(crate) fn of(settings: &StudySettings, restored: Restored) -> Self {
        let Restored { opened, records, waiting } = restored;
        Self { name: settings.name.clone(), opened: Some(opened), records, waiting }
    }

    /// Returns the number of trials of the study.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Returns whether the study has no trials, or does not exist.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

impl Store for Snapshot {
    fn open(&mut self, opening: &Opening) -> Result<Opened, StoreError> {
        Ok(self.opened.clone().unwrap_or_else(|| Opened {
            name: self.name.clone(),
            space: Some(opening.space.clone()),
            goals: opening.goals.clone(),
            seed: Some(opening.seed),
            has_budgets: Some(opening.has_budgets),
            scheduler: opening.scheduler.clone(),
            spend: None,
            names: Vec::new(),
        }))
    }

    fn lock(&mut self) -> Result<Changes, StoreError> {
        Ok(Changes { records: std::mem::take(&mut self.records), waiting: self.waiting.clone() })
    }

    fn unlock(&mut self, commit: Commit<'_>, _: &[usize]) -> Result<Unlocked, StoreError> {
        if let Commit::Take(record) = commit {
            self.waiting.retain(|number| *number != record.trial.number());
        }
        Ok(Unlocked::Done)
    }

    fn report(&mut self, _: usize, _: u64, _: f64) -> Result<(), StoreError> {
        Ok(())
    }

    fn tell(&mut self, _: &Record, _: bool) -> Result<TellResult, StoreError> {
        Ok(TellResult::Kept)
    }

    fn requeue(&mut self, _: usize) -> Result<(), StoreError> {
        Ok(())
    }

    fn close(&mut self, _: bool) -> Result<(), StoreError> {
        Ok(())
    }
}
