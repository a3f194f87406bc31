//! A worker without samplers: what the engine does with a store.

use hyperopt_core::State;
use hyperopt_core::study::{Changes, Commit, Record, Store, TellResult, Unlocked};
use hyperopt_store::Study;

use crate::support::{finished, running};

/// What the engine does with a store, without its samplers: how many trials there are, which of them wait.
pub(crate) struct Worker {
    pub(crate) study: Study,
    pub(crate) records: Vec<Record>,
    /// Makes the record of a new trial.
    pub(crate) start: fn(usize) -> Record,
}

impl Worker {
    pub(crate) fn new(study: Study) -> Self {
        Self { study, records: Vec::new(), start: running }
    }

    pub(crate) fn lock(&mut self) -> Changes {
        let changes = self.study.lock().unwrap();
        for record in &changes.records {
            if record.trial.number() == self.records.len() {
                self.records.push(record.clone());
            } else {
                assert_eq!(
                    self.records[record.trial.number()].trial.state(),
                    State::Running,
                    "changes of what was closed: {record:?}"
                );
                self.records[record.trial.number()] = record.clone();
            }
        }
        changes
    }

    /// Returns the next trial, unless there are `total`.
    pub(crate) fn ask(&mut self, total: usize) -> Option<Record> {
        loop {
            let changes = self.lock();
            if let Some(&number) = changes.waiting.first() {
                let record = self.records[number].clone();
                if self.study.unlock(Commit::Take(&record), &[]).unwrap() == Unlocked::Done {
                    return Some(record);
                }
                continue;
            }
            if self.records.len() >= total {
                self.study.unlock(Commit::Nothing, &[]).unwrap();
                return None;
            }
            let record = (self.start)(self.records.len());
            if self.study.unlock(Commit::Start(&record), &[]).unwrap() == Unlocked::Done {
                self.records.push(record.clone());
                return Some(record);
            }
        }
    }

    pub(crate) fn tell(&mut self, record: &Record) -> TellResult {
        let told = self.study.tell(record, true).unwrap();
        if told == TellResult::Kept {
            self.records[record.trial.number()] = record.clone();
        }
        told
    }

    /// Runs trials until there are `total`; the numbers of those that were kept.
    pub(crate) fn run(&mut self, total: usize) -> Vec<usize> {
        let mut told = Vec::new();
        while let Some(record) = self.ask(total) {
            if self.tell(&finished(&record, record.trial.number() as f64)) == TellResult::Kept {
                told.push(record.trial.number());
            }
        }
        told
    }
}
