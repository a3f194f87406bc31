use std::time::Duration;

use hyperopt_core::study::Record;
use hyperopt_core::{
    Axis, Candidates, Goal, Outcome, Point, Space, State, Trial, Value, exp_linrange, linrange, log, ordinal,
};

use super::decode::Decoded;
use super::*;
use crate::distribution::internal;

fn axis<C: Candidates>(name: &str, parents: &[usize], candidates: C) -> Axis {
    candidates.dimension().axis(name, name, parents).unwrap()
}

/// One axis of each kind, and one that depends on the last.
fn space() -> Space {
    Space::try_from(vec![
        axis("momentum", &[], 0.0..=1.0),
        axis("lr", &[], log(1e-5..=1e-1)),
        axis("dropout", &[], linrange(0.0, 1.0, 5)),
        axis("gamma", &[], exp_linrange(-4.0, 1.0, 100)),
        axis("layers", &[], 1..=8),
        axis("width", &[], log(1..=1024)),
        axis("batch", &[], ordinal(vec![(); 4])),
        Axis::categorical("optimizer", ["adam", "sgd", "lion"]).unwrap(),
        axis("nesterov", &[7], 0.0..1.0),
    ])
    .unwrap()
}

fn place(number: usize) -> Point {
    let unit = |axis: usize| (number as f64 + 1.0) * (axis as f64 + 0.1) / 7.0 % 1.0;
    (0..9).map(|axis| if axis == 8 && number % 2 == 1 { f64::NAN } else { unit(axis) }).collect()
}

/// A trial that runs.
fn running(number: usize) -> Record {
    let proposed = (number % 2 == 1).then(|| place(number - 1));
    Record::new(Trial::running(number, number, None, place(number))).proposed(proposed)
}

fn closed(number: usize, outcome: Outcome) -> Record {
    let mut record = running(number);
    record.trial.close(outcome, Duration::from_millis(1234));
    record
}

fn reporting(number: usize, reports: &[(u64, f64)]) -> Record {
    let mut record = running(number);
    for &(step, value) in reports {
        record.trial.report(step, value);
    }
    record
}

fn rows(goals: usize) -> Rows {
    Rows::new(space(), vec![Goal::Minimize; goals], false)
}

