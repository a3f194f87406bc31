//! A study in memory, whose process can die.

use std::collections::BTreeSet;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use hyperopt::study::{Changes, Commit, Opened, Opening, Record, Store, StoreError, TellResult, Unlocked};
use hyperopt::{Point, Trial};

/// What all handles of one study share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    log: Arc<(Mutex<Log>, Condvar)>,
}

#[derive(Debug, Default)]
struct Log {
    opening: Option<Opening>,
    spend: Option<f64>,
    records: Vec<Entry>,
    waiting: BTreeSet<usize>,
    dead: BTreeSet<usize>,
    handles: usize,
    changes: usize,
    is_locked: bool,
    /// How often it was locked, and how often a process that waits asked for changes.
    locks: usize,
    asked: usize,
}

#[derive(Debug)]
struct Entry {
    record: Record,
    changed: usize,
    by: usize,
    /// The handle that runs it.
    owner: Option<usize>,
}

/// One process of the study.
#[derive(Debug)]
pub(crate) struct Handle {
    memory: Memory,
    id: usize,
    seen: Option<usize>,
    /// After so many trials the process dies: nothing is written any more.
    dies_after: Option<usize>,
    /// One in so many starts is lost, counted by the second number.
    loses: Option<(usize, usize)>,
}

impl Memory {
    pub(crate) fn handle(&self) -> Handle {
        let mut log = self.lock();
        log.handles += 1;
        Handle { memory: self.clone(), id: log.handles, seen: None, dies_after: None, loses: None }
    }

    /// A process that loses the lock before one in `every` starts.
    pub(crate) fn losing(&self, every: usize) -> Handle {
        Handle { loses: Some((every, 0)), ..self.handle() }
    }

    /// A process that dies in its trial `trials`, counted from 0.
    pub(crate) fn dying(&self, trials: usize) -> Handle {
        Handle { dies_after: Some(trials), ..self.handle() }
    }

    /// A trial that another program has put there, to be tried by whoever comes first.
    pub(crate) fn enqueue(&self, units: Vec<f64>) {
        let mut log = self.lock();
        let number = log.records.len();
        let record = Record::new(Trial::running(number, number, None, Point::from(units)));
        log.waiting.insert(number);
        log.push(record, 0, None);
    }

    /// Forgets what earlier versions did not record.
    pub(crate) fn grow_old(&self) {
        let mut log = self.lock();
        log.spend = None;
        let kept = log.opening.take();
        log.opening = kept.map(|kept| kept.scheduler(None));
    }

    /// How often it was locked.
    pub(crate) fn locks(&self) -> usize {
        self.lock().locks
    }

    /// How often processes that wait have asked whether there are changes.
    pub(crate) fn asked(&self) -> usize {
        self.lock().asked
    }

    fn lock(&self) -> MutexGuard<'_, Log> {
        self.log.0.lock().unwrap()
    }
}

impl Log {
    fn push(&mut self, record: Record, by: usize, owner: Option<usize>) {
        self.changes += 1;
        self.records.push(Entry { record, changed: self.changes, by, owner });
    }

    fn change(&mut self, record: Record, by: usize, owner: Option<usize>) {
        self.changes += 1;
        let number = record.trial.number();
        self.records[number] = Entry { record, changed: self.changes, by, owner };
    }
}

impl Handle {
    fn is_dead(&self) -> bool {
        self.memory.lock().dead.contains(&self.id)
    }
}

impl Store for Handle {
    fn open(&mut self, opening: &Opening) -> Result<Opened, StoreError> {
        let mut log = self.memory.lock();
        let kept = log.opening.get_or_insert_with(|| opening.clone()).clone();
        Ok(Opened {
            name: "memory".to_owned(),
            space: Some(kept.space.clone()),
            goals: kept.goals.clone(),
            seed: Some(kept.seed),
            has_budgets: Some(kept.has_budgets),
            scheduler: kept.scheduler.clone(),
            spend: log.spend,
            names: Vec::new(),
        })
    }

    fn is_changed(&mut self) -> Result<bool, StoreError> {
        let mut log = self.memory.lock();
        log.asked += 1;
        let is_new = |entry: &Entry| {
            let is_unseen = self.seen.is_none_or(|seen| entry.changed > seen) && entry.by != self.id;
            is_unseen || entry.owner.is_some_and(|id| log.dead.contains(&id))
        };
        Ok(log.records.iter().any(is_new))
    }

    fn lock(&mut self) -> Result<Changes, StoreError> {
        if self.is_dead() {
            return Err("the process is dead".into());
        }
        let (mutex, unlocked) = &*self.memory.log;
        let mut log = unlocked.wait_while(mutex.lock().unwrap(), |log| log.is_locked).unwrap();
        log.is_locked = true;
        log.locks += 1;
        let dead: Vec<_> =
            log.records.iter().filter(|entry| entry.owner.is_some_and(|id| log.dead.contains(&id))).collect();
        let dead: Vec<_> = dead.into_iter().map(|entry| entry.record.trial.number()).collect();
        for number in dead {
            log.records[number].owner = None;
            log.waiting.insert(number);
        }
        let (seen, id) = (self.seen, self.id);
        let is_news = |entry: &&Entry| seen.is_none_or(|seen| entry.changed > seen && entry.by != id);
        let records = log.records.iter().filter(is_news).map(|entry| entry.record.clone()).collect();
        self.seen = Some(log.changes);
        Ok(Changes { records, waiting: log.waiting.iter().copied().collect() })
    }

    fn unlock(&mut self, commit: Commit<'_>, _: &[usize]) -> Result<Unlocked, StoreError> {
        let (mutex, unlocked) = &*self.memory.log;
        let mut log = mutex.lock().unwrap();
        if let (Commit::Start(_), Some((every, count))) = (commit, &mut self.loses) {
            *count += 1;
            if *count % *every == 0 {
                log.is_locked = false;
                unlocked.notify_all();
                return Ok(Unlocked::Lost);
            }
        }
        match commit {
            Commit::Nothing => {}
            Commit::Start(record) => {
                assert_eq!(record.trial.number(), log.records.len());
                log.push(record.clone(), self.id, Some(self.id));
            }
            Commit::Take(record) => {
                assert!(log.waiting.remove(&record.trial.number()));
                log.change(record.clone(), self.id, Some(self.id));
            }
        }
        if !matches!(commit, Commit::Nothing)
            && let Some(left) = &mut self.dies_after
        {
            if *left == 0 {
                log.dead.insert(self.id);
            }
            *left = left.saturating_sub(1);
        }
        log.is_locked = false;
        unlocked.notify_all();
        Ok(Unlocked::Done)
    }

    fn report(&mut self, _: usize, _: u64, _: f64) -> Result<(), StoreError> {
        Ok(())
    }

    fn tell(&mut self, record: &Record, _: bool) -> Result<TellResult, StoreError> {
        if self.is_dead() {
            return Err("the process is dead".into());
        }
        let mut log = self.memory.lock();
        if log.records[record.trial.number()].owner != Some(self.id) {
            return Ok(TellResult::Dropped);
        }
        log.change(record.clone(), self.id, None);
        Ok(TellResult::Kept)
    }

    fn requeue(&mut self, number: usize) -> Result<(), StoreError> {
        if !self.is_dead() {
            let mut log = self.memory.lock();
            log.records[number].owner = None;
            log.waiting.insert(number);
        }
        Ok(())
    }

    fn limit(&mut self, spend: f64) -> Result<(), StoreError> {
        self.memory.lock().spend = Some(spend);
        Ok(())
    }

    fn close(&mut self, _: bool) -> Result<(), StoreError> {
        Ok(())
    }
}
