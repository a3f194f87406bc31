//! Studies that are listed, tried out and deleted.

use hyperopt_core::study::{Commit, Store, TellResult};
use hyperopt_store::{Study, StudyError};

use crate::database::{client, database, opened};
use crate::support::{finished, opening, running};
use crate::worker::Worker;

const TABLES: [&str; 11] = [
    "studies",
    "study_directions",
    "study_user_attributes",
    "study_system_attributes",
    "trials",
    "trial_user_attributes",
    "trial_system_attributes",
    "trial_params",
    "trial_values",
    "trial_intermediate_values",
    "trial_heartbeats",
];

fn rows(url: &str) -> Vec<i64> {
    let mut client = client(url);
    TABLES.iter().map(|table| client.query_one(&format!("SELECT count(*) FROM {table}"), &[]).unwrap().get(0)).collect()
}

#[test]
fn a_study_is_deleted_with_all_its_rows_and_no_others() {
    let Some(url) = database("deleted") else { return };
    let mut kept = Worker::new(opened(&url, |study| study.name("kept")));
    assert_eq!(kept.run(2), [0, 1]);
    kept.study.close(true).unwrap();
    let before = rows(&url);
    let mut worker = Worker::new(opened(&url, |study| study.name("wine")));
    assert_eq!(worker.run(2), [0, 1]);
    let record = worker.ask(3).unwrap();
    worker.study.report(2, 1, 0.5).unwrap();
    let study = || Study::open(&url).unwrap().name("wine");
    let list = study().list().unwrap();
    let wine = &list[1];
    assert_eq!((wine.name.as_str(), wine.trials, wine.complete, wine.running, wine.waiting), ("wine", 3, 2, 1, 0));
    assert_eq!(wine.sampler.as_deref(), Some("RandomSampler"));
    assert!(wine.started.as_deref().unwrap().len() == 19 && wine.active >= wine.started);
    // The heartbeat is written in the time zone of the session, which is not that of the other times.
    let soon = "SELECT $1::text::timestamp - $2::text::timestamp < interval '10 minutes'";
    let is_soon: bool = client(&url).query_one(soon, &[&wine.active, &wine.started]).unwrap().get(0);
    assert!(is_soon, "{wine:?}");
    let refused = study().delete().unwrap_err();
    assert!(matches!(&refused, StudyError::InUse { workers, .. } if workers.len() == 1), "{refused}");
    assert_eq!(study().list().unwrap().len(), 2);
    assert_eq!(study().workers().unwrap().len(), 1);
    assert!(matches!(study().name("beer").workers(), Err(StudyError::NoStudy { .. })));
    worker.tell(&finished(&record, 1.0));
    let mut snapshot = study().snapshot().unwrap();
    assert_eq!((snapshot.len(), snapshot.open(&opening(1, false)).unwrap().seed), (3, Some(7)));
    assert_eq!(snapshot.lock().unwrap().records.len(), 3);
    assert!(Study::open(&url).unwrap().name("new").snapshot().unwrap().is_empty());
    worker.study.close(true).unwrap();
    assert!(study().workers().unwrap().is_empty());
    assert_eq!(study().delete().unwrap().trials, 3);
    assert_eq!(rows(&url), before);
    let error = study().delete().unwrap_err();
    assert!(matches!(&error, StudyError::NoStudy { names, .. } if names == &["kept"]), "{error}");
}

#[test]
fn a_study_in_use_is_deleted_by_force() {
    let Some(url) = database("forced") else { return };
    let mut worker = Worker::new(opened(&url, |study| study));
    let record = worker.ask(1).unwrap();
    let [summary] = &Study::open(&url).unwrap().list().unwrap()[..] else { panic!() };
    let study = Study::open(&url).unwrap().name(summary.name.clone());
    assert_eq!(study.delete_forced().unwrap().workers.len(), 1);
    assert!(rows(&url).iter().all(|count| *count == 0));
    // Its outcome does not count, and it starts no other trial.
    assert_eq!(worker.tell(&finished(&record, 1.0)), TellResult::Dropped);
    let next = worker.study.lock().and_then(|_| worker.study.unlock(Commit::Start(&running(1)), &[]));
    let next = next.err().unwrap().to_string();
    assert!(next.contains("the study has been deleted"), "{next}");
    drop(worker);
    assert!(rows(&url).iter().all(|count| *count == 0));
}
