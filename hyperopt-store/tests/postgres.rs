//! Studies on a `PostgreSQL` server, whose address is in `HYPEROPT_TEST_POSTGRES`: `tests/postgres/server with cargo test …`
//! starts one. Without it, these tests say that they are left out.

#![cfg(feature = "postgres")]

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use hyperopt_core::study::{Changes, Commit, Opening, Record, Store, TellResult, Unlocked};
use hyperopt_core::{Candidates, Goal, Outcome, Point, Space, State, Trial};
use hyperopt_store::Study;
use postgres::{Client, NoTls};

/// A database of its own on the server; `None` without a server.
fn database(name: &str) -> Option<String> {
    let Ok(url) = std::env::var("HYPEROPT_TEST_POSTGRES") else {
        eprintln!("left out: HYPEROPT_TEST_POSTGRES names no server");
        return None;
    };
    let mut client = Client::connect(&url, NoTls).unwrap();
    client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).unwrap();
    client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    let (server, _) = url.rsplit_once('/').unwrap();
    Some(format!("{server}/{name}"))
}

fn client(url: &str) -> Client {
    Client::connect(url, NoTls).unwrap()
}

const AXES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

fn opening(has_budgets: bool) -> Opening {
    let axes = AXES.map(|name| (0.0..=1.0).dimension().axis(name, name, &[]).unwrap());
    Opening::new(Space::try_from(axes.to_vec()).unwrap(), vec![Goal::Minimize], 7, "RandomSampler".into(), has_budgets)
}

fn opened(url: &str, settings: impl Fn(Study) -> Study) -> Study {
    let mut study = settings(Study::open(url).unwrap().name("test").patience(Duration::from_secs(30)));
    study.open(&opening(false)).unwrap();
    study
}

fn point(number: usize) -> Point {
    (0..8).map(|axis| f64::from(axis) / 8.0 + number as f64 * 1e-6).collect()
}

fn running(number: usize) -> Record {
    Record::new(Trial::running(number, number, None, point(number)))
}

fn closed(started: &Record, outcome: Outcome) -> Record {
    let mut record = started.clone();
    record.trial.close(outcome, Duration::from_millis(1500));
    record
}

fn complete(started: &Record, value: f64) -> Record {
    closed(started, Outcome::value(value).with_metrics([("accuracy", 0.5)]))
}

/// What the engine does with a store, without its samplers: how many trials there are, which of them wait.
struct Worker {
    study: Study,
    records: Vec<Record>,
}

impl Worker {
    fn new(study: Study) -> Self {
        Self { study, records: Vec::new() }
    }

    fn lock(&mut self) -> Changes {
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

    /// The next trial, unless there are `total`.
    fn ask(&mut self, total: usize) -> Option<Record> {
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
            let record = running(self.records.len());
            if self.study.unlock(Commit::Start(&record), &[]).unwrap() == Unlocked::Done {
                self.records.push(record.clone());
                return Some(record);
            }
        }
    }

    fn tell(&mut self, record: &Record) -> TellResult {
        let told = self.study.tell(record, true).unwrap();
        if told == TellResult::Kept {
            self.records[record.trial.number()] = record.clone();
        }
        told
    }

    /// Runs trials until there are `total`; the numbers of those that were kept.
    fn run(&mut self, total: usize) -> Vec<usize> {
        let mut told = Vec::new();
        while let Some(record) = self.ask(total) {
            if self.tell(&complete(&record, record.trial.number() as f64)) == TellResult::Kept {
                told.push(record.trial.number());
            }
        }
        told
    }
}

