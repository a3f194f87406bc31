//! Sweeps with budgets: the rungs of a configuration are one trial of the study.

use hyperopt_core::study::{Commit, Record, Store, TellResult, Unlocked};
use hyperopt_store::Study;

use crate::database::{address, client, database, states};
use crate::support::scheduler::a_scheduler_and_its_limit_are_kept;
use crate::support::{finished, opening, rung};

fn with_budgets(url: &str) -> Study {
    let mut study = Study::open(&address(url)).unwrap().name("test");
    study.open(&opening(1, true)).unwrap();
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
        assert_eq!(first.tell(&finished(&record, number as f64), false).unwrap(), TellResult::Kept);
    }
    assert!(states(&url).iter().all(|(_, state)| state == "RUNNING"));
    assert_eq!(client(&url).query("SELECT FROM trial_heartbeats", &[]).unwrap().len(), 0);
    // The numbers of running and of paused trials.
    let counts = || {
        let [summary] = &Study::open(&address(&url)).unwrap().list().unwrap()[..] else { panic!() };
        (summary.running, summary.paused)
    };
    assert_eq!(counts(), (0, 3));
    // A configuration is resumed by the other one, and put back by it.
    let resumed = rung(3, 0, 3.0);
    let seen = start(&mut second, &resumed);
    let seen: Vec<_> = seen.iter().map(|record| (record.trial.number(), record.trial.value())).collect();
    assert_eq!(seen, [(0, Some(0.0)), (1, Some(1.0)), (2, Some(2.0))]);
    second.requeue(3).unwrap();
    let changes = first.lock().unwrap();
    assert_eq!((changes.records, changes.waiting), (vec![resumed.clone()], vec![3]));
    assert_eq!(first.unlock(Commit::Take(&resumed), &[2]).unwrap(), Unlocked::Done);
    assert_eq!(first.tell(&finished(&resumed, -1.0), true).unwrap(), TellResult::Kept);
    let expected = [(0, "COMPLETE"), (1, "RUNNING"), (2, "PRUNED")].map(|(number, state)| (number, state.to_owned()));
    assert_eq!(states(&url), expected);
    second.lock().unwrap();
    let last = rung(4, 1, 3.0);
    assert_eq!(second.unlock(Commit::Start(&last), &[]).unwrap(), Unlocked::Done);
    assert_eq!(counts(), (1, 0));
    first.close(true).unwrap();
    assert_eq!(states(&url)[1].1, "RUNNING", "it runs in the other process");
    second.requeue(4).unwrap();
    second.close(true).unwrap();
    assert_eq!(states(&url)[1].1, "PRUNED");
    let values = client(&url).query("SELECT value FROM trial_values ORDER BY trial_id", &[]).unwrap();
    assert_eq!(values.iter().map(|row| row.get(0)).collect::<Vec<f64>>(), [-1.0, 1.0, 2.0]);
}

#[test]
fn a_scheduler_and_its_limit_are_kept_on_a_server() {
    let Some(url) = database("spend_limit") else { return };
    a_scheduler_and_its_limit_are_kept(|| Study::open(&address(&url)).unwrap().name("test"));
}
