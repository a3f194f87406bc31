//! What the handles of a study see of each other, and what comes back from the file.

use std::time::Duration;

use hyperopt_core::study::{Commit, Store, TellResult};
use hyperopt_core::{Goal, Outcome, State};

use crate::support::{Scratch, all, ask, closed, complete, look, open, opening, point, running, space, tell};

#[test]
fn every_state_comes_back_from_the_file() {
    let scratch = Scratch::new();
    let metrics = [("accuracy", 0.9), ("worst", f64::NEG_INFINITY)];
    let complete = Outcome::values([0.1 + 0.2, -1e-300]).with_metrics(metrics).with_constraints([("memory", -1.5)]);
    let reason = Some("objective `loss` is +∞".into());
    let mut pruned = running(2);
    for (step, value) in [(1, 0.5), (2, f64::INFINITY), (3, 0.25), (9, f64::NEG_INFINITY)] {
        pruned.trial.report(step, value);
    }
    pruned.trial.close(Outcome::pruned(), Duration::ZERO);
    let outcomes = [
        closed(0, complete).names(["loss", "time"]).proposed(point(12)),
        closed(1, Outcome::restored(State::Failed, [f64::INFINITY, 2.0], reason)).closed_after(2),
        pruned,
        running(3),
        running(4),
    ];
    let mut study = scratch.study();
    let opened = study.open(&opening(2, false)).unwrap();
    assert_eq!((opened.space, opened.seed), (None, None));
    for record in &outcomes {
        study.lock().unwrap();
        let start = running(record.trial.number()).proposed(record.proposed.clone());
        study.unlock(Commit::Start(&start), &[]).unwrap();
    }
    for record in &outcomes[..3] {
        for &(step, value) in record.trial.reports() {
            study.report(record.trial.number(), step, value).unwrap();
        }
        assert_eq!(study.tell(record, true).unwrap(), TellResult::Kept);
    }
    study.requeue(4).unwrap();
    assert_eq!(look(&mut study).waiting, [4]);

    let mut other = scratch.study();
    let opened = other.open(&opening(2, false)).unwrap();
    assert_eq!(opened.name, "test");
    assert_eq!(opened.space.unwrap(), space());
    assert_eq!((opened.seed, opened.has_budgets), (Some(7), Some(false)));
    assert_eq!((opened.goals, opened.names), (vec![Goal::Minimize; 2], vec!["loss".into(), "time".to_string()]));
    let changes = look(&mut other);
    assert_eq!((&changes.records[..], &changes.waiting[..]), (&outcomes[..], &[4][..]));
    assert_eq!(look(&mut other).records, []);
}

#[test]
fn not_a_number_is_reported_and_read() {
    let scratch = Scratch::new();
    let mut study = scratch.study();
    open(&mut study);
    ask(&mut study, &mut 0).unwrap();
    let mut pruned = running(0);
    pruned.trial.report(0, f64::NAN);
    pruned.trial.report(1, 0.5);
    pruned.trial.close(Outcome::pruned(), Duration::ZERO);
    study.tell(&pruned, true).unwrap();
    drop(study);
    let trial = &all(scratch.study()).records[0].trial;
    assert!(trial.reports()[0].1.is_nan());
    assert_eq!(trial.reports()[1], (1, 0.5));
    let connection = scratch.connection();
    let value: f64 = connection.query_row("SELECT value FROM trial_values", (), |row| row.get(0)).unwrap();
    assert_eq!(value, 0.5);
}

#[test]
fn two_handles_see_what_the_other_does() {
    let scratch = Scratch::new();
    let (mut one, mut two) = (scratch.study(), scratch.study());
    open(&mut one);
    open(&mut two);
    let (mut seen_one, mut seen_two) = (0, 0);
    for round in 0..5 {
        assert_eq!(ask(&mut one, &mut seen_one).unwrap(), 2 * round);
        assert_eq!(ask(&mut two, &mut seen_two).unwrap(), 2 * round + 1);
        assert_eq!(tell(&mut two, 2 * round + 1), TellResult::Kept);
        let changes = look(&mut one).records;
        assert_eq!(changes, [complete(2 * round + 1, (2 * round + 1) as f64)]);
        seen_one = 2 * round + 2;
        assert_eq!(tell(&mut one, 2 * round), TellResult::Kept);
    }
    assert_eq!(all(scratch.study()).records.len(), 10);
}

