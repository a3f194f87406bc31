//! Points that are known before a sweep begins: those written in `try_first = …`, or the best of an earlier sweep.

use std::borrow::Cow;
use std::collections::HashMap;

use itertools::Itertools as _;

use crate::error::Error;
use crate::history::History;
use crate::space::{Axis, Coordinate, Point, Space, Value};
use crate::sweep::Sweep;

/// Points to try first in a sweep: the best of another sweep, best first, or points by name.
///
/// [`Hyperoptimizer::best_points`](crate::Hyperoptimizer::best_points) and [`named`](Self::named) make them. The other sweep
/// may have other hyperparameters and candidates: a value is used if a hyperparameter of that name has it among its candidates.
///
/// ```
/// # use hyperopt_core::Hyperoptimizer;
/// # fn report<P>(earlier: &Hyperoptimizer<P>) {
/// let points = earlier.best_points(5); // try_first = earlier.best_points(5)
/// assert!(points.len() <= 5);
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct InitialPoints {
    space: Space,
    points: Vec<Point>,
    named: Vec<Vec<(String, Value)>>,
}

impl InitialPoints {
    /// Makes points from lists of names and values; the sampler proposes the values that a point leaves out.
    ///
    /// A name without a hyperparameter and a value that is not among the candidates are errors of the sweep.
    ///
    /// ```
    /// use hyperopt_core::{Candidates, InitialPoints, Parameters, Search};
    ///
    /// let space = Parameters::new().with("x", (-10.0..=10.0).dimension());
    /// let known = InitialPoints::named([[("x", 0.5)], [("x", 0.0)]]);
    /// let ho = Search::new(space).seed(7).try_first(known).run(0..2, |_, params| params[0].1);
    /// assert_eq!(ho.best()?.value, 0.0);
    /// # Ok::<_, hyperopt_core::Error>(())
    /// ```
    #[must_use]
    pub fn named<N: Into<String>, V: Into<Value>>(
        points: impl IntoIterator<Item = impl IntoIterator<Item = (N, V)>>,
    ) -> Self {
        let values = |(name, value): (N, V)| (name.into(), value.into());
        let named = points.into_iter().map(|point| point.into_iter().map(values).collect()).collect();
        Self { named, ..Self::default() }
    }

    /// Returns the best `count` points of the complete trials of `sweep`, each once.
    pub(crate) fn best_of(sweep: &Sweep, count: usize) -> Self {
        let mut points: Vec<Point> = Vec::new();
        for (trial, _) in sweep.history.ranked(sweep.goal()) {
            if points.len() >= count {
                break;
            }
            if !points.contains(trial.point()) {
                points.push(trial.point().clone());
            }
        }
        Self { space: sweep.space.clone(), points, named: Vec::new() }
    }

    /// Returns the points to transfer from a sweep of another problem: the best tenth of its complete trials, at most ten.
    pub(crate) fn transferred(sweep: &Sweep) -> Self {
        let complete = sweep.history.complete().count();
        Self::best_of(sweep, complete.div_ceil(10).min(10))
    }

    /// Returns the number of points.
    #[must_use]
    pub fn len(&self) -> usize {
        self.points.len() + self.named.len()
    }

    /// Returns whether there is no point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds to each point that is known by name the values that `choose` finds for it, as axes and units.
    fn completed(mut self, space: &Space, choose: impl Fn(&Point) -> Vec<(usize, f64)>) -> Self {
        let points = self.placed(space, &mut Vec::new());
        for (values, point) in self.named.iter_mut().zip(&points) {
            let chosen = choose(point).into_iter().map(|(axis, unit)| (&space.axes()[axis], unit));
            values.extend(chosen.map(|(axis, unit)| (axis.parameter().to_owned(), axis.value(unit))));
        }
        self
    }

    /// Returns the hyperparameters whose values in the points are not among the candidates of `space`.
    fn left_out(&self, space: &Space) -> Vec<String> {
        let places = places(space);
        let is_left_out = |&(index, axis): &(usize, &Axis)| {
            let now = places.get(axis.name()).map(|&place| &space.axes()[place]);
            let is_kept = |at| now.is_some_and(|now| now.coordinate_of(&axis.value_at(at)).is_some());
            !now.is_some_and(|now| now.same_domain(axis))
                && self.points.iter().any(|point| point.coordinate(index).is_some_and(|at| !is_kept(at)))
        };
        let left_out = self.space.axes().iter().enumerate().filter(is_left_out);
        left_out.map(|(_, axis)| format!("`{}`", axis.parameter())).unique().collect()
    }

