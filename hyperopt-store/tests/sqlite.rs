//! What a study in a file promises to the engine.

#![cfg(feature = "sqlite")]

mod support;

use std::time::Duration;

use hyperopt_core::study::{Commit, Record, Store, TellResult};
use hyperopt_core::{Goal, Outcome, State, Trial};
use hyperopt_store::Study;
use rusqlite::Connection;
use support::{Scratch, all, ask, closed, complete, look, open, opening, running, space, tell};

fn count(scratch: &Scratch, what: &str) -> i64 {
    let connection = Connection::open(scratch.file("study.db")).unwrap();
    connection.query_row(&format!("SELECT count(*) FROM {what}"), (), |row| row.get(0)).unwrap()
}

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
        closed(0, complete).names(["loss", "time"]).proposed(support::point(12)),
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
    let connection = Connection::open(scratch.file("study.db")).unwrap();
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
    assert_eq!(count(&scratch, "trial_params"), 6);
    assert_eq!(tell(&mut one, 0), TellResult::Dropped);
    assert_eq!(tell(&mut two, 0), TellResult::Kept);
    assert_eq!(tell(&mut two, 0), TellResult::Dropped);
    assert_eq!(look(&mut one).records, [complete(0, 0.0)]);
    assert_eq!(count(&scratch, "trial_intermediate_values"), 0);
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
fn the_rungs_of_a_sweep_with_budgets_go_on_in_another_process() {
    let scratch = Scratch::new();
    let rung = |number, configuration, resources| {
        Record::new(Trial::running(number, configuration, Some(resources), support::point(configuration)))
    };
    let done = |record: &Record, value| {
        let mut record = record.clone();
        record.trial.close(Outcome::value(value), Duration::ZERO);
        record
    };
    let (first, second, again) = (rung(0, 0, 1.0), rung(1, 1, 1.0), rung(2, 0, 3.0));
    let mut study = scratch.study();
    study.open(&opening(1, true)).unwrap();
    for (record, value) in [(&first, 0.5), (&second, 0.75)] {
        study.lock().unwrap();
        study.unlock(Commit::Start(record), &[]).unwrap();
        assert_eq!(study.tell(&done(record, value), false).unwrap(), TellResult::Kept);
    }
    study.lock().unwrap();
    study.unlock(Commit::Start(&again), &[1]).unwrap();
    assert_eq!(count(&scratch, "trials WHERE state = 'PRUNED'"), 1);
    study.requeue(2).unwrap();
    drop(study);

    let mut other = scratch.study();
    assert_eq!(other.open(&opening(1, true)).unwrap().has_budgets, Some(true));
    let changes = other.lock().unwrap();
    assert_eq!(changes.records, [done(&first, 0.5), done(&second, 0.75), again.clone()]);
    assert_eq!(changes.waiting, [2]);
    other.unlock(Commit::Take(&again), &[]).unwrap();
    assert_eq!(other.tell(&done(&again, 0.25), true).unwrap(), TellResult::Kept);
    other.lock().unwrap();
    other.unlock(Commit::Nothing, &[0, 1]).unwrap();
    other.close(true).unwrap();
    assert_eq!(count(&scratch, "trials"), 2);
    assert_eq!(count(&scratch, "trials WHERE state = 'COMPLETE'"), 1);
    assert_eq!(count(&scratch, "trial_intermediate_values"), 3);
}

#[test]
fn configurations_that_wait_for_a_rung_are_given_up_at_the_end() {
    let scratch = Scratch::new();
    let mut study = scratch.study();
    study.open(&opening(1, true)).unwrap();
    let mut record = Record::new(Trial::running(0, 0, Some(1.0), support::point(0)));
    study.lock().unwrap();
    study.unlock(Commit::Start(&record), &[]).unwrap();
    record.trial.close(Outcome::value(0.5), Duration::ZERO);
    study.tell(&record, false).unwrap();
    assert_eq!(count(&scratch, "trials WHERE state = 'RUNNING'"), 1);
    study.close(true).unwrap();
    assert_eq!(count(&scratch, "trials WHERE state = 'PRUNED'"), 1);
    assert_eq!(count(&scratch, "trial_values WHERE value = 0.5"), 1);
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
    assert_eq!((count(&scratch, "studies"), count(&scratch, "alembic_version")), (1, 1));
}