#[test]
fn a_trial_put_back_is_run_by_another_with_its_hyperparameters() {
    let scratch = Scratch::new();
    let (mut one, mut two) = (scratch.study(), scratch.study());
    open(&mut one);
    open(&mut two);
    ask(&mut one, &mut 0).unwrap();
    one.report(0, 1, 0.5).unwrap();
    one.requeue(0).unwrap();
    let changes = two.lock().unwrap();
    assert_eq!((changes.waiting, changes.records), (vec![0], vec![running(0)]));
    two.unlock(Commit::Take(&running(0)), &[]).unwrap();
    assert_eq!(scratch.count("trial_params"), 6);
    assert_eq!(tell(&mut one, 0), TellResult::Dropped);
    assert_eq!(tell(&mut two, 0), TellResult::Kept);
    assert_eq!(tell(&mut two, 0), TellResult::Dropped);
    assert_eq!(look(&mut one).records, [complete(0, 0.0)]);
    assert_eq!(scratch.count("trial_intermediate_values"), 0);
}

#[test]
fn a_handle_that_is_dropped_puts_its_trials_back() {
    let scratch = Scratch::new();
    let mut study = scratch.study();
    open(&mut study);
    ask(&mut study, &mut 0).unwrap();
    // Within the lock, as an error in between would leave it.
    study.lock().unwrap();
    drop(study);
    let changes = all(scratch.study());
    assert_eq!((changes.waiting, changes.records.len()), (vec![0], 1));
}

#[test]
fn handles_that_come_at_once_make_one_study_with_dense_numbers() {
    let scratch = Scratch::new();
    let asked: Vec<usize> = std::thread::scope(|scope| {
        let run = || {
            let mut study = scratch.study();
            open(&mut study);
            let (mut seen, mut numbers) = (0, Vec::new());
            for _ in 0..12 {
                let number = ask(&mut study, &mut seen).unwrap();
                assert_eq!(tell(&mut study, number), TellResult::Kept);
                numbers.push(number);
            }
            study.close(true).unwrap();
            numbers
        };
        let workers: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    let mut sorted = asked;
    sorted.sort_unstable();
    assert_eq!(sorted, (0..96).collect::<Vec<_>>());
    let changes = all(scratch.study());
    assert!(changes.records.iter().enumerate().all(|(index, record)| *record == complete(index, index as f64)));
    assert_eq!((scratch.count("studies"), scratch.count("alembic_version")), (1, 1));
}

#[test]
fn the_two_studies_of_a_file_do_not_mix() {
    let scratch = Scratch::new();
    let (mut one, mut two) = (scratch.study().name("one"), scratch.study().name("two"));
    open(&mut one);
    open(&mut two);
    let (mut seen_one, mut seen_two) = (0, 0);
    for number in 0..4 {
        assert_eq!(ask(&mut one, &mut seen_one).unwrap(), number);
        assert_eq!(ask(&mut two, &mut seen_two).unwrap(), number);
        tell(&mut one, number);
    }
    let changes = all(scratch.study().name("one"));
    assert!(changes.records.len() == 4 && changes.records.iter().all(|record| record.trial.state() == State::Complete));
}

#[test]
fn a_durable_study_is_a_study() {
    let scratch = Scratch::new();
    let mut study = scratch.study().durable();
    open(&mut study);
    ask(&mut study, &mut 0).unwrap();
    assert_eq!(tell(&mut study, 0), TellResult::Kept);
    assert_eq!(all(scratch.study()).records, [complete(0, 0.0)]);
}
