//! What a study keeps, how it is begun, and what its errors say.

use std::collections::BTreeSet;
use std::time::Duration;

use hyperopt_core::study::{Commit, Store, TellResult};
use hyperopt_core::{Goal, Outcome, State};
use hyperopt_store::Study;

use crate::database::{address, all_complete, client, database, opened, states};
use crate::support::{close, finished, opening};
use crate::worker::Worker;

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
    let pruned = close(&left, Outcome::pruned().with_metrics([("accuracy", 0.5)]));
    assert_eq!(first.tell(&pruned), TellResult::Kept);
    let mut failed = first.ask(5).unwrap();
    let reason = Some("no \u{0} luck \u{1f340}".into());
    failed.trial.close(Outcome::restored(State::Failed, [f64::NAN], reason), Duration::from_nanos(123_456_789));
    assert_eq!(first.tell(&failed), TellResult::Kept);
    first.study.close(true).unwrap();

    let mut study = Study::open(&address(&url)).unwrap().name("test");
    let found = study.open(&opening(1, false)).unwrap();
    assert_eq!((found.seed, found.has_budgets, found.goals), (Some(7), Some(false), vec![Goal::Minimize]));
    assert_eq!(found.space.unwrap().len(), 6);
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

/// A directory of states knows its study by it.
#[test]
fn a_study_is_in_one_place_whatever_its_address() {
    let Some(url) = database("place") else { return };
    let place = |url: &str| {
        let mut study = Study::open(url).unwrap().name("test");
        assert_eq!(study.place(), None, "it is not open");
        study.open(&opening(1, false)).unwrap();
        study.place().expect("a place")
    };
    let (other, joined) = (database("place_2").unwrap(), if url.contains('?') { '&' } else { '?' });
    assert_eq!(place(&url), place(&format!("{url}{joined}application_name=other")));
    assert_ne!(place(&url), place(&other));
}

#[test]
fn the_tables_are_those_of_optuna() {
    let Some(url) = database("tables") else { return };
    drop(opened(&url, |study| study));
    let sql = include_str!("catalogue.sql");
    let rows = client(&url).query(sql, &[]).unwrap();
    let found: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let expected: Vec<_> = include_str!("optuna-5.0.0.txt").lines().collect();
    assert_eq!(found, expected);
    let versions =
        client(&url).query_one("SELECT version_num::text, schema_version FROM alembic_version, version_info", &[]);
    let versions = versions.unwrap();
    assert_eq!((versions.get::<_, &str>(0), versions.get::<_, i32>(1)), ("v3.2.0.a", 12));
}

#[test]
fn many_create_the_tables_and_the_study_at_once() {
    let Some(url) = database("at_once") else { return };
    std::thread::scope(|scope| {
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
    let told = std::thread::scope(|scope| {
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
    assert_eq!(first.tell(&finished(&left, 1.0)), TellResult::Dropped);
    assert_eq!(second.lock().waiting, [0]);
    second.study.unlock(Commit::Nothing, &[]).unwrap();
    let taken = second.ask(1).unwrap();
    assert_eq!(taken.trial.point(), left.trial.point());
    assert_eq!(first.ask(1), None);
    assert_eq!(second.tell(&finished(&taken, 2.0)), TellResult::Kept);
    assert_eq!(first.lock().records.len(), 1);
    assert_eq!(first.records[0].trial.values(), [2.0]);
}

#[test]
fn faults_say_what_to_do() {
    let Some(url) = database("faults") else { return };
    let message = |url: &str| Study::open(&address(url)).unwrap().open(&opening(1, false)).unwrap_err().to_string();
    let denied = message(&url.replace("secret-of-tests", "guessed"));
    assert!(denied.contains("authentication failed") && denied.contains("PGPASSWORD"), "{denied}");
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

#[test]
fn queued_points_outside_of_the_space_are_closed_for_all_programs() {
    let Some(url) = database("refused") else { return };
    let mut first = Worker::new(opened(&url, |study| study));
    let queue = |number: i32, fixed: &str| {
        let sql = "WITH t AS (INSERT INTO trials (number, study_id, state) \
                   SELECT $1, study_id, 'WAITING'::trialstate FROM studies RETURNING trial_id) \
                   INSERT INTO trial_system_attributes (trial_id, key, value_json) SELECT trial_id, 'fixed_params', $2 FROM t";
        client(&url).execute(sql, &[&number, &fixed]).unwrap();
    };
    first.run(1);
    queue(1, r#"{"n": 99}"#);
    queue(2, r#"{"n": 5}"#);
    queue(3, r#"{"x": "half"}"#);
    let changes = first.lock();
    assert_eq!((changes.records.len(), changes.waiting.as_slice()), (3, &[2][..]));
    first.study.unlock(Commit::Nothing, &[]).unwrap();
    let expected = [(0, "COMPLETE"), (1, "FAIL"), (2, "WAITING"), (3, "FAIL")];
    assert_eq!(states(&url), expected.map(|(number, state)| (number, state.to_owned())));
    let sql = "SELECT value_json FROM trial_user_attributes WHERE key = 'error' ORDER BY trial_id LIMIT 1";
    let error: String = client(&url).query_one(sql, &[]).unwrap().get(0);
    assert_eq!(error, r#""parameter `n`: 99 is not within 1..=8""#);
    assert_eq!(first.run(5), [2, 4]);
    let mut second = Worker::new(opened(&url, |study| study));
    second.lock();
    assert_eq!(second.records.iter().map(|record| record.trial.state()).filter(|s| *s == State::Failed).count(), 2);
    second.study.unlock(Commit::Nothing, &[]).unwrap();
}
