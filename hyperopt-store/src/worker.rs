//! The process that runs a trial, and whether it is still alive.

use std::cell::RefCell;
use std::collections::hash_map::RandomState;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::hash::BuildHasher;
use std::process;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// A process that runs trials. As JSON it is the attribute `hyperopt:worker`, the lease of a running trial.
///
/// Two processes differ even if they share a host name or, one after the other, a process id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Worker {
    /// Unique to one handle of a study, and, in a lease, to one run of one trial.
    pub(crate) lease: String,
    pub(crate) host: String,
    pub(crate) pid: u32,
    /// The id of the boot of the machine; `None` where the system does not have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    boot: Option<String>,
    /// The namespace of `pid`: containers have their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    namespace: Option<String>,
    /// The start of the process, in ticks since the boot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    started: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slurm_job: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slurm_task: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pod: Option<String>,
    /// Shared by all copies of the handle in this process.
    #[serde(skip)]
    presence: Option<Arc<Presence>>,
}

/// The handles of this process that have not been dropped.
static PRESENT: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Ends the presence of a handle when it is dropped.
#[derive(Debug, PartialEq, Eq)]
struct Presence(String);

impl Presence {
    fn of(lease: &str) -> Arc<Self> {
        PRESENT.lock().unwrap_or_else(PoisonError::into_inner).insert(lease.to_owned());
        Arc::new(Self(lease.to_owned()))
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        PRESENT.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

impl Worker {
    /// Describes this process, with a token that no other call returns.
    pub(crate) fn this() -> Self {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let text = |path| fs::read_to_string(path).ok().map(|text| text.trim().to_owned());
        let host = text("/proc/sys/kernel/hostname").or_else(|| variable("HOSTNAME")).unwrap_or_default();
        let pid = process::id();
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        // The keys of the hasher are random for each process, and others for each call.
        let lease = format!("{:016x}", RandomState::new().hash_one((pid, now)));
        Self {
            presence: Some(Presence::of(&lease)),
            lease,
            host,
            pid,
            boot: text("/proc/sys/kernel/random/boot_id"),
            namespace: namespace(),
            started: started(pid),
            slurm_job: variable("SLURM_JOB_ID"),
            slurm_task: variable("SLURM_ARRAY_TASK_ID"),
            pod: variable("POD_NAME"),
        }
    }

    /// Returns the lease of the `count`-th trial that this handle starts, as JSON.
    pub(crate) fn lease_json(&self, count: u64) -> String {
        let leased = Self { lease: format!("{}-{count}", self.lease), ..self.clone() };
        serde_json::to_string(&leased).unwrap_or_default()
    }

    /// Returns the text that all leases of this handle contain.
    #[cfg(feature = "postgres")]
    pub(crate) fn token(&self) -> &str {
        &self.lease
    }

    /// Returns whether the lease that `other` holds is one of this handle.
    pub(crate) fn gave(&self, other: &Self) -> bool {
        other.handle() == self.lease
    }

    /// Returns the token of the handle, without the number of a lease.
    fn handle(&self) -> &str {
        self.lease.split('-').next().unwrap_or_default()
    }

    /// Returns the host, the process id and the place in a cluster, for people.
    pub(crate) fn shown(&self) -> String {
        let places =
            [("SLURM_JOB_ID", &self.slurm_job), ("SLURM_ARRAY_TASK_ID", &self.slurm_task), ("POD_NAME", &self.pod)];
        let known = places.into_iter().filter_map(|(name, value)| Some(format!(" {name}={}", value.as_ref()?)));
        format!("{}:{}{}", self.host, self.pid, known.collect::<String>())
    }

    /// Describes the process that holds a lease, for people; a trial without a lease is that of another program.
    pub(crate) fn named(lease: Option<&str>) -> String {
        lease
            .and_then(|lease| HeldLease::of(lease.to_owned()).owner)
            .map_or_else(|| "another program".to_owned(), |worker| worker.shown())
    }

    /// Returns whether `other` is alive; `None` if only its heartbeat can tell, since it runs on another machine.
    fn knows(&self, other: &Self, processes: &Processes) -> Option<bool> {
        let is_here = other.boot.is_some() && (&other.boot, &other.namespace) == (&self.boot, &self.namespace);
        // A handle of this process may have been dropped before it could requeue its trials.
        let is_gone = || {
            (other.pid, other.started) == (self.pid, self.started)
                && !PRESENT.lock().unwrap_or_else(PoisonError::into_inner).contains(other.handle())
        };
        is_here.then(|| other.started.is_some() && processes.started(other.pid) == other.started && !is_gone())
    }

    /// Returns whether the process that runs a trial has died. On this machine, its entry in the system decides; elsewhere, the
    /// `age` of its last heartbeat, which must exceed `grace`. Trials of other programs have no `lease`. A process without a
    /// heartbeat counts as alive.
    pub(crate) fn sees_dead(&self, lease: Option<&str>, age: Option<Duration>, grace: Duration) -> bool {
        let held = lease.map(|lease| HeldLease::of(lease.to_owned()));
        self.sees_holder_dead(held.as_ref(), age, grace, &Processes::default())
    }

    /// Decides as [`sees_dead`](Self::sees_dead) does, for one of many leases.
    pub(crate) fn sees_holder_dead(
        &self,
        lease: Option<&HeldLease>,
        age: Option<Duration>,
        grace: Duration,
        processes: &Processes,
    ) -> bool {
        match lease.and_then(|lease| self.knows(lease.owner.as_ref()?, processes)) {
            Some(is_alive) => !is_alive,
            None => age.is_some_and(|age| age > grace),
        }
    }
}

/// A lease as it was read.
#[derive(Clone, Debug)]
pub(crate) struct HeldLease {
    pub(crate) json: String,
    /// The process that holds it; `None` for one of another program.
    pub(crate) owner: Option<Worker>,
}

impl HeldLease {
    pub(crate) fn of(json: String) -> Self {
        Self { owner: serde_json::from_str(&json).ok(), json }
    }
}

/// The processes of this machine at one moment, each looked at once: one that runs a thousand trials is one of them.
#[derive(Debug, Default)]
pub(crate) struct Processes(RefCell<HashMap<u32, Option<u64>>>);

impl Processes {
    /// Returns the start of a process; `None` if it has ended.
    fn started(&self, pid: u32) -> Option<u64> {
        *self.0.borrow_mut().entry(pid).or_insert_with(|| started(pid))
    }
}

fn namespace() -> Option<String> {
    Some(fs::read_link("/proc/self/ns/pid").ok()?.to_str()?.to_owned())
}

/// Returns the start of a process: the 22nd field of `/proc/pid/stat`, after a name that may contain any character. `None` for
/// a zombie.
fn started(pid: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace();
    let state = fields.next()?;
    (!matches!(state, "Z" | "X")).then(|| fields.nth(18)?.parse().ok())?
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    const GRACE: Duration = Duration::from_mins(2);
    const LONG: Option<Duration> = Some(Duration::from_secs(121));

    #[test]
    fn a_process_of_this_machine_is_dead_as_soon_as_it_is() {
        let this = Worker::this();
        let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        let other = Worker { pid: child.id(), started: started(child.id()), ..Worker::this() };
        let lease = other.lease_json(3);
        assert!(!this.sees_dead(Some(&lease), LONG, GRACE));
        drop(child.stdin.take());
        child.wait().unwrap();
        assert!(this.sees_dead(Some(&lease), Some(Duration::ZERO), GRACE));
    }

    #[test]
    fn a_process_id_that_is_used_again_is_another_process() {
        let this = Worker::this();
        let earlier = Worker { started: this.started.map(|ticks| ticks - 1), ..this.clone() };
        assert!(!this.sees_dead(Some(&this.lease_json(0)), None, GRACE));
        assert!(this.sees_dead(Some(&earlier.lease_json(0)), None, GRACE));
    }

    #[test]
    fn a_handle_of_this_process_is_dead_once_it_is_gone() {
        let (this, other) = (Worker::this(), Worker::this());
        let (lease, copy) = (other.lease_json(1), other.clone());
        drop(other);
        assert!(!this.sees_dead(Some(&lease), LONG, GRACE));
        drop(copy);
        assert!(this.sees_dead(Some(&lease), None, GRACE));
    }

    #[test]
    fn elsewhere_only_the_heartbeat_tells() {
        let this = Worker::this();
        let containers = Worker { namespace: Some("pid:[1]".into()), started: Some(1), ..this.clone() };
        let machines = Worker { boot: Some("another".into()), started: Some(1), ..this.clone() };
        for lease in [Some(containers.lease_json(0)), Some(machines.lease_json(0)), None] {
            assert!(!this.sees_dead(lease.as_deref(), Some(GRACE), GRACE));
            assert!(this.sees_dead(lease.as_deref(), LONG, GRACE));
            assert!(!this.sees_dead(lease.as_deref(), None, GRACE));
        }
    }

    #[test]
    fn handles_know_their_own_leases() {
        let (this, other) = (Worker::this(), Worker::this());
        let leased = |worker: &Worker| HeldLease::of(worker.lease_json(7)).owner.unwrap();
        assert!(this.gave(&leased(&this)));
        assert!(!this.gave(&leased(&other)));
        assert_ne!(this.lease_json(1), this.lease_json(2));
    }

    #[test]
    fn people_are_shown_the_job_too() {
        let alone = Worker { slurm_job: None, slurm_task: None, pod: None, ..Worker::this() };
        let place = format!("{}:{}", alone.host, process::id());
        assert_eq!(alone.shown(), place);
        let task = Worker { slurm_job: Some("71".into()), slurm_task: Some("3".into()), ..alone.clone() };
        assert_eq!(task.shown(), format!("{place} SLURM_JOB_ID=71 SLURM_ARRAY_TASK_ID=3"));
        let pod = Worker { pod: Some("sweep-x7".into()), ..alone };
        assert_eq!(pod.shown(), format!("{place} POD_NAME=sweep-x7"));
    }

    /// Without them, a process of another container would be looked for by its id in this one, and its trials run twice.
    #[test]
    fn a_lease_names_the_machine_and_the_container() {
        let owner = HeldLease::of(Worker::this().lease_json(0)).owner.unwrap();
        assert!(owner.boot.is_some_and(|boot| !boot.is_empty()) && owner.started.is_some());
        assert!(owner.namespace.is_some_and(|namespace| namespace.starts_with("pid:[")));
    }
}