/// Returns the row that is there when all `writes` are done, as a database would give it back.
fn written(number: usize, writes: &[Writes<'_>]) -> TrialRow {
    let mut row = TrialRow::new(number, RowState::Running);
    for writes in writes {
        row.state = writes.state.unwrap_or(row.state);
        let params = writes.params.iter();
        row.params.extend(params.map(|param| (param.name.into(), param.value, param.distribution.into())));
        let back = |value: f64| loaded(stored(value).0, stored(value).1);
        row.values.extend(writes.values.iter().map(|&value| back(value)));
        row.reports.extend(writes.reports.iter().map(|&(step, value)| (step, back(value))));
        for (key, json) in &writes.system {
            row.system.put(key, json.clone());
        }
        row.user.extend(writes.user.iter().cloned());
    }
    row
}

#[test]
fn every_state_comes_back() {
    let mut complete = reporting(0, &[(1, 0.5), (2, f64::NEG_INFINITY), (9, 0.25)]);
    let outcome = Outcome::values([0.1 + 0.2, -3.0]).with_metrics([("accuracy", 0.9), ("perplexity", f64::INFINITY)]);
    let outcome = outcome.with_constraints([("memory", -1.5), ("time", 2.0)]);
    complete.trial.close(outcome, Duration::from_millis(1234));
    let complete = complete.names(["loss", "speed"]).closed_after(4);
    let reason = Some("objective `loss` is +∞ \"".into());
    let failed = closed(1, Outcome::restored(State::Failed, [f64::INFINITY, 1.0], reason));
    let mut pruned = reporting(2, &[(0, 0.5), (1, f64::INFINITY)]);
    pruned.trial.close(Outcome::pruned(), Duration::ZERO);
    let without_objective = closed(4, Outcome::failed("no luck").with_metrics([("accuracy", 0.5)]));
    let rows = rows(2);
    for record in [complete, failed, pruned, running(3), without_objective] {
        let mut writes = vec![rows.start(&record, None).unwrap()];
        if record.trial.state() != State::Running {
            writes.push(rows.tell(&record, true, None).unwrap());
        }
        let decoded = rows.decode(&written(record.trial.number(), &writes)).unwrap();
        assert_eq!(decoded, Decoded { records: vec![record], waiting: None });
    }
}

#[test]
fn optuna_sees_numbers_that_it_can_compare() {
    let rows = rows(1);
    let tell = |record: &Record| rows.tell(record, true, None).unwrap();
    let mut pruned = reporting(0, &[(0, 0.5), (1, f64::NAN), (2, f64::INFINITY)]);
    pruned.trial.close(Outcome::pruned(), Duration::ZERO);
    let pruned = tell(&pruned);
    assert_eq!((pruned.state, pruned.values), (Some(RowState::Pruned), vec![0.5]));
    let infinite = tell(&closed(0, Outcome::value(f64::INFINITY)));
    assert_eq!((infinite.state, infinite.values), (Some(RowState::Fail), Vec::new()));
    let outcome = Outcome::value(1.0).with_metrics([("accuracy", 0.5), ("worst", f64::NAN)]);
    let shown = tell(&closed(0, outcome.with_constraints([("memory", f64::NEG_INFINITY)])));
    assert_eq!(shown.user, [("accuracy".into(), "0.5".into()), ("worst".into(), "\"NaN\"".into())]);
    let constraints = [("constraints", "[-Infinity]"), ("constraints:memory", "-Infinity")];
    assert_eq!(shown.system[1..3], constraints.map(|(key, json)| (key.into(), json.into())));
}

#[test]
fn an_axis_that_is_inactive_is_no_parameter() {
    let rows = rows(1);
    let names = |number| {
        let writes = rows.start(&running(number), None).unwrap();
        writes.params.iter().map(|param| param.name).collect::<Vec<_>>()
    };
    assert_eq!(names(0).len(), 9);
    assert_eq!(names(1).len(), 8);
    assert!(!names(1).contains(&"nesterov"));
}

/// What is left of a trial when our attributes are taken away.
fn foreign(rows: &Rows, record: &Record) -> TrialRow {
    let mut writes = vec![rows.start(record, None).unwrap()];
    writes.extend((record.trial.state() != State::Running).then(|| rows.tell(record, true, None).unwrap()));
    for writes in &mut writes {
        writes.system.retain(|(key, _)| !key.starts_with("hyperopt:"));
    }
    TrialRow { seconds: Some(2.0), ..written(record.trial.number(), &writes) }
}

#[test]
fn trials_of_other_programs_are_points_too() {
    let rows = rows(1);
    let mut told = reporting(1, &[(3, 1.0)]);
    let outcome = Outcome::value(2.5).with_metrics([("accuracy", 0.5)]);
    told.trial.close(outcome.with_constraints([("memory", f64::INFINITY)]), Duration::ZERO);
    let decoded = rows.decode(&foreign(&rows, &told)).unwrap();
    let [found] = &decoded.records[..] else { panic!("{decoded:?}") };
    let (found, told) = (&found.trial, &told.trial);
    assert_eq!((found.state(), found.values(), found.metrics()), (State::Complete, told.values(), told.metrics()));
    assert_eq!((found.constraints(), found.reports()), (told.constraints(), told.reports()));
    assert_eq!(found.duration(), Duration::from_secs(2));
    for (index, axis) in rows.space.axes().iter().enumerate() {
        let [found, expected] = [found, told].map(|trial| trial.point().coordinate(index).map(|at| internal(axis, at)));
        assert_eq!(found, expected, "{}", axis.name());
    }
}

#[test]
fn an_infinite_objective_of_another_program_is_a_failure_of_ours() {
    let rows = rows(1);
    let mut row = foreign(&rows, &closed(0, Outcome::value(2.5)));
    assert_eq!(rows.decode(&row).unwrap().records[0].trial.state(), State::Complete);
    row.values = vec![f64::NEG_INFINITY];
    let record = &rows.decode(&row).unwrap().records[0];
    assert_eq!((record.trial.state(), record.trial.reason()), (State::Failed, Some("the objective is −∞")));
    assert_eq!(record.trial.values(), [f64::NEG_INFINITY]);
    row.values = vec![1.0, 2.0];
    let record = &rows.decode(&row).unwrap().records[0];
    assert_eq!(record.trial.reason(), Some("2 objectives were told, and there is 1 goal"));
}

#[test]
fn a_trial_of_ours_that_lacks_an_objective_has_failed() {
    let rows = rows(2);
    let record = closed(0, Outcome::values([1.0, 2.0]));
    let writes = [rows.start(&running(0), None).unwrap(), rows.tell(&record, true, None).unwrap()];
    let mut row = written(0, &writes);
    assert_eq!(rows.decode(&row).unwrap().records[0].trial.state(), State::Complete);
    row.values.pop();
    let record = &rows.decode(&row).unwrap().records[0];
    assert_eq!(record.trial.state(), State::Failed);
    assert_eq!(record.trial.reason(), Some("1 objective was told, and there are 2 goals"));
}

#[test]
fn a_trial_that_is_no_point_says_which_parameter_is_to_blame() {
    let rows = rows(1);
    let row = foreign(&rows, &closed(0, Outcome::value(2.5)));
    let reason = |change: &dyn Fn(&mut TrialRow)| {
        let mut row = row.clone();
        change(&mut row);
        let decoded = rows.decode(&row).unwrap();
        assert_eq!((decoded.records.len(), decoded.waiting), (1, None));
        let trial = &decoded.records[0].trial;
        assert_eq!(trial.point().len(), 9);
        (trial.state(), trial.reason().unwrap_or_default().to_owned())
    };
    assert_eq!(reason(&|_| {}), (State::Complete, String::new()));
    let missing = reason(&|row| row.params.retain(|(name, ..)| name != "lr"));
    assert_eq!(missing, (State::Failed, "another program has written it without the parameter `lr`".into()));
    let outside = reason(&|row| row.params[0].1 = 7.0);
    assert_eq!(outside, (State::Failed, "parameter `momentum`: 7 is not within 0..=1".into()));
    let choice = reason(&|row| {
        row.params[7].2 = r#"{"name": "CategoricalDistribution", "attributes": {"choices": ["a", "b", "c"]}}"#.into();
    });
    assert_eq!(choice.0, State::Failed);
    assert!(choice.1.starts_with("parameter `optimizer`:"), "{}", choice.1);
}

#[test]
fn an_enqueued_trial_is_open_where_it_is_not_fixed() {
    let rows = rows(1);
    let mut row = TrialRow::new(3, RowState::Waiting);
    row.system.put(key::FIXED, r#"{"lr": 0.001, "optimizer": "sgd", "layers": 3}"#.into());
    let decoded = rows.decode(&row).unwrap();
    assert_eq!(decoded.waiting, Some(3));
    let trial = &decoded.records[0].trial;
    assert_eq!(trial.state(), State::Running);
    let active: Vec<_> = (0..9).filter(|&axis| trial.point().is_active(axis)).collect();
    assert_eq!(active, [1, 4, 7]);
    assert_eq!(rows.space.value("optimizer", trial.point()), Some(Value::from("sgd")));
    assert_eq!(rows.space.value("layers", trial.point()), Some(Value::from(3)));
    row.system.put(key::FIXED, r#"{"lr": 7}"#.into());
    let decoded = rows.decode(&row).unwrap();
    assert_eq!((decoded.waiting, decoded.records[0].trial.state()), (None, State::Failed));
}

#[test]
fn the_rungs_of_a_configuration_share_its_row() {
    let rows = Rows::new(space(), vec![Goal::Minimize], true);
    let begun = |number, resources| Record::new(Trial::running(number, 2, Some(resources), place(2)));
    let rung = |number, resources, value| {
        let mut record = begun(number, resources);
        record.trial.close(Outcome::value(value), Duration::ZERO);
        record
    };
    let rungs = |writes: &Writes<'_>| {
        let (_, json) = writes.system.iter().find(|(key, _)| key == key::RUNGS).unwrap();
        json.clone()
    };
    let first = rung(2, 1.0, 0.5);
    let second = rung(5, 1.5, 0.25);
    let third = begun(8, 9.0);
    let mut writes = vec![rows.start(&begun(2, 1.0), None).unwrap()];
    let last = |writes: &[Writes<'_>]| rungs(writes.last().unwrap());
    writes.push(rows.tell(&first, false, Some(&last(&writes))).unwrap());
    assert_eq!((writes[1].state, &writes[1].reports, &writes[1].values), (None, &vec![(1, 0.5)], &Vec::new()));
    writes.push(rows.start(&second, Some(&last(&writes))).unwrap());
    writes.push(rows.tell(&second, false, Some(&last(&writes))).unwrap());
    assert_eq!(writes[3].reports, [(1, 0.25)]);
    writes.push(rows.start(&third, Some(&last(&writes))).unwrap());
    let decoded = rows.decode(&written(2, &writes)).unwrap();
    assert_eq!(decoded, Decoded { records: vec![first, second, third.clone()], waiting: None });

    let back = rows.requeue(Some(&last(&writes)), Some(1)).unwrap();
    let decoded = rows.decode(&written(2, &[writes.clone(), vec![back.clone()]].concat())).unwrap();
    assert_eq!((decoded.records.len(), decoded.waiting), (3, Some(8)));

    let given_up = rows.give_up(Some(&rungs(&back)), "its process died").unwrap();
    let decoded = rows.decode(&written(2, &[writes.clone(), vec![given_up]].concat())).unwrap();
    assert_eq!(decoded.records[2].trial.reason(), Some("its process died"));

    let retired = rows.settle(Some(&last(&writes))).unwrap();
    assert_eq!((retired.state, retired.values), (Some(RowState::Pruned), vec![0.25]));
    let done = rung(8, 9.0, 0.125);
    let told = rows.tell(&done, true, Some(&last(&writes))).unwrap();
    assert_eq!((told.state, told.values, told.reports), (Some(RowState::Complete), vec![0.125], vec![(9, 0.125)]));
}

#[test]
fn damage_is_an_error_that_names_the_attribute() {
    let rows = rows(1);
    let mut row = written(0, &[rows.start(&running(0), None).unwrap()]);
    assert!(rows.decode(&row).is_ok());
    row.system.point = Some(r#"{"units":[0.5]}"#.into());
    let error = rows.decode(&row).unwrap_err();
    assert_eq!(error, "its attribute `hyperopt:point` cannot be read: 1 coordinate for 9 axes");
    row.system.point = Some("[".into());
    assert!(rows.decode(&row).is_err());
    assert_eq!(RowState::parse("running"), Err("there is no state `running`".into()));
    let budgets = Rows::new(space(), vec![Goal::Minimize], true);
    assert!(budgets.decode(&TrialRow::new(0, RowState::Complete)).unwrap_err().contains("another program"));
}
