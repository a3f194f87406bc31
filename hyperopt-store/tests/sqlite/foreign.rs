//! Studies and trials that another program has written.

use hyperopt_core::State;
use hyperopt_core::study::{Commit, Store, TellResult};

use crate::support::{Scratch, all, ask, message, open, opening, running, space, tell};

/// Rows as another program writes them: without attributes of ours.
fn write_foreign(scratch: &Scratch, name: &str) {
    let connection = scratch.connection();
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

#[test]
fn a_study_of_another_program_is_adopted_but_not_by_a_scheduler() {
    let scratch = Scratch::new();
    all(scratch.study().name("other"));
    let connection = scratch.connection();
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
fn queued_points_outside_of_the_space_are_closed_for_all_programs() {
    let scratch = Scratch::new();
    all(scratch.study());
    let connection = scratch.connection();
    for (number, fixed) in [r#"{"n": 99}"#, r#"{"kernel": "no such"}"#, r#"{"n": 5}"#].into_iter().enumerate() {
        let trial = "INSERT INTO trials (number, study_id, state) VALUES (?1, 1, 'WAITING')";
        connection.execute(trial, [number as i64]).unwrap();
        let sql = "INSERT INTO trial_system_attributes (trial_id, key, value_json) VALUES (?1, 'fixed_params', ?2)";
        connection.execute(sql, (connection.last_insert_rowid(), fixed)).unwrap();
    }
    // Reading alone changes nothing.
    assert_eq!(scratch.study().read().unwrap().history().count(State::Failed), 2);
    assert_eq!(scratch.count("trials WHERE state = 'WAITING'"), 3);
    let mut study = scratch.study();
    open(&mut study);
    let changes = study.lock().unwrap();
    study.unlock(Commit::Nothing, &[]).unwrap();
    assert_eq!((changes.records.len(), changes.waiting.as_slice()), (3, &[2][..]));
    assert_eq!(scratch.count("trials WHERE state = 'FAIL' AND datetime_complete IS NOT NULL"), 2);
    assert_eq!(scratch.count("trials WHERE state = 'WAITING'"), 1);
    let error = "SELECT value_json FROM trial_user_attributes WHERE trial_id = 1 AND key = 'error'";
    let error: String = connection.query_row(error, (), |row| row.get(0)).unwrap();
    assert_eq!(error, r#""parameter `n`: 99 is not within 1..=8""#);
    // Every program reads them as they were read at first.
    let again = all(scratch.study());
    assert_eq!(format!("{:?}", again.records), format!("{:?}", changes.records));
    assert!(study.lock().unwrap().records.is_empty());
    study.unlock(Commit::Nothing, &[]).unwrap();
}
