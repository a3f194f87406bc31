//! What a process knows of rows that change.

use hyperopt_core::{Axis, Goal, Space};

use super::*;

fn ledger() -> Ledger {
    let space = Space::try_from(vec![Axis::float("x", 0.0..=1.0).unwrap()]).unwrap();
    Ledger::new(Rows::new(space, vec![Goal::Minimize], false))
}

fn row(number: usize, state: RowState) -> (i64, TrialRow) {
    let mut row = TrialRow::new(number, state);
    row.system.put("hyperopt:point", r#"{"units":[0.5]}"#.into());
    (10 + number as i64, row)
}

#[test]
fn each_record_is_news_once_and_once_more_when_closed() {
    let mut ledger = ledger();
    let mut changes = |rows| {
        let changes = ledger.absorb(rows).unwrap();
        (changes.iter().map(|record| record.trial.number()).collect::<Vec<_>>(), ledger.waiting(), ledger.open().len())
    };
    let first = vec![row(0, RowState::Pruned), row(1, RowState::Running), row(2, RowState::Waiting)];
    assert_eq!(changes(first), (vec![0, 1, 2], vec![2], 2));
    assert_eq!(changes(vec![row(1, RowState::Running)]), (vec![], vec![2], 2));
    assert_eq!(changes(vec![row(1, RowState::Waiting)]), (vec![], vec![1, 2], 2));
    assert_eq!(changes(vec![row(1, RowState::Fail), row(2, RowState::Running)]), (vec![1], vec![], 1));
    assert_eq!(changes(vec![row(1, RowState::Fail)]), (vec![], vec![], 1));
}

#[test]
fn what_this_process_does_is_no_news_to_it() {
    let mut ledger = ledger();
    let (id, running) = row(0, RowState::Running);
    let record = ledger.rows().decode(&running).unwrap().records.remove(0);
    ledger.started(&record, id, "lease".into());
    assert!(ledger.absorb(vec![row(0, RowState::Running)]).unwrap().is_empty());
    assert_eq!(ledger.leases.get(0).map(|lease| lease.trial), Some(0));
    ledger.release(0, true);
    ledger.moved(0, RowState::Complete);
    assert!(ledger.open().is_empty());
    assert!(ledger.absorb(vec![row(0, RowState::Complete)]).unwrap().is_empty());
}

#[test]
fn a_trial_that_another_process_finished_is_news_although_it_was_begun_here() {
    let mut ledger = ledger();
    let (id, running) = row(0, RowState::Running);
    let record = ledger.rows().decode(&running).unwrap().records.remove(0);
    ledger.started(&record, id, "lease".into());
    ledger.release(0, false);
    assert_eq!(ledger.absorb(vec![row(0, RowState::Fail)]).unwrap().len(), 1);
}

#[test]
fn a_queued_trial_outside_of_the_space_is_to_be_closed() {
    let mut ledger = ledger();
    let queued = |number: usize, x: &str| {
        let mut row = TrialRow::new(number, RowState::Waiting);
        row.system.put("fixed_params", format!(r#"{{"x": {x}}}"#));
        (10 + number as i64, row)
    };
    let changes = ledger.absorb(vec![queued(0, "0.25"), queued(1, "7.5"), row(2, RowState::Running)]).unwrap();
    assert_eq!((changes.len(), ledger.waiting()), (3, vec![0]));
    let refused = vec![(1, 11, "parameter `x`: 7.5 is not within 0..=1".to_owned())];
    assert_eq!(ledger.refused(), refused);
    ledger.moved(1, RowState::Fail);
    assert!(ledger.refused().is_empty() && !ledger.is_open(1));
}

#[test]
fn numbers_with_gaps_are_damage() {
    assert_eq!(ledger().absorb(vec![row(0, RowState::Fail), row(2, RowState::Fail)]).unwrap_err().0, 2);
    assert_eq!(ledger().absorb(vec![row(1, RowState::Fail)]).unwrap_err().0, 1);
}

#[cfg(feature = "postgres")]
#[test]
fn what_was_known_and_is_not_there_is_lost() {
    let complete = |number, value| {
        let (id, mut row) = row(number, RowState::Complete);
        row.values = vec![value];
        (id, row)
    };
    let mut ledger = ledger();
    let open = row(2, RowState::Running);
    ledger.absorb(vec![complete(0, 0.5), complete(1, 1.5), open.clone(), row(3, RowState::Waiting)]).unwrap();
    let known = [complete(0, 0.5), complete(1, 1.5), open, row(3, RowState::Running), row(4, RowState::Running)];
    assert_eq!(ledger.lost(&known, 0), [0; 0]);
    // A trial that was open may have been closed since.
    assert_eq!(ledger.lost(&[&known[..2], &[complete(2, 0.0), complete(3, 1.0)]].concat(), 0), [0; 0]);
    assert_eq!(ledger.lost(&known[..3], 0), [3]);
    assert_eq!(ledger.lost(&known[1..], 0), [0]);
    assert_eq!(ledger.lost(&known[1..], 1), [0; 0]);
    // Closed here, and open there; another value; another row of the same number.
    let (_, another) = complete(1, 1.5);
    for changed in [row(1, RowState::Running), complete(1, 2.5), (99, another)] {
        let rows: Vec<_> = known[..1].iter().chain([&changed]).chain(&known[2..]).cloned().collect();
        assert_eq!(ledger.lost(&rows, 0), [1]);
    }
}
