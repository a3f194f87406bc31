//! The branches that points to try first belong to.

use crate::engine::{Job, Suggest, catch_panic};
use crate::search_space::{SearchSpace, listed, proposed};
use crate::space::{Axis, Point, Space};
use crate::sweep::TryFirst;

/// The largest number of combinations of values that are looked through for one point.
const COMBINATIONS: usize = 4096;

/// The largest number of levels of which each is looked at; of more levels, and of a continuous axis, this many places and one.
const PLACES: u64 = 64;

/// Adds to points the values by which their conditional hyperparameters become active, where the points leave these open: a value
/// for a parameter of one branch chooses the branch.
pub(super) fn chosen<S: SearchSpace>(space: &S, points: TryFirst) -> TryFirst {
    let (axes, errors) = listed(space).checked();
    if !errors.is_empty() || axes.axes().iter().all(|axis| axis.parents().is_empty()) {
        return points;
    }
    points.completed(&axes, |point| choice(space, &axes, point).unwrap_or_default())
}

/// Finds the first combination of values of open hyperparameters that makes all conditional values of `known` active.
fn choice<S: SearchSpace>(space: &S, axes: &Space, known: &Point) -> Option<Vec<(usize, f64)>> {
    let given = axes.axes().iter().enumerate().filter(|&(index, _)| known.is_active(index));
    let mut open: Vec<usize> = given.flat_map(|(_, axis)| axis.parents()).copied().collect();
    open.sort_unstable();
    open.dedup();
    open.retain(|&parent| !known.is_active(parent));
    let places: Vec<Vec<f64>> = open.iter().map(|&axis| places(&axes.axes()[axis])).collect();
    let mut combination = vec![0; open.len()];
    for _ in 0..if open.is_empty() { 0 } else { COMBINATIONS } {
        let chosen =
            || open.iter().zip(&places).zip(&combination).map(|((&axis, places), &place)| (axis, places[place]));
        if is_active(space, axes, known, chosen()) {
            return Some(chosen().collect());
        }
        let advanced = (0..combination.len()).rev().find(|&index| {
            combination[index] = (combination[index] + 1) % places[index].len();
            combination[index] > 0
        });
        advanced?;
    }
    None
}

fn places(axis: &Axis) -> Vec<f64> {
    match axis.levels().filter(|&levels| levels <= PLACES) {
        Some(levels) => (0..levels).filter_map(|level| axis.unit_of(level)).collect(),
        None => (0..=PLACES).map(|place| axis.snap(place as f64 / PLACES as f64)).collect(),
    }
}

/// Whether all values of `known` are active where the open axes are at `chosen`.
fn is_active<S: SearchSpace>(
    space: &S,
    axes: &Space,
    known: &Point,
    chosen: impl Iterator<Item = (usize, f64)>,
) -> bool {
    let mut point: Point = axes.axes().iter().map(|axis| axis.snap(0.5)).collect();
    for axis in (0..axes.len()).filter(|&axis| known.is_active(axis)) {
        point.follow(axis, known);
    }
    chosen.for_each(|(axis, unit)| point.set(axis, unit));
    let mut job = Job::sketch(axes, point);
    // A guard that panics chooses nothing; it will be reported by the trial that meets it.
    let is_proposed = catch_panic(|| proposed(space, &mut Suggest::new(&mut job))).is_ok();
    is_proposed && axes.inactive(known, job.point()).next().is_none()
}