    /// Returns the note that values of the points of another sweep, which `setting` takes, are left out here.
    pub(crate) fn note(&self, setting: &str, space: &Space) -> Option<String> {
        let left_out = self.left_out(space);
        let names = left_out.join(", ");
        (!left_out.is_empty()).then(|| {
            format!(
                "{setting}: values of {names} in the points of the other sweep are not among the candidates here; the sampler \
                 proposes others"
            )
        })
    }

    /// Returns the points in the coordinates of `space`: NaN along axes for which they have no value.
    pub(crate) fn within(&self, space: &Space) -> impl Iterator<Item = Point> {
        let places = places(&self.space);
        let along = |axis: &Axis| {
            let index = *places.get(axis.name())?;
            Some((index, self.space.axes()[index].same_domain(axis)))
        };
        let sources: Vec<_> = space.axes().iter().map(along).collect();
        self.points.iter().map(move |point| {
            let coordinates = space.axes().iter().zip(&sources).map(|(axis, source)| {
                let (index, is_same) = (*source)?;
                let coordinate = point.coordinate(index)?;
                let value = || self.space.axes()[index].value_at(coordinate);
                if is_same { Some(coordinate) } else { axis.coordinate_of(&value()) }
            });
            known(space, coordinates.enumerate().filter_map(|(axis, coordinate)| Some((axis, coordinate?))))
        })
    }

    /// Places the points that are known by name in `space`, and adds their mistakes to `errors`.
    fn placed(&self, space: &Space, errors: &mut Vec<Error>) -> Vec<Point> {
        let place = |values: &Vec<(String, Value)>| {
            let mut point: Point = space.axes().iter().map(|_| f64::NAN).collect();
            for (name, value) in values {
                let axes = || space.axes().iter().enumerate().filter(|(_, axis)| axis.parameter() == name);
                let mut found = axes().filter_map(|(index, axis)| Some((index, axis.coordinate_of(value)?))).peekable();
                if axes().next().is_none() {
                    errors.push(Error::Unknown { name: name.clone(), value: value.clone() });
                } else if found.peek().is_none() {
                    errors.push(fault(name, &value.exact(), value, axes().map(|(_, axis)| axis)));
                }
                found.for_each(|(axis, coordinate)| point.place(axis, coordinate));
            }
            point
        };
        self.named.iter().map(place).collect()
    }
}

/// Returns the places of the axes of `space` by their names.
fn places(space: &Space) -> HashMap<&str, usize> {
    space.axes().iter().enumerate().map(|(place, axis)| (axis.name(), place)).collect()
}

/// A point of `space` that is known along these axes only.
fn known(space: &Space, coordinates: impl Iterator<Item = (usize, Coordinate)>) -> Point {
    let mut point: Point = space.axes().iter().map(|_| f64::NAN).collect();
    coordinates.for_each(|(axis, coordinate)| point.place(axis, coordinate));
    point
}

/// Makes the error that `value` is not among the candidates of `axes`.
fn fault<'a>(name: &str, written: &str, value: &Value, axes: impl Iterator<Item = &'a Axis>) -> Error {
    let candidates = axes.map(Axis::describe).collect::<Vec<_>>().join(" or ");
    Error::TryFirst { name: name.into(), written: written.into(), value: value.clone(), candidates }
}

/// The value of `try_first = …` where it is not a literal list of points: the points of an earlier sweep.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of points to try first",
    label = "expected points: `[(name = value, …), …]`, or `earlier.best_points(5)`"
)]
pub trait IntoInitialPoints {
    /// Returns the points.
    fn points(self) -> InitialPoints;
}

#[diagnostic::do_not_recommend]
impl IntoInitialPoints for InitialPoints {
    fn points(self) -> InitialPoints {
        self
    }
}

#[diagnostic::do_not_recommend]
impl IntoInitialPoints for &InitialPoints {
    fn points(self) -> InitialPoints {
        self.clone()
    }
}

/// The points of `try_first = …`.
#[derive(Clone, Debug)]
pub enum TryFirst {
    /// Points written as a literal list, each a list of values.
    Written(Vec<Vec<WrittenValue>>),
    /// Points of another sweep.
    Known(InitialPoints),
}

impl Default for TryFirst {
    fn default() -> Self {
        Self::Written(Vec::new())
    }
}

