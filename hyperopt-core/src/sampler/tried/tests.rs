//! Which points have been tried, compared with what the trials themselves say.

use std::time::Duration;

use super::*;
use crate::candidates::{Candidates, Dimension, ordinal};
use crate::space::{Axis, Point};
use crate::trial::Outcome;

/// `depth` and `shrink` are active with the second and third `kernel` only.
fn conditional() -> Space {
    fn axis<V>(dimension: &Dimension<V>, name: &str, parents: &[usize]) -> Axis {
        dimension.axis(name, name, parents).expect("sound candidates")
    }
    Space::new(vec![
        axis(&ordinal([16, 32]).dimension(), "batch", &[]),
        axis(&["x", "y", "z"].map(String::from).dimension(), "kernel", &[]),
        axis(&(1..=4).dimension(), "depth", &[1]),
        axis(&[true, false].dimension(), "shrink", &[1]),
    ])
}

/// All cells of the space, as levels.
fn cells() -> Vec<[u64; 4]> {
    (0..48).map(|cell| [cell % 2, cell / 2 % 3, cell / 6 % 4, cell / 24]).collect()
}

fn units(space: &Space, cell: [u64; 4]) -> Vec<f64> {
    space.axes().iter().zip(cell).map(|(axis, level)| axis.unit_of(level).expect("a level")).collect()
}

/// The point of a trial in a cell, after its guards.
fn guarded(space: &Space, cell: [u64; 4]) -> Point {
    let mut point = Point::from(units(space, cell));
    if cell[1] == 0 {
        point.deactivate(2);
        point.deactivate(3);
    }
    point
}

#[test]
fn a_trial_covers_what_its_inactive_axes_leave_open() {
    let space = conditional();
    let (mut tried, mut history) = (Tried::new(&space).expect("levels everywhere"), History::default());
    let (mut covered, mut repeats) = (Vec::new(), 0);
    // Cell by cell in an order that jumps: 29 and 48 have no divisor in common.
    for number in 0..48 {
        let cell = cells()[number * 29 % 48];
        let point = guarded(&space, cell);
        history.push(Trial::running(number, number, None, point));
        history.closing(number).expect("a running trial").close(Outcome::value(0.0), Duration::ZERO);
        tried.read(&space, &history);
        let new: Vec<_> = if cell[1] == 0 {
            cells().into_iter().filter(|other| other[..2] == cell[..2]).collect()
        } else {
            vec![cell]
        };
        if covered.contains(&new[0]) {
            repeats += 1;
        } else {
            covered.extend(new);
        }
        for other in cells() {
            assert_eq!(
                tried.contains(&space, &units(&space, other)),
                covered.contains(&other),
                "{other:?} after {cell:?}"
            );
        }
        assert_eq!(tried.is_exhausted(), covered.len() == 48);
    }
    assert!(tried.is_exhausted());
    // Two points with the first kernel, and 16 with each other one.
    assert_eq!(tried.counts(), (34, repeats));
    assert_eq!(repeats, 14);
}

/// Along it, no two points are the same, so there is always one left where it is active.
#[test]
fn a_continuous_axis_behind_a_guard_is_never_exhausted() {
    let axis = |name: &str, dimension: Dimension<f64>, parents: &[usize]| dimension.axis(name, name, parents).unwrap();
    let levels = [false, true].dimension().axis("is_on", "is_on", &[]).unwrap();
    let space = Space::new(vec![levels, axis("rate", (0.0..=1.0).dimension(), &[0])]);
    let (mut tried, mut history) = (Tried::new(&space).expect("levels, or a guard"), History::default());
    for (number, unit) in [0.25, 0.75].into_iter().enumerate() {
        let mut point = Point::from(vec![unit, 0.5]);
        if number == 0 {
            point.deactivate(1);
        }
        history.push(Trial::running(number, number, None, point));
    }
    tried.read(&space, &history);
    assert!(tried.is_partial() && !tried.is_exhausted());
    assert_eq!(tried.counts(), (1, 0));
    assert!(tried.contains(&space, &[0.25, f64::NAN]) && !tried.contains(&space, &[0.75, 0.5]));
    assert!(Tried::new(&Space::new(vec![axis("rate", (0.0..=1.0).dimension(), &[])])).is_none());
}
