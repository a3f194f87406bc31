//! Sweeps with budgets: the rungs of a configuration are one trial of the study.

use hyperopt_core::study::{Commit, Store, TellResult};

use crate::support::scheduler::a_scheduler_and_its_limit_are_kept;
use crate::support::{Scratch, finished, opening, rung};

#[test]
fn the_rungs_of_a_sweep_with_budgets_go_on_in_another_process() {
    let scratch = Scratch::new();
    let (first, second, again) = (rung(0, 0, 1.0), rung(1, 1, 1.0), rung(2, 0, 3.0));
    let mut study = scratch.study();
    study.open(&opening(1, true)).unwrap();
    for (record, value) in [(&first, 0.5), (&second, 0.75)] {
        study.lock().unwrap();
        study.unlock(Commit::Start(record), &[]).unwrap();
        assert_eq!(study.tell(&finished(record, value), false).unwrap(), TellResult::Kept);
    }
    // The numbers of running, paused and pruned trials.
    let counts = || {
        let [summary] = &scratch.study().list().unwrap()[..] else { panic!() };
        (summary.running, summary.paused, summary.pruned)
    };
    assert_eq!(counts(), (0, 2, 0));
    study.lock().unwrap();
    study.unlock(Commit::Start(&again), &[1]).unwrap();
    assert_eq!(counts(), (1, 0, 1));
    assert_eq!(scratch.count("trials WHERE state = 'PRUNED'"), 1);
    study.requeue(2).unwrap();
    drop(study);

    let mut other = scratch.study();
    assert_eq!(other.open(&opening(1, true)).unwrap().has_budgets, Some(true));
    let changes = other.lock().unwrap();
    assert_eq!(changes.records, [finished(&first, 0.5), finished(&second, 0.75), again.clone()]);
    assert_eq!(changes.waiting, [2]);
    other.unlock(Commit::Take(&again), &[]).unwrap();
    assert_eq!(other.tell(&finished(&again, 0.25), true).unwrap(), TellResult::Kept);
    other.lock().unwrap();
    other.unlock(Commit::Nothing, &[0, 1]).unwrap();
    other.close(true).unwrap();
    assert_eq!(scratch.count("trials"), 2);
    assert_eq!(scratch.count("trials WHERE state = 'COMPLETE'"), 1);
    assert_eq!(scratch.count("trial_intermediate_values"), 3);
}

#[test]
fn configurations_that_wait_for_a_rung_are_given_up_at_the_end() {
    let scratch = Scratch::new();
    let mut study = scratch.study();
    study.open(&opening(1, true)).unwrap();
    let record = rung(0, 0, 1.0);
    study.lock().unwrap();
    study.unlock(Commit::Start(&record), &[]).unwrap();
    study.tell(&finished(&record, 0.5), false).unwrap();
    assert_eq!(scratch.count("trials WHERE state = 'RUNNING'"), 1);
    study.close(true).unwrap();
    assert_eq!(scratch.count("trials WHERE state = 'PRUNED'"), 1);
    assert_eq!(scratch.count("trial_values WHERE value = 0.5"), 1);
}

#[test]
fn a_scheduler_and_its_limit_are_kept_in_a_file() {
    let scratch = Scratch::new();
    a_scheduler_and_its_limit_are_kept(|| scratch.study());
}
