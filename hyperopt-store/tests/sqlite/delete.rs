//! Studies that are deleted, and studies that are only tried out.

use hyperopt_core::study::{Commit, Store};
use hyperopt_store::{Study, StudyError};
use rusqlite::Connection;

use crate::support::{Scratch, all, ask, complete, message, open, opening, tell};

/// Two complete trials, with reports, and a running one; the handle that runs it.
fn begun(scratch: &Scratch, name: &str) -> Study {
    let mut study = scratch.study().name(name);
    open(&mut study);
    let mut seen = 0;
    for number in 0..2 {
        ask(&mut study, &mut seen).unwrap();
        study.report(number, 1, 0.5).unwrap();
        tell(&mut study, number);
    }
    ask(&mut study, &mut seen).unwrap();
    study
}

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

fn rows(connection: &Connection) -> Vec<i64> {
    let count =
        |table: &&str| connection.query_row(&format!("SELECT count(*) FROM {table}"), (), |row| row.get(0)).unwrap();
    TABLES.iter().map(count).collect()
}

#[test]
fn a_study_is_deleted_with_all_its_rows_and_no_others() {
    let scratch = Scratch::new();
    drop(begun(&scratch, "kept"));
    let kept = rows(&scratch.connection());
    let running = begun(&scratch, "wine");
    assert!(rows(&scratch.connection()).iter().zip(&kept).any(|(now, before)| now > before));
    let refused = scratch.study().name("wine").delete().unwrap_err();
    assert!(matches!(&refused, StudyError::InUse { workers, .. } if workers.len() == 1), "{refused}");
    assert!(refused.to_string().contains("is in use: a trial is run by `"), "{refused}");
    assert_eq!(scratch.study().list().unwrap().len(), 2);
    let workers = || scratch.study().name("wine").workers().unwrap();
    let this = format!(":{}", std::process::id());
    assert!(workers().len() == 1 && workers()[0].contains(&this), "{:?}", workers());
    drop(running);
    assert!(workers().is_empty());
    assert!(matches!(scratch.study().name("beer").workers(), Err(StudyError::NoStudy { .. })));
    let deleted = scratch.study().name("wine").delete().unwrap();
    assert_eq!((deleted.trials, deleted.workers.len()), (3, 0));
    assert_eq!(rows(&scratch.connection()), kept);
    let error = scratch.study().name("wine").delete().unwrap_err();
    assert!(matches!(&error, StudyError::NoStudy { names, .. } if names == &["kept"]), "{error}");
}

#[test]
fn a_study_in_use_is_deleted_by_force_and_ends_the_sweep() {
    let scratch = Scratch::new();
    let mut running = begun(&scratch, "wine");
    let deleted = scratch.study().name("wine").delete_forced().unwrap();
    assert_eq!((deleted.trials, deleted.workers.len()), (3, 1));
    assert!(rows(&scratch.connection()).iter().all(|count| *count == 0));
    // The process that ran it is told, and nothing comes back.
    let outcome = message(running.tell(&complete(2, 1.0), true));
    assert!(outcome.contains("writing an outcome: its rows are gone; the study has been deleted"), "{outcome}");
    let next = message(running.lock());
    assert!(next.contains("the study has been deleted"), "{next}");
    drop(running);
    assert!(rows(&scratch.connection()).iter().all(|count| *count == 0));
}

#[test]
fn deleting_makes_no_file() {
    let scratch = Scratch::new();
    assert!(matches!(scratch.study().delete(), Err(StudyError::NoFile { .. })));
    assert!(!scratch.file("study.db").exists());
    std::fs::write(scratch.file("study.db"), "").unwrap();
    assert!(matches!(scratch.study().delete(), Err(StudyError::NoStudy { .. })));
}

#[test]
fn a_list_has_the_states_the_sampler_and_the_times() {
    let scratch = Scratch::new();
    let running = begun(&scratch, "wine");
    let [wine] = &scratch.study().list().unwrap()[..] else { panic!() };
    assert_eq!((wine.complete, wine.pruned, wine.failed, wine.running, wine.waiting), (2, 0, 0, 1, 0));
    assert_eq!(wine.sampler.as_deref(), Some("RandomSampler"));
    let (started, active) = (wine.started.as_deref().unwrap(), wine.active.as_deref().unwrap());
    assert!(started.len() == 19 && active.len() == 19 && started <= active, "{started} {active}");
    drop(running);
    let [wine] = &scratch.study().list().unwrap()[..] else { panic!() };
    assert_eq!((wine.complete, wine.running, wine.waiting), (2, 0, 1));
    all(scratch.study().name("new"));
    assert_eq!(scratch.study().list().unwrap()[1].started, None);
}

#[test]
fn a_snapshot_is_continued_and_the_file_stays_as_it_is() {
    let scratch = Scratch::new();
    assert!(scratch.study().snapshot().unwrap().is_empty());
    assert!(!scratch.file("study.db").exists());
    std::fs::create_dir(scratch.file("nowhere")).unwrap();
    let nowhere = Study::open(&format!("sqlite:{}", scratch.file("nowhere/study.db").display())).unwrap();
    std::fs::remove_dir(scratch.file("nowhere")).unwrap();
    assert!(nowhere.snapshot().unwrap_err().to_string().contains("its directory has to exist"));
    drop(begun(&scratch, "test"));
    let before = rows(&scratch.connection());
    let mut snapshot = scratch.study().snapshot().unwrap();
    assert_eq!(snapshot.len(), 3);
    let opened = snapshot.open(&opening(1, false)).unwrap();
    assert_eq!((opened.seed, opened.name.as_str()), (Some(7), "test"));
    let changes = snapshot.lock().unwrap();
    assert_eq!((changes.records.len(), &changes.waiting[..]), (3, &[2][..]));
    snapshot.unlock(Commit::Take(&changes.records[2]), &[]).unwrap();
    assert!(snapshot.lock().unwrap().waiting.is_empty());
    assert_eq!(rows(&scratch.connection()), before);
    assert_eq!(scratch.study().list().unwrap()[0].waiting, 1);
}