/// Rows as another program writes them: without attributes of ours.
fn write_foreign(scratch: &Scratch, name: &str) {
    let connection = Connection::open(scratch.file("study.db")).unwrap();
    let study = format!("(SELECT study_id FROM studies WHERE study_name = '{name}')");
    let number = format!("(SELECT count(*) FROM trials WHERE study_id = {study})");
    let trial = |state: &str| {
        let dates = "'2026-01-01 00:00:00.000000', '2026-01-01 00:00:02.500000'";
        let sql = format!(
            "INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) \
             VALUES ({number}, {study}, '{state}', {dates})"
        );
        connection.execute(&sql, ()).unwrap();
        connection.last_insert_rowid()
    };
    let float = |low: f64, high: f64, log: bool| {
        format!(
            "{{\"name\": \"FloatDistribution\", \"attributes\": \
             {{\"step\": null, \"low\": {low}, \"high\": {high}, \"log\": {log}}}}}"
        )
    };
    let choices = r##"{"name": "CategoricalDistribution", "attributes": {"choices": ["#1", "#0"]}}"##.to_string();
    let params = [
        ("x", 0.25, float(0.0, 1.0, false)),
        ("lr", 0.001, float(1e-5, 0.1, true)),
        ("n", 3.0, float(1.0, 8.0, false)),
        ("step", 0.3, float(0.0, 1.0, false)),
        ("kernel", 0.0, choices),
    ];
    let sql = "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES (?1, ?2, ?3, ?4)";
    let complete = trial("COMPLETE");
    for (name, value, distribution) in &params {
        connection.execute(sql, (complete, name, value, distribution)).unwrap();
    }
    let value = "INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (?1, 0, 2, 'FINITE')";
    connection.execute(value, [complete]).unwrap();
    let without = trial("COMPLETE");
    connection.execute(value, [without]).unwrap();
    let waiting = trial("WAITING");
    let fixed = "INSERT INTO trial_system_attributes (trial_id, key, value_json) VALUES (?1, 'fixed_params', ?2)";
    connection.execute(fixed, (waiting, r#"{"n": 5}"#)).unwrap();
}

#[test]
fn trials_of_other_programs_are_part_of_the_study() {
    let scratch = Scratch::new();
    let mut study = scratch.study();
    open(&mut study);
    let mut seen = 0;
    ask(&mut study, &mut seen).unwrap();
    tell(&mut study, 0);
    write_foreign(&scratch, "test");
    let changes = study.lock().unwrap();
    let trials: Vec<_> = changes.records.iter().map(|record| &record.trial).collect();
    let [foreign, without, waiting] = trials[..] else { panic!("{changes:?}") };
    assert_eq!((foreign.number(), foreign.state(), foreign.values()), (1, State::Complete, &[2.0][..]));
    assert_eq!(foreign.duration().as_millis(), 2500);
    let values: Vec<_> = space().axes().iter().map(|axis| space().value(axis.name(), foreign.point())).collect();
    let shown: Vec<_> =
        values.iter().map(|value| value.as_ref().map(ToString::to_string).unwrap_or_default()).collect();
    assert_eq!(shown, ["0.25", "0.001", "3", "0.25", "#1", ""]);
    assert_eq!(without.state(), State::Failed);
    assert_eq!(without.reason(), Some("another program has written it without the parameter `x`"));
    assert_eq!(
        (changes.waiting.as_slice(), waiting.point().is_active(2), waiting.point().is_active(0)),
        (&[3][..], true, false)
    );
    study.unlock(Commit::Take(&running(3)), &[]).unwrap();
    assert_eq!(tell(&mut study, 3), TellResult::Kept);
    assert_eq!(ask(&mut study, &mut 4).unwrap(), 4);
}

fn message(result: Result<impl Sized, hyperopt_core::study::StoreError>) -> String {
    result.err().unwrap().to_string()
}

#[test]
fn a_locked_file_is_an_error_that_says_so_once_patience_is_over() {
    let scratch = Scratch::new();
    let mut study = Study::open(&scratch.url()).unwrap().name("test").patience(Duration::from_millis(50));
    open(&mut study);
    look(&mut study);
    let connection = Connection::open(scratch.file("study.db")).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = message(study.lock());
    assert!(error.contains("database is locked") && error.contains("50ms") && error.contains("`test`"), "{error}");
    connection.execute_batch("ROLLBACK").unwrap();
    look(&mut study);
}

#[test]
fn files_that_are_no_studies_are_told_why() {
    let scratch = Scratch::new();
    let path = scratch.file("study.db");
    std::fs::write(&path, "lr,loss\n0.1,0.5\n".repeat(100)).unwrap();
    let error = message(scratch.study().open(&opening(1, false)));
    assert!(error.contains("not a database") && error.contains("study.db"), "{error}");
    let nowhere = Study::open("sqlite:/nonexistent/directory/study.db").unwrap().open(&opening(1, false));
    assert!(message(nowhere).contains("its directory has to exist"));
}

#[test]
fn a_file_that_may_only_be_read_says_so() {
    let scratch = Scratch::new();
    let path = scratch.file("study.db");
    all(scratch.study());
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let is_root = std::fs::OpenOptions::new().append(true).open(&path).is_ok();
    let opened = scratch.study().open(&opening(1, false));
    if !is_root {
        let error = message(opened);
        assert!(error.contains("readonly") && error.contains("may only be read"), "{error}");
    }
}

#[test]
fn tables_of_another_revision_are_left_alone() {
    let scratch = Scratch::new();
    all(scratch.study());
    let connection = Connection::open(scratch.file("study.db")).unwrap();
    connection.execute("UPDATE alembic_version SET version_num = 'v9.0.0.a'", ()).unwrap();
    let error = message(scratch.study().open(&opening(1, false)));
    assert!(error.contains("revision v9.0.0.a") && error.contains("v3.2.0.a"), "{error}");
}

#[test]
fn a_damaged_trial_is_named() {
    let scratch = Scratch::new();
    let mut study = scratch.study();
    open(&mut study);
    ask(&mut study, &mut 0).unwrap();
    drop(study);
    let connection = Connection::open(scratch.file("study.db")).unwrap();
    let sql = "UPDATE trial_system_attributes SET value_json = '{' WHERE key = 'hyperopt:point'";
    assert_eq!(connection.execute(sql, ()).unwrap(), 1);
    let mut study = scratch.study();
    open(&mut study);
    let error = message(study.lock());
    assert!(error.contains("trial 0: its attribute `hyperopt:point` cannot be read"), "{error}");
}

#[test]
fn a_study_of_another_program_is_adopted_but_not_by_a_scheduler() {
    let scratch = Scratch::new();
    all(scratch.study().name("other"));
    let connection = Connection::open(scratch.file("study.db")).unwrap();
    connection.execute("DELETE FROM study_system_attributes", ()).unwrap();
    write_foreign(&scratch, "other");
    let error = message(scratch.study().name("other").open(&opening(1, true)));
    assert!(error.contains("choose another name"), "{error}");
    let mut study = scratch.study().name("other");
    let opened = open(&mut study);
    assert_eq!((opened.space, opened.seed, opened.has_budgets), (None, None, None));
    drop(study);
    assert_eq!(open(&mut scratch.study().name("other")).seed, Some(7));
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