fn states(url: &str) -> Vec<(i32, String)> {
    let rows = client(url).query("SELECT number, state::text FROM trials ORDER BY trial_id", &[]).unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

fn all_complete(url: &str, total: usize) {
    let expected: Vec<_> = (0..total).map(|number| (number as i32, "COMPLETE".to_owned())).collect();
    assert_eq!(states(url), expected);
}

#[test]
fn a_study_goes_on_as_it_was_left() {
    let Some(url) = database("goes_on") else { return };
    let mut first = Worker::new(opened(&url, |study| study));
    first.run(3);
    let mut left = first.ask(4).unwrap();
    for (step, value) in [(1, 0.25), (7, f64::NAN), (9, f64::INFINITY)] {
        left.trial.report(step, value);
        first.study.report(3, step, value).unwrap();
    }
    let pruned = closed(&left, Outcome::pruned().with_metrics([("accuracy", 0.5)]));
    assert_eq!(first.tell(&pruned), TellResult::Kept);
    let mut failed = first.ask(5).unwrap();
    let reason = Some("no \u{0} luck \u{1f340}".into());
    failed.trial.close(Outcome::restored(State::Failed, [f64::NAN], reason), Duration::from_nanos(123_456_789));
    assert_eq!(first.tell(&failed), TellResult::Kept);
    first.study.close(true).unwrap();

    let mut study = Study::open(&url).unwrap().name("test");
    let found = study.open(&opening(false)).unwrap();
    assert_eq!((found.seed, found.has_budgets, found.goals), (Some(7), Some(false), vec![Goal::Minimize]));
    assert_eq!(found.space.unwrap().len(), 8);
    let mut second = Worker::new(study);
    let changes = second.lock();
    assert_eq!(format!("{:?}", changes.records), format!("{:?}", first.records));
    assert!(changes.waiting.is_empty());
    second.study.unlock(Commit::Nothing, &[]).unwrap();
    assert_eq!(second.run(7), [5, 6]);

    let database = Study::open(&url).unwrap();
    let [summary] = &database.list().unwrap()[..] else { panic!() };
    assert_eq!((summary.name.as_str(), summary.trials, summary.complete), ("test", 7, 5));
    let missing = database.read().unwrap_err().to_string();
    assert!(missing.contains("no study `hyperopt`") && missing.contains("it holds `test`"), "{missing}");
    assert_eq!(database.name("test").read().unwrap().history().len(), 7);
}

#[test]
fn the_tables_are_those_of_optuna() {
    let Some(url) = database("tables") else { return };
    drop(opened(&url, |study| study));
    let sql = include_str!("postgres/catalogue.sql");
    let rows = client(&url).query(sql, &[]).unwrap();
    let found: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let expected: Vec<_> = include_str!("postgres/optuna-5.0.0.txt").lines().collect();
    assert_eq!(found, expected);
    let versions =
        client(&url).query_one("SELECT version_num::text, schema_version FROM alembic_version, version_info", &[]);
    let versions = versions.unwrap();
    assert_eq!((versions.get::<_, &str>(0), versions.get::<_, i32>(1)), ("v3.2.0.a", 12));
}

#[test]
fn many_create_the_tables_and_the_study_at_once() {
    let Some(url) = database("at_once") else { return };
    thread::scope(|scope| {
        for _ in 0..14 {
            scope.spawn(|| drop(opened(&url, |study| study)));
        }
    });
    assert_eq!(client(&url).query("SELECT FROM studies", &[]).unwrap().len(), 1);
    assert_eq!(client(&url).query("SELECT FROM study_directions", &[]).unwrap().len(), 1);
}

#[test]
fn many_workers_share_a_total() {
    let Some(url) = database("share") else { return };
    let told = thread::scope(|scope| {
        let workers: Vec<_> =
            (0..8).map(|_| scope.spawn(|| Worker::new(opened(&url, |study| study)).run(200))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(told.iter().filter(|told| !told.is_empty()).count() > 1, "one worker has done it all");
    let all: Vec<_> = told.concat();
    assert_eq!(all.len(), 200);
    assert_eq!(all.into_iter().collect::<BTreeSet<_>>().len(), 200);
    all_complete(&url, 200);
}

#[test]
fn what_is_put_back_is_taken_with_its_parameters() {
    let Some(url) = database("requeue") else { return };
    let mut first = Worker::new(opened(&url, |study| study));
    let mut second = Worker::new(opened(&url, |study| study));
    let left = first.ask(1).unwrap();
    first.study.requeue(0).unwrap();
    assert_eq!(first.tell(&complete(&left, 1.0)), TellResult::Dropped);
    assert_eq!(second.lock().waiting, [0]);
    second.study.unlock(Commit::Nothing, &[]).unwrap();
    let taken = second.ask(1).unwrap();
    assert_eq!(taken.trial.point(), left.trial.point());
    assert_eq!(first.ask(1), None);
    assert_eq!(second.tell(&complete(&taken, 2.0)), TellResult::Kept);
    assert_eq!(first.lock().records.len(), 1);
    assert_eq!(first.records[0].trial.values(), [2.0]);
}

/// Ends the sessions of all other clients of the database.
fn terminate(url: &str) -> usize {
    let sql = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    client(url).query(sql, &[]).unwrap().len()
}

#[test]
fn a_session_may_be_ended_at_any_point() {
    let Some(url) = database("ended") else { return };
    let mut worker = Worker::new(opened(&url, |study| study));
    // Before the lock.
    assert_eq!(terminate(&url), 1);
    let first = worker.ask(4).unwrap();
    assert_eq!(first.trial.number(), 0);
    // Within the lock.
    worker.lock();
    assert_eq!(terminate(&url), 1);
    let lost = running(1);
    assert_eq!(worker.study.unlock(Commit::Start(&lost), &[]).unwrap(), Unlocked::Lost);
    assert_eq!(states(&url).len(), 1);
    let second = worker.ask(4).unwrap();
    assert_eq!(second.trial.number(), 1);
    // Before telling and reporting.
    assert_eq!(terminate(&url), 1);
    worker.study.report(0, 1, 0.5).unwrap();
    assert_eq!(worker.tell(&complete(&first, 1.0)), TellResult::Kept);
    assert_eq!(terminate(&url), 1);
    worker.study.requeue(1).unwrap();
    assert_eq!(worker.run(4), [1, 2, 3]);
    all_complete(&url, 4);
    // Before closing.
    assert_eq!(terminate(&url), 1);
    worker.study.close(true).unwrap();
}

#[test]
fn sessions_that_end_all_the_time_lose_nothing() {
    let Some(url) = database("all_the_time") else { return };
    let told = thread::scope(|scope| {
        let workers: Vec<_> =
            (0..3).map(|_| scope.spawn(|| Worker::new(opened(&url, |study| study)).run(1000))).collect();
        let mut ended = 0;
        while !workers.iter().all(thread::ScopedJoinHandle::is_finished) {
            ended += terminate(&url);
            thread::sleep(Duration::from_millis(10));
        }
        assert!(ended > 10, "only {ended} sessions were ended");
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(told.len(), 1000);
    assert_eq!(told.into_iter().collect::<BTreeSet<_>>().len(), 1000);
    all_complete(&url, 1000);
}

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
    assert_eq!(worker.tell(&complete(&record, 1.0)), TellResult::Kept);
    assert!(proxy.has_lost());
    // Lost, and meanwhile put back and told by another one.
    let record = worker.ask(3).unwrap();
    client(&url).batch_execute("UPDATE trials SET state = 'WAITING' WHERE number = 2").unwrap();
    let mut other = Worker::new(opened(&url, |study| study));
    assert_eq!(other.run(3), [2]);
    proxy.lose(1);
    assert_eq!(worker.tell(&complete(&record, -1.0)), TellResult::Dropped);
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
    assert_eq!(worker.tell(&complete(&record, 1.0)), TellResult::Kept);
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

#[test]
fn a_server_that_is_stopped_is_waited_for() {
    let server = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/postgres/server");
    if std::env::var_os("HYPEROPT_TEST_POSTGRES").is_none() {
        eprintln!("left out: HYPEROPT_TEST_POSTGRES names no server");
        return;
    }
    let folder = std::env::temp_dir().join(format!("hyperopt-postgres-{}", std::process::id()));
    let run = |what: &str| {
        let output = Command::new(server).arg(what).arg(&folder).output().unwrap();
        assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let url = run("start");
    let mut worker = Worker::new(opened(&url, |study| study));
    let told = thread::scope(|scope| {
        let (runner, url) = (&run, &url);
        let working = scope.spawn(|| worker.run(300));
        for what in ["stop", "crash"] {
            let reached = if what == "stop" { 20 } else { 120 };
            wait_for(url, &format!("SELECT FROM trials WHERE number = {reached} AND state = 'COMPLETE'"));
            runner(what);
            thread::sleep(Duration::from_millis(300));
            runner("start");
        }
        working.join().unwrap()
    });
    assert_eq!(told, (0..300).collect::<Vec<_>>());
    all_complete(&url, 300);
    // Without patience, and without the password.
    let mut hasty = opened(&url, |study| study.patience(Duration::from_millis(200)));
    run("stop");
    let message = hasty.lock().unwrap_err().to_string();
    let refused = Study::open(&url).unwrap().open(&opening(false)).unwrap_err().to_string();
    std::fs::remove_dir_all(&folder).unwrap();
    for message in [message, refused] {
        assert!(message.contains("refused") && message.contains("hyperopt:…@127.0.0.1"), "{message}");
        assert!(!message.contains("secret-of-tests"), "{message}");
    }
}

#[test]
fn faults_say_what_to_do() {
    let Some(url) = database("faults") else { return };
    let message = |url: &str| Study::open(url).unwrap().open(&opening(false)).unwrap_err().to_string();
    let denied = message(&url.replace("secret-of-tests", "guessed"));
    assert!(denied.contains("password authentication failed") && denied.contains("PGPASSWORD"), "{denied}");
    assert!(!denied.contains("guessed"), "{denied}");
    let missing = message(&url.replace("/faults", "/no_such"));
    assert!(missing.contains("\"no_such\" does not exist; make it with `createdb`"), "{missing}");
    drop(opened(&url, |study| study));
    client(&url).batch_execute("UPDATE alembic_version SET version_num = 'v2.6.0.a'").unwrap();
    assert!(message(&url).contains("revision v2.6.0.a"));
    client(&url).batch_execute("UPDATE alembic_version SET version_num = 'v3.2.0.a'").unwrap();
    let mut held = opened(&url, |study| study);
    held.lock().unwrap();
    let mut waiting = opened(&url, |study| study.patience(Duration::from_millis(100)));
    let locked = waiting.lock().unwrap_err().to_string();
    assert!(locked.contains("lock timeout") && locked.contains("look for one that hangs"), "{locked}");
    held.unlock(Commit::Nothing, &[]).unwrap();
    waiting.lock().unwrap();
}

/// Another process that runs [`child`] in this very program, until its standard input ends.
fn spawn(url: &str, total: usize) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture", "--test-threads=1"]);
    command.env("HYPEROPT_CHILD", url).env("TOTAL", total.to_string());
    command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap()
}

/// Not a test of its own: the body of the other processes. The last trial is left running.
#[test]
fn child() {
    let Ok(url) = std::env::var("HYPEROPT_CHILD") else { return };
    let total: usize = std::env::var("TOTAL").unwrap().parse().unwrap();
    let mut worker = Worker::new(opened(&url, |study| study));
    while let Some(record) = worker.ask(total) {
        if record.trial.number() + 1 == total {
            let _ = std::io::stdin().read(&mut [0]);
        }
        worker.tell(&complete(&record, record.trial.number() as f64));
    }
    worker.study.close(true).unwrap();
}

#[test]
fn the_trial_of_a_killed_process_is_run_again_at_once() {
    let Some(url) = database("killed") else { return };
    let mut child = spawn(&url, 3);
    wait_for(&url, "SELECT FROM trials WHERE number = 2 AND state = 'RUNNING'");
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    all_complete(&url, 3);
    let mut worker = Worker::new(opened(&url, |study| study));
    for retries in 0..5 {
        let mut child = spawn(&url, 4);
        wait_for(&url, "SELECT FROM trials WHERE number = 3 AND state IN ('RUNNING', 'FAIL')");
        child.kill().unwrap();
        child.wait().unwrap();
        let changes = worker.lock();
        worker.study.unlock(Commit::Nothing, &[]).unwrap();
        assert_eq!(changes.waiting.len(), usize::from(retries < 3), "{retries}");
        if retries >= 3 {
            break;
        }
    }
    let reason = worker.records[3].trial.reason();
    assert_eq!(reason, Some("given up after 3 retries: its process died each time"));
    assert_eq!(states(&url)[3], (3, "FAIL".to_owned()));
    assert_eq!(worker.run(6), [4, 5]);
}

#[test]
fn processes_that_die_lose_no_trial() {
    let Some(url) = database("die") else { return };
    let mut children: Vec<_> = (0..4).map(|_| spawn(&url, 400)).collect();
    for reached in [40, 80, 120] {
        wait_for(&url, &format!("SELECT FROM trials WHERE number = {reached}"));
        let mut child = children.pop().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }
    drop(children[0].stdin.take());
    assert!(children[0].wait().unwrap().success());
    Worker::new(opened(&url, |study| study)).run(400);
    all_complete(&url, 400);
}

/// Makes the running trial that of a process on another machine, whose last heartbeat is `age` seconds old.
fn move_elsewhere(url: &str, age: u32) {
    let moved = "UPDATE trial_system_attributes SET value_json = (value_json::jsonb || '{\"boot\": \"another\"}')::text \
                 WHERE key = 'hyperopt:worker'";
    let beaten = format!("UPDATE trial_heartbeats SET heartbeat = now() - interval '{age} seconds'");
    client(url).batch_execute(&format!("{moved}; {beaten}")).unwrap();
}

#[test]
fn a_process_elsewhere_is_dead_when_it_has_been_silent_for_too_long() {
    let Some(url) = database("elsewhere") else { return };
    let mut silent = Worker::new(opened(&url, |study| study));
    let record = silent.ask(1).unwrap();
    let mut worker = Worker::new(opened(&url, |study| study));
    let mut look = |age| {
        move_elsewhere(&url, age);
        let changes = worker.lock();
        worker.study.unlock(Commit::Nothing, &[]).unwrap();
        changes.waiting
    };
    assert_eq!(look(110), [0; 0]);
    assert_eq!(look(130), [0]);
    // It was alive after all, and is too late.
    assert_eq!(silent.tell(&complete(&record, 1.0)), TellResult::Dropped);
    assert_eq!(worker.run(1), [0]);
    assert_eq!(worker.records[0].trial.values(), [0.0]);
}

#[test]
fn a_long_trial_beats() {
    let Some(url) = database("beats") else { return };
    let mut worker = Worker::new(opened(&url, |study| study.heartbeat(Duration::from_millis(20))));
    let record = worker.ask(1).unwrap();
    client(&url).batch_execute("UPDATE trial_heartbeats SET heartbeat = '2000-01-01'").unwrap();
    wait_for(&url, "SELECT FROM trial_heartbeats WHERE now() - heartbeat < interval '5 seconds'");
    // Also after its connection was lost.
    terminate(&url);
    client(&url).batch_execute("UPDATE trial_heartbeats SET heartbeat = '2000-01-01'").unwrap();
    wait_for(&url, "SELECT FROM trial_heartbeats WHERE now() - heartbeat < interval '5 seconds'");
    assert_eq!(worker.tell(&complete(&record, 1.0)), TellResult::Kept);
}

fn rung(number: usize, configuration: usize, resources: f64) -> Record {
    Record::new(Trial::running(number, configuration, Some(resources), point(configuration)))
}

fn with_budgets(url: &str) -> Study {
    let mut study = Study::open(url).unwrap().name("test");
    study.open(&opening(true)).unwrap();
    study
}

#[test]
fn the_rungs_of_a_sweep_with_budgets_go_on_in_another_process() {
    let Some(url) = database("rungs") else { return };
    let (mut first, mut second) = (with_budgets(&url), with_budgets(&url));
    let start = |study: &mut Study, record: &Record| {
        let changes = study.lock().unwrap();
        assert_eq!(study.unlock(Commit::Start(record), &[]).unwrap(), Unlocked::Done);
        changes.records
    };
    for number in 0..3 {
        let record = rung(number, number, 1.0);
        start(&mut first, &record);
        assert_eq!(first.tell(&complete(&record, number as f64), false).unwrap(), TellResult::Kept);
    }
    assert!(states(&url).iter().all(|(_, state)| state == "RUNNING"));
    assert_eq!(client(&url).query("SELECT FROM trial_heartbeats", &[]).unwrap().len(), 0);
    // A configuration is resumed by the other one, and put back by it.
    let resumed = rung(3, 0, 3.0);
    let seen = start(&mut second, &resumed);
    let seen: Vec<_> = seen.iter().map(|record| (record.trial.number(), record.trial.value())).collect();
    assert_eq!(seen, [(0, Some(0.0)), (1, Some(1.0)), (2, Some(2.0))]);
    second.requeue(3).unwrap();
    let changes = first.lock().unwrap();
    assert_eq!((changes.records, changes.waiting), (vec![resumed.clone()], vec![3]));
    assert_eq!(first.unlock(Commit::Take(&resumed), &[2]).unwrap(), Unlocked::Done);
    assert_eq!(first.tell(&complete(&resumed, -1.0), true).unwrap(), TellResult::Kept);
    let expected = [(0, "COMPLETE"), (1, "RUNNING"), (2, "PRUNED")].map(|(number, state)| (number, state.to_owned()));
    assert_eq!(states(&url), expected);
    second.lock().unwrap();
    let last = rung(4, 1, 3.0);
    assert_eq!(second.unlock(Commit::Start(&last), &[]).unwrap(), Unlocked::Done);
    first.close(true).unwrap();
    assert_eq!(states(&url)[1].1, "RUNNING", "it runs in the other process");
    second.requeue(4).unwrap();
    second.close(true).unwrap();
    assert_eq!(states(&url)[1].1, "PRUNED");
    let values = client(&url).query("SELECT value FROM trial_values ORDER BY trial_id", &[]).unwrap();
    assert_eq!(values.iter().map(|row| row.get(0)).collect::<Vec<f64>>(), [-1.0, 1.0, 2.0]);
}

fn wait_for(url: &str, sql: &str) {
    let mut client = client(url);
    for _ in 0..2000 {
        // The tables may not be there yet.
        if client.query(sql, &[]).is_ok_and(|rows| !rows.is_empty()) {
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("never: {sql}");
}

/// Trials per second, with eight parameters: `cargo test --release --features postgres --test postgres -- --ignored rate`.
#[test]
#[ignore = "a measurement"]
fn rate() {
    let Some(url) = database("rate") else { return };
    for count in [1, 4, 16] {
        let studies: Vec<_> = (0..count).map(|_| opened(&url, |study| study.name(format!("rate-{count}")))).collect();
        let (begun, total) = (Instant::now(), 1000);
        thread::scope(|scope| {
            for study in studies {
                scope.spawn(|| Worker::new(study).run(total));
            }
        });
        println!("{count} workers: {:.0} trials/s", total as f64 / begun.elapsed().as_secs_f64());
    }
}

/// A minute or more to write, on a server that does not wait for its disk.
#[test]
#[ignore = "writes 100,000 trials; minutes in release"]
fn a_study_of_many_trials_opens_at_once() {
    let Some(url) = database("hyperopt_many") else { return };
    let name = url.rsplit_once('/').unwrap().1;
    client(&url).batch_execute(&format!("ALTER DATABASE {name} SET synchronous_commit = off")).unwrap();
    let mut study = opened(&url, |study| study);
    for number in 0..100_000 {
        study.lock().unwrap();
        let started = running(number);
        study.unlock(Commit::Start(&started), &[]).unwrap();
        study.tell(&complete(&started, 0.5), true).unwrap();
    }
    study.close(true).unwrap();
    for _ in 0..3 {
        let start = Instant::now();
        let changes = opened(&url, |study| study).lock().unwrap();
        println!("opened {} trials in {:?}", changes.records.len(), start.elapsed());
        assert_eq!(changes.records.len(), 100_000);
        assert!(start.elapsed() < Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 }));
    }
}
