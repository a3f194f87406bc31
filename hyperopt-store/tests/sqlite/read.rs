//! Studies that are looked at without their programs.

use std::time::Duration;

use hyperopt_core::study::Store;
use hyperopt_core::{Goal, State};
use hyperopt_store::{Study, StudyError};

use crate::support::{Scratch, all, ask, complete, open, point, space, tell};

/// Two complete trials and a running one; the handle that runs it.
fn begun(scratch: &Scratch) -> Study {
    let mut study = scratch.study();
    open(&mut study);
    let mut seen = 0;
    for number in 0..2 {
        ask(&mut study, &mut seen).unwrap();
        tell(&mut study, number);
    }
    ask(&mut study, &mut seen).unwrap();
    study
}

#[test]
fn a_sweep_is_read_while_it_runs() {
    let scratch = Scratch::new();
    let mut running = begun(&scratch);
    let sweep = scratch.study().read().unwrap();
    assert_eq!((sweep.space(), sweep.seed(), sweep.sampler()), (&space(), 7, "RandomSampler"));
    let states: Vec<_> = sweep.history().trials().iter().map(|trial| (trial.state(), trial.point().clone())).collect();
    let expected = [State::Complete, State::Complete, State::Running];
    assert_eq!(states, expected.into_iter().enumerate().map(|(n, state)| (state, point(n))).collect::<Vec<_>>());
    assert_eq!(sweep.history().running(), 1);
    assert_eq!(sweep.history().trials()[1].values(), complete(1, 1.0).trial.values());
    tell(&mut running, 2);
    assert_eq!(scratch.study().read().unwrap().history().count(State::Complete), 3);
}

#[test]
fn studies_are_listed() {
    let scratch = Scratch::new();
    let running = begun(&scratch);
    all(scratch.study().name("later"));
    let list = scratch.study().list().unwrap();
    let shown: Vec<_> = list.iter().map(|study| (study.name.as_str(), study.trials, study.complete)).collect();
    assert_eq!(shown, [("test", 3, 2), ("later", 0, 0)]);
    assert_eq!(list[0].goals, [Goal::Minimize]);
    drop(running);
    let error = scratch.study().name("wine").read().unwrap_err();
    assert!(matches!(&error, StudyError::NoStudy { names, .. } if names == &["test", "later"]));
    assert!(error.to_string().ends_with("it holds `test`, `later`"), "{error}");
}

#[test]
fn reading_makes_nothing() {
    let scratch = Scratch::new();
    assert!(matches!(scratch.study().read(), Err(StudyError::NoFile { .. })));
    assert!(matches!(scratch.study().list(), Err(StudyError::NoFile { .. })));
    assert!(!scratch.file("study.db").exists());
    scratch.connection().execute_batch("CREATE TABLE something (a)").unwrap();
    assert_eq!(scratch.study().list().unwrap(), []);
    assert!(matches!(scratch.study().read(), Err(StudyError::NoStudy { .. })));
}

#[test]
fn a_study_that_another_program_has_begun_has_the_axes_of_its_parameters() {
    let scratch = Scratch::new();
    drop(begun(&scratch));
    let connection = scratch.connection();
    connection.execute_batch("DELETE FROM study_system_attributes; DELETE FROM trial_system_attributes").unwrap();
    let sweep = scratch.study().read().unwrap();
    let names: Vec<_> = sweep.space().axes().iter().map(hyperopt_core::Axis::name).collect();
    assert_eq!(names, ["x", "lr", "n", "step", "kernel", "gamma"]);
    assert_eq!(sweep.history().count(State::Complete), 2);
    for (axis, number) in [("x", 0), ("n", 1), ("step", 1), ("kernel", 1)] {
        let found = sweep.space().value(axis, sweep.history().trials()[number].point()).unwrap().as_f64();
        let expected = space().value(axis, &point(number)).unwrap().as_f64();
        assert!(found.zip(expected).is_none_or(|(found, expected)| (found - expected).abs() < 1e-12), "{axis}");
        assert_eq!(found.is_some(), expected.is_some());
    }
    assert_eq!(sweep.seed(), 0);
}

/// A trial that its process has put back was interrupted; one that another program has queued has not begun.
#[test]
fn trials_that_wait_are_read_as_what_they_are() {
    let scratch = Scratch::new();
    drop(begun(&scratch));
    let queued = "INSERT INTO trials (number, study_id, state) VALUES (3, 1, 'WAITING')";
    scratch.connection().execute(queued, ()).unwrap();
    let sweep = scratch.study().read().unwrap();
    let states: Vec<_> = sweep.history().trials().iter().map(hyperopt_core::Trial::state).collect();
    assert_eq!(states, [State::Complete, State::Complete, State::Cancelled, State::Running]);
    // Reading writes nothing: both still wait.
    assert_eq!(all(scratch.study()).waiting, [2, 3]);
}

/// Dashboards show the curve of a long trial, and its end may be the death of its process.
#[test]
fn the_reports_of_a_trial_are_read_while_it_runs() {
    let scratch = Scratch::new();
    let mut running = begun(&scratch);
    let reports = || scratch.study().read().unwrap().history().trials()[2].reports().to_vec();
    running.report(2, 1, 0.5).unwrap();
    // They are written together, once a second.
    std::thread::sleep(Duration::from_millis(1050));
    running.report(2, 2, 0.25).unwrap();
    assert_eq!(reports(), [(1, 0.5), (2, 0.25)]);
}
