//! What this process runs: the leases of its trials, their heartbeat, and the reports that are not written yet.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use crate::heartbeat::Heartbeat;
use crate::worker::{HeldLease, Processes, Worker};

/// The interval at which reports are written before the outcome of their trial.
const FLUSH: Duration = Duration::from_secs(1);

/// The lease of a running trial of this process: its row must hold it when the outcome is written.
#[derive(Clone, Debug)]
pub(crate) struct Lease {
    /// The number of the trial, which is that of the configuration in a sweep with budgets.
    pub(crate) trial: usize,
    /// The id of its row.
    pub(crate) id: i64,
    /// The attribute `hyperopt:worker`.
    pub(crate) json: String,
}

/// Values by step, by the number of the record.
pub(crate) type Reports = BTreeMap<usize, BTreeMap<u64, f64>>;

/// The leases of this process, by the number of the record.
#[derive(Debug)]
pub(crate) struct Leases {
    by_record: HashMap<usize, Lease>,
    /// The number of leases that were created.
    created: u64,
    /// `None` for a study that is only read.
    heartbeat: Option<Heartbeat>,
    reports: Reports,
    flushed: Instant,
}

// A build without any database only reads journals.
#[cfg_attr(not(any(feature = "sqlite", feature = "postgres")), allow(dead_code))]
impl Leases {
    pub(crate) fn new(heartbeat: Option<Heartbeat>) -> Self {
        Self { by_record: HashMap::new(), created: 0, heartbeat, reports: Reports::new(), flushed: Instant::now() }
    }

    /// Creates the attribute `hyperopt:worker` of the next trial that `worker`, this process, starts.
    pub(crate) fn create(&mut self, worker: &Worker) -> String {
        self.created += 1;
        worker.lease_json(self.created)
    }

    /// Adds the lease of a started record, whose heartbeat begins.
    pub(crate) fn insert(&mut self, record: usize, lease: Lease) {
        if let Some(heartbeat) = &self.heartbeat {
            heartbeat.add(lease.id);
        }
        self.by_record.insert(record, lease);
    }

    /// Removes the lease of `record`, ends its heartbeat and discards its reports.
    pub(crate) fn remove(&mut self, record: usize) -> Option<Lease> {
        self.reports.remove(&record);
        self.stop_heartbeat(record);
        self.by_record.remove(&record)
    }

    /// Ends the heartbeat of `record`, so that other processes requeue it if this one fails to.
    pub(crate) fn stop_heartbeat(&self, record: usize) {
        if let (Some(heartbeat), Some(lease)) = (&self.heartbeat, self.get(record)) {
            heartbeat.remove(lease.id);
        }
    }

    /// Returns the lease of a running record of this process.
    pub(crate) fn get(&self, record: usize) -> Option<&Lease> {
        self.by_record.get(&record)
    }

    /// Returns the records that this process runs.
    pub(crate) fn records(&self) -> Vec<usize> {
        self.by_record.keys().copied().collect()
    }

    /// Returns the ids of the rows of the trials that this process runs.
    #[cfg(feature = "postgres")]
    pub(crate) fn ids(&self) -> impl Iterator<Item = i64> {
        self.by_record.values().map(|lease| lease.id)
    }

    /// Returns whether this process runs `trial`, as far as it knows.
    pub(crate) fn has_trial(&self, trial: usize) -> bool {
        self.by_record.values().any(|lease| lease.trial == trial)
    }

    /// Returns whether a running trial has no process: that of its lease has died, as [`Worker::sees_dead`] says, or the lease
    /// is one of `worker`, this process, that has ended here, such as that of a trial that could not be requeued.
    pub(crate) fn is_dead(
        &self,
        worker: &Worker,
        lease: Option<&HeldLease>,
        age: Option<Duration>,
        grace: Duration,
        processes: &Processes,
    ) -> bool {
        match lease {
            Some(held) if held.owner.as_ref().is_some_and(|owner| worker.gave(owner)) => {
                self.by_record.values().all(|lease| lease.json != held.json)
            }
            _ => worker.sees_holder_dead(lease, age, grace, processes),
        }
    }

    /// Buffers a report. Returns whether it is time to write the buffer.
    pub(crate) fn report(&mut self, record: usize, step: u64, value: f64) -> bool {
        self.reports.entry(record).or_default().insert(step, value);
        self.flushed.elapsed() >= FLUSH
    }

    /// Takes the buffered reports, to write them.
    pub(crate) fn take_reports(&mut self) -> Reports {
        self.flushed = Instant::now();
        std::mem::take(&mut self.reports)
    }

    /// Puts reports that could not be written back into the buffer.
    #[cfg(feature = "postgres")]
    pub(crate) fn keep_reports(&mut self, reports: Reports) {
        self.reports = reports;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reports_of_a_record_end_with_its_lease() {
        let mut leases = Leases::new(None);
        for record in [3, 4] {
            leases.insert(record, Lease { trial: record, id: 10, json: String::new() });
            assert!(!leases.report(record, 1, 0.5));
        }
        leases.report(4, 1, 0.25);
        assert_eq!(leases.remove(3).map(|lease| lease.trial), Some(3));
        assert_eq!(leases.take_reports(), Reports::from([(4, BTreeMap::from([(1, 0.25)]))]));
        assert!(leases.take_reports().is_empty());
        assert_eq!(leases.records(), [4]);
    }

    #[test]
    fn a_trial_whose_lease_has_ended_here_is_dead() {
        let (mut leases, this, other) = (Leases::new(None), Worker::this(), Worker::this());
        let json = leases.create(&this);
        leases.insert(0, Lease { trial: 0, id: 1, json: json.clone() });
        let is_dead = |leases: &Leases, lease: &str| {
            let held = HeldLease::of(lease.to_owned());
            leases.is_dead(&this, Some(&held), None, Duration::ZERO, &Processes::default())
        };
        assert!(!is_dead(&leases, &json));
        assert!(!is_dead(&leases, &other.lease_json(1)));
        leases.remove(0);
        assert!(is_dead(&leases, &json));
        assert_ne!(leases.create(&this), json);
    }
}
