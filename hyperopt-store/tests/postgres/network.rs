//! Networks that lose an answer, or fall silent.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use hyperopt_core::study::{Commit, Store, TellResult, Unlocked};
use hyperopt_store::Study;

use crate::database::{all_complete, client, database, opened, states};
use crate::support::{finished, running};
use crate::worker::Worker;

/// Stands between a client and the server, and can lose what the server says, with the connection.
struct Proxy {
    url: String,
    /// After how many answers one is lost; 0 for never.
    lose: Arc<AtomicUsize>,
    /// Whether nothing that the server says comes through, on connections that stay.
    holds: Arc<AtomicBool>,
}

impl Proxy {
    fn new(url: &str) -> Self {
        let (user, rest) = url.split_once('@').unwrap();
        let (server, database) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("{user}@{}/{database}", listener.local_addr().unwrap());
        let (server, lose) = (server.to_owned(), Arc::<AtomicUsize>::default());
        let (losing, holds) = (Arc::clone(&lose), Arc::<AtomicBool>::default());
        let held = Arc::clone(&holds);
        // Ends with the process of the tests.
        thread::spawn(move || {
            for client in listener.incoming() {
                let (mut from, mut to) = (client.unwrap(), TcpStream::connect(&server).unwrap());
                let (mut back, mut answers) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                let (losing, holding) = (Arc::clone(&losing), Arc::clone(&held));
                thread::spawn(move || std::io::copy(&mut from, &mut to).and_then(|_| to.shutdown(Shutdown::Both)));
                thread::spawn(move || {
                    let mut buffer = vec![0; 1 << 16];
                    while let Ok(read @ 1..) = answers.read(&mut buffer) {
                        if holding.load(Ordering::SeqCst) {
                            continue;
                        }
                        let left = losing.load(Ordering::SeqCst);
                        losing.store(left.saturating_sub(1), Ordering::SeqCst);
                        if left == 1 || back.write_all(&buffer[..read]).is_err() {
                            break;
                        }
                    }
                    while holding.load(Ordering::SeqCst) {
                        thread::sleep(Duration::from_millis(10));
                    }
                    let _ = back.shutdown(Shutdown::Both);
                });
            }
        });
        Self { url, lose, holds }
    }

    fn lose(&self, after: usize) {
        self.lose.store(after, Ordering::SeqCst);
    }

    fn has_lost(&self) -> bool {
        self.lose.load(Ordering::SeqCst) == 0
    }
}

/// The network takes everything and gives nothing back, and no connection ends.
#[test]
fn a_server_that_does_not_answer_is_not_waited_for_in_vain() {
    let Some(url) = database("silent") else { return };
    let proxy = Proxy::new(&url);
    let second = Duration::from_secs(1);
    // Its lock is let go of after four heartbeats.
    let settings = |study: Study| study.heartbeat(second).grace(second).patience(second);
    let mut worker = Worker::new(opened(&proxy.url, settings));
    worker.run(2);
    proxy.holds.store(true, Ordering::SeqCst);
    let begun = Instant::now();
    let error = worker.study.lock().unwrap_err().to_string();
    assert!(error.contains("nothing comes"), "{error}");
    assert!(worker.study.lock().is_err());
    drop(worker);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    // Nothing that was finished is lost, and others go on.
    Worker::new(opened(&url, |study| study)).run(4);
    all_complete(&url, 4);
}

#[test]
fn an_outcome_whose_answer_is_lost_is_kept_once() {
    let Some(url) = database("answer") else { return };
    let proxy = Proxy::new(&url);
    let mut worker = Worker::new(opened(&proxy.url, |study| study));
    worker.run(1);
    let record = worker.ask(2).unwrap();
    proxy.lose(1);
    assert_eq!(worker.tell(&finished(&record, 1.0)), TellResult::Kept);
    assert!(proxy.has_lost());
    // Lost, and meanwhile put back and told by another one.
    let record = worker.ask(3).unwrap();
    client(&url).batch_execute("UPDATE trials SET state = 'WAITING' WHERE number = 2").unwrap();
    let mut other = Worker::new(opened(&url, |study| study));
    assert_eq!(other.run(3), [2]);
    proxy.lose(1);
    assert_eq!(worker.tell(&finished(&record, -1.0)), TellResult::Dropped);
    assert!(proxy.has_lost());
    assert_eq!(worker.lock().records[0].trial.values(), [2.0]);
    worker.study.unlock(Commit::Nothing, &[]).unwrap();
    all_complete(&url, 3);
}

#[test]
fn a_start_whose_answer_is_lost_is_found_again() {
    let Some(url) = database("start") else { return };
    let proxy = Proxy::new(&url);
    let mut worker = Worker::new(opened(&proxy.url, |study| study));
    worker.run(1);
    // That of the rows comes first, then that of the commit.
    worker.lock();
    proxy.lose(2);
    let record = running(1);
    assert_eq!(worker.study.unlock(Commit::Start(&record), &[]).unwrap(), Unlocked::Done);
    assert!(proxy.has_lost());
    worker.records.push(record.clone());
    assert_eq!(worker.tell(&finished(&record, 1.0)), TellResult::Kept);
    // Its statements are prepared again.
    assert_eq!(worker.run(3), [2]);
    worker.lock();
    proxy.lose(1);
    assert_eq!(worker.study.unlock(Commit::Start(&running(3)), &[]).unwrap(), Unlocked::Lost);
    assert!(proxy.has_lost());
    assert_eq!(states(&url).len(), 3);
    assert_eq!(worker.run(5), [3, 4]);
    all_complete(&url, 5);
}
