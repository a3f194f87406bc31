//! Poolers that lend the sessions of a server for single transactions, as managed servers have before them. `server pooled`
//! runs the other tests through one too.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use hyperopt_core::study::{Commit, Store};
use hyperopt_store::Study;

use crate::database::{all_complete, client, opened};
use crate::worker::Worker;

/// A server of a test alone, with a pooler before it.
struct Pooled {
    folder: PathBuf,
    /// The address of the server itself.
    server: String,
    /// The address of the pooler.
    pooler: String,
}

impl Pooled {
    /// `None` without a server or a pooler.
    fn start(name: &str, settings: &[&str]) -> Option<Self> {
        if std::env::var_os("HYPEROPT_TEST_POOLER").is_none() {
            eprintln!("left out: HYPEROPT_TEST_POOLER names no pooler");
            return None;
        }
        let folder = std::env::temp_dir().join(format!("hyperopt-pooler-{name}-{}", std::process::id()));
        let mut pooled = Self { folder, server: String::new(), pooler: String::new() };
        pooled.server = pooled.run("start", &[]);
        let place = pooled.run("pool", settings);
        let (user, _) = pooled.server.rsplit_once('@').unwrap();
        pooled.pooler = format!("{user}@{place}/hyperopt");
        Some(pooled)
    }

    fn run(&self, what: &str, more: &[&str]) -> String {
        let server = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/postgres/server");
        let output = Command::new(server).arg(what).arg(&self.folder).args(more).output().unwrap();
        assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

impl Drop for Pooled {
    fn drop(&mut self) {
        self.run("stop", &[]);
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Many workers on a few sessions.
fn share(pooled: &Pooled) {
    let told = thread::scope(|scope| {
        let work = || Worker::new(opened(&pooled.pooler, |study| study)).run(200);
        let workers: Vec<_> = (0..12).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(told.len(), 200);
    assert_eq!(told.into_iter().collect::<BTreeSet<_>>().len(), 200);
    all_complete(&pooled.server, 200);
    let sweep = Study::open(&pooled.pooler).unwrap().name("test").read().unwrap();
    assert_eq!(sweep.history().len(), 200);
}

#[test]
fn workers_share_the_sessions_of_a_pooler() {
    let Some(pooled) = Pooled::start("refuses", &[]) else { return };
    share(&pooled);
    // The settings hold for a transaction: a lock is waited for as long as was said,
    let mut held = opened(&pooled.pooler, |study| study);
    held.lock().unwrap();
    let mut hasty = opened(&pooled.pooler, |study| study.patience(Duration::from_millis(100)));
    let Err(locked) = hasty.lock() else { panic!("there is no lock") };
    let locked = locked.to_string();
    assert!(locked.contains("lock timeout") && locked.contains("look for one that hangs"), "{locked}");
    held.unlock(Commit::Nothing, &[]).unwrap();
    // and a process that stops within it loses it.
    let brief = Duration::from_millis(100);
    let mut stopped = opened(&pooled.pooler, |study| study.heartbeat(brief).grace(brief));
    stopped.lock().unwrap();
    held.lock().unwrap();
    held.unlock(Commit::Nothing, &[]).unwrap();
    let (place, _) = pooled.pooler.rsplit_once('/').unwrap();
    let missing = Study::open(&format!("{place}/no_such")).unwrap().list().unwrap_err().to_string();
    assert!(missing.contains("no_such") && missing.contains("make it with `createdb`"), "{missing}");
    let denied =
        Study::open(&pooled.pooler.replace("secret-of-tests", "guessed")).unwrap().list().unwrap_err().to_string();
    assert!(denied.contains("check the user and the password") && !denied.contains("guessed"), "{denied}");
}

/// It drops the settings of a session in silence, as several do, and has one session for all.
#[test]
fn a_pooler_that_ignores_settings_is_recognised() {
    let ignored = "ignore_startup_parameters = options,extra_float_digits";
    let Some(pooled) = Pooled::start("ignores", &[ignored, "default_pool_size = 1"]) else { return };
    share(&pooled);
}

#[test]
fn a_full_pooler_is_waited_for() {
    let Some(pooled) = Pooled::start("full", &["max_client_conn = 3"]) else { return };
    let url = pooled.pooler.clone();
    drop(opened(&url, |study| study));
    let taken: Vec<_> = (0..3).map(|_| client(&url)).collect();
    let hasty = Study::open(&url).unwrap().patience(Duration::from_millis(200)).list().unwrap_err().to_string();
    assert!(hasty.contains("no more connections allowed") && hasty.contains("raise `max_client_conn`"), "{hasty}");
    let waiting = thread::spawn(move || Study::open(&url).unwrap().name("test").list().map(|found| found.len()));
    thread::sleep(Duration::from_millis(200));
    drop(taken);
    assert_eq!(waiting.join().unwrap().unwrap(), 1);
}