/// One value of a literal point: `lr = 1e-3`.
#[derive(Clone, Debug)]
pub struct WrittenValue {
    /// The name of the hyperparameter.
    name: Cow<'static, str>,
    /// The value as it is written, and as it is shown.
    written: String,
    shown: Value,
    /// Its coordinate on each of the hyperparameter's axes; `None` where it is not among the candidates.
    coordinates: Vec<(usize, Option<Coordinate>)>,
    /// The numbers of values found and expected, where they differ.
    miscounted: Option<(usize, usize)>,
}

impl WrittenValue {
    /// Makes the value of `name` with the source text `written`; `coordinates` has an entry for each set of candidates.
    #[must_use]
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        written: impl Into<String>,
        shown: Value,
        coordinates: Vec<(usize, Option<Coordinate>)>,
    ) -> Self {
        Self { name: name.into(), written: written.into(), shown, coordinates, miscounted: None }
    }

    /// Makes the error that a point has `found` values for `expected` axes.
    pub(crate) fn miscounted(name: &'static str, written: &'static str, found: usize, expected: usize) -> Self {
        let nothing = Self::new(name, written, Value::Bool(false), Vec::new());
        Self { miscounted: Some((found, expected)), ..nothing }
    }

    /// Makes a placeholder for a value in a call that has errors.
    #[must_use]
    pub fn nothing() -> Self {
        Self::new("", "", Value::Bool(false), Vec::new())
    }

    fn fault(&self, space: &Space) -> Error {
        if let Some((found, expected)) = self.miscounted {
            return Error::Miscounted { name: self.name.to_string(), written: self.written.clone(), found, expected };
        }
        let axes = self.coordinates.iter().filter_map(|&(axis, _)| space.axes().get(axis));
        fault(&self.name, &self.written, &self.shown, axes)
    }
}

impl TryFirst {
    /// Adds to each point that is known by name the values that `choose` finds for it, as axes and units.
    pub(crate) fn completed(self, space: &Space, choose: impl Fn(&Point) -> Vec<(usize, f64)>) -> Self {
        match self {
            Self::Known(known) => Self::Known(known.completed(space, choose)),
            written @ Self::Written(_) => written,
        }
    }

    /// Returns the note that values of the points of another sweep are left out here.
    pub(crate) fn note(&self, space: &Space) -> Option<String> {
        match self {
            Self::Known(known) => known.note("try_first", space),
            Self::Written(_) => None,
        }
    }

    /// Returns whether there are points of another sweep.
    pub(crate) fn is_of_sweep(&self) -> bool {
        matches!(self, Self::Known(known) if !known.points.is_empty())
    }

    /// Returns the points in the coordinates of `space`, NaN where nothing is known; mistakes are added to `errors`.
    pub(crate) fn points(self, space: &Space, errors: &mut Vec<Error>) -> Vec<Point> {
        match self {
            Self::Known(known) => known.placed(space, errors).into_iter().chain(known.within(space)).collect(),
            Self::Written(points) => {
                let written = points.into_iter().map(|given| {
                    let mut point: Point = space.axes().iter().map(|_| f64::NAN).collect();
                    for value in given {
                        let mut found =
                            value.coordinates.iter().filter_map(|&(axis, place)| Some((axis, place?))).peekable();
                        if found.peek().is_none() {
                            errors.push(value.fault(space));
                        }
                        found.for_each(|(axis, coordinate)| point.place(axis, coordinate));
                    }
                    point
                });
                written.collect()
            }
        }
    }
}

/// Returns whether `history` holds a trial of the point `known`.
pub(crate) fn is_tried(space: &Space, history: &History, known: &Point) -> bool {
    history.trials().iter().any(|trial| is_at(space, known, trial.point()))
}

/// Returns whether a trial at `point` tries the point `known`, which has no coordinates along axes that are left open.
pub(crate) fn is_at(space: &Space, known: &Point, point: &Point) -> bool {
    let axes = space.axes();
    let mut any = false;
    let all = known.iter().enumerate().all(|(index, unit)| match (unit, point.get(index)) {
        (None, _) => true,
        (Some(unit), Some(found)) => {
            any = true;
            // A study may give a coordinate back with another last digit, and then has the value.
            let values = [known, point].map(|point| point.coordinate(index).map(|place| axes[index].value_at(place)));
            axes[index].snap(unit) == found || values[0] == values[1]
        }
        // The axis is inactive: if the axes that decide this are given too, it is so in every trial; or another alternative
        // is active.
        (Some(_), None) => {
            let is_given = |axis: &usize| known.is_active(*axis);
            let mut others = (0..axes.len()).filter(|&other| axes[other].parameter() == axes[index].parameter());
            axes[index].parents().iter().all(is_given) || others.any(|other| point.is_active(other))
        }
    });
    all && any
}
