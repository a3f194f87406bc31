//! One upright axis of the parallel coordinates: the places of values, and the labels beside it.

use hyperopt_core::number;
use itertools::Itertools as _;

use crate::{
    axis::scale::{Scale, Warp},
    axis::ticks::{self, Tick},
    budgets::short,
    canvas::Canvas,
    geometry::{Align, Rect},
    model::{Axis, AxisKind, Trial, jitter},
    text::{Fonts, TextStyle},
    theme,
};

/// Height of a line of labels.
const LINE: f64 = 14.0;

/// A hyperparameter's axis.
#[derive(Debug)]
pub(crate) struct Coordinate<'s> {
    pub(crate) axis: &'s Axis,
    pub(crate) index: usize,
    /// The scale; `None` for categories, and where neither bounds nor trials give a range.
    scale: Option<Scale>,
    ticks: Vec<Tick>,
    /// The number of trials in which it was active.
    pub(crate) active: usize,
}

impl<'s> Coordinate<'s> {
    /// Lays out axis number `index`, `height` high.
    pub(crate) fn new(axis: &'s Axis, index: usize, trials: &[&Trial], height: f64) -> Self {
        let xs = || trials.iter().filter_map(|trial| value(trial, index));
        let (scale, ticks) = match &axis.kind {
            AxisKind::Categories(names) => (None, levels(names, height)),
            kind => {
                let scale = Scale::of_kind(kind, xs());
                (scale, scale.map_or_else(Vec::new, |scale| ends_and_between(&scale, height)))
            }
        };
        Self { axis, index, scale, ticks, active: xs().count() }
    }

    /// Returns where a trial lies between the lower end, 0, and the upper one, 1; `None` where it was not active. Lines through
    /// a category are spread over it, but for one that `is_exact`.
    pub(crate) fn place(&self, trial: &Trial, is_exact: bool) -> Option<f64> {
        let value = value(trial, self.index)?;
        let place = match (&self.scale, &self.axis.kind) {
            (Some(scale), _) => scale.place(value),
            (None, AxisKind::Categories(names)) => {
                let spread = if is_exact || names.len() == 1 { 0.0 } else { 0.5 * jitter(trial.number) };
                (value + 0.5 + spread) / names.len().max(1) as f64
            }
            (None, _) => 0.5,
        };
        Some(place.clamp(0.0, 1.0))
    }

    /// Returns how many of `trials` lie in each of `count` equal parts of the axis, smoothed, for 1 where they are most.
    pub(crate) fn density(&self, trials: &[&Trial], count: usize) -> Vec<f64> {
        let mut counts = vec![0.0; count];
        for place in trials.iter().filter_map(|trial| self.place(trial, false)) {
            counts[((place * count as f64) as usize).min(count - 1)] += 1.0;
        }
        let at = |index: usize, step: i32| {
            index.checked_add_signed(step as isize).and_then(|at| counts.get(at)).copied().unwrap_or_default()
        };
        let smooth: Vec<f64> =
            (0..count).map(|index| at(index, -1) / 4.0 + at(index, 0) / 2.0 + at(index, 1) / 4.0).collect();
        let most = smooth.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        smooth.into_iter().map(|count| count / most).collect()
    }

    /// Returns the width of the widest label within `room`.
    pub(crate) fn label_width(&self, room: f64, fonts: &Fonts) -> f64 {
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::INK);
        fonts.widest(self.ticks.iter().map(|tick| &*tick.label), style).min(room)
    }

    /// Draws the line of the axis, and those at its labels.
    pub(crate) fn scaffold(&self, line: Rect, canvas: &mut Canvas) {
        canvas.rule((line.x, line.y), (line.x, line.bottom()), theme::AXIS);
        for tick in &self.ticks {
            let y = line.bottom() - line.height * tick.place;
            canvas.rule((line.x - 4.0, y), (line.x, y), theme::AXIS);
        }
    }

    /// Writes the labels to the left of the axis over a veil, under which the lines of the trials fade.
    pub(crate) fn labels(&self, line: Rect, room: f64, canvas: &mut Canvas) {
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::INK);
        let is_number = !matches!(self.axis.kind, AxisKind::Categories(_));
        let labels: Vec<&str> = self.ticks.iter().map(|tick| &*tick.label).collect();
        let short = canvas.fonts().distinct(&labels, style, room);
        for (tick, short) in self.ticks.iter().zip(short) {
            // Half a number would be another one.
            if is_number && canvas.fonts().width(&tick.label, style) > room {
                continue;
            }
            let y = line.bottom() - line.height * tick.place;
            let width = canvas.fonts().width(&short, style);
            let veil = Rect { x: line.x - 8.0 - width, y: y - 6.5, width: width + 3.0, height: 13.0 };
            canvas.rect(veil, theme::BACKGROUND.mix(0.8));
            canvas.text(&short, (line.x - 6.5, y + 4.0), style, Align::Right);
        }
    }
}

/// Returns the value of axis number `index`, where it was active.
fn value(trial: &Trial, index: usize) -> Option<f64> {
    trial.xs.get(index).copied().flatten().filter(|x| x.is_finite())
}

/// Returns labels of the categories from the lowest to the highest, as many as fit.
fn levels(names: &[String], height: f64) -> Vec<Tick> {
    let band = height / names.len().max(1) as f64;
    let stride = (LINE / band).ceil().max(1.0) as usize;
    let tick = |(index, name): (usize, &String)| Tick {
        place: (index as f64 + 0.5) / names.len() as f64,
        label: name.clone(),
    };
    names.iter().enumerate().step_by(stride).map(tick).collect()
}

/// Returns labels of both ends, and of round values between them.
fn ends_and_between(scale: &Scale, height: f64) -> Vec<Tick> {
    if scale.only.is_some() {
        return ticks::ticks(scale, 2, false);
    }
    let whole =
        scale.warp == Warp::Linear && scale.lo.fract() == 0.0 && scale.hi.fract() == 0.0 && scale.hi - scale.lo <= 10.0;
    let most = (height / 40.0).clamp(2.0, 8.0) as usize;
    let near = LINE * 1.2 / height;
    let between = |tick: &Tick| tick.place > near && tick.place < 1.0 - near;
    let apart = |ticks: &Vec<Tick>| ticks.iter().tuple_windows().all(|(low, high)| high.place - low.place >= near);
    let round = (2..=most).rev().map(|target| ticks::ticks(scale, target, whole)).find(apart).unwrap_or_default();
    let has_powers = scale.is_log() && round.iter().any(|tick| tick.label.contains('e'));
    let end = |place: f64, at: f64| {
        let value = ticks::rounded(scale.untransform(at));
        let (exact, power) = (number(value), at.round());
        let is_power = has_powers && (at - power).abs() < 1e-9;
        let label = match exact.len() {
            _ if is_power => format!("1e{power}"),
            // Rounded it would be 1.
            7.. if scale.warp == Warp::Logit && at > 2.0 => format!("1 − {}", short(1.0 / (1.0 + 10_f64.powf(at)), 3)),
            0..=6 => ticks::grouped(exact),
            _ => ticks::grouped(short(value, 3)),
        };
        Tick { place, label }
    };
    let (low, high) = (end(0.0, scale.lo), end(1.0, scale.hi));
    [low].into_iter().chain(round.into_iter().filter(between)).chain([high]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(kind: AxisKind) -> Vec<String> {
        let axis =
            Axis { name: "x".to_owned(), parameter: "x".to_owned(), kind, is_ordered: false, levels: Vec::new() };
        Coordinate::new(&axis, 0, &[], 300.0).ticks.into_iter().map(|tick| tick.label).collect()
    }

    fn trial(number: usize, x: f64) -> Trial {
        Trial { number, value: 0.0, resources: None, xs: vec![Some(x)], is_feasible: true }
    }

    #[test]
    fn both_ends_are_labelled() {
        assert_eq!(labels(AxisKind::Log(Some((1e-4, 1e-1)))), ["1e-4", "1e-3", "1e-2", "1e-1"]);
        assert_eq!(labels(AxisKind::Linear(Some((0.13, 0.87)))), ["0.13", "0.2", "0.4", "0.6", "0.8", "0.87"]);
        assert_eq!(labels(AxisKind::Linear(Some((42.0, 42.0)))), ["42"]);
        assert_eq!(labels(AxisKind::Linear(None)), [""; 0]);
    }

    #[test]
    fn a_constant_is_not_fanned_out() {
        let names = vec!["only".to_owned()];
        let axis = Axis {
            name: "x".to_owned(),
            parameter: "x".to_owned(),
            kind: AxisKind::Categories(names),
            is_ordered: false,
            levels: Vec::new(),
        };
        let constant = Coordinate::new(&axis, 0, &[], 300.0);
        assert!((0..50).all(|number| constant.place(&trial(number, 0.0), false) == Some(0.5)));
    }

    #[test]
    fn densities_are_highest_where_the_trials_are() {
        let axis = Axis {
            name: "x".to_owned(),
            parameter: "x".to_owned(),
            kind: AxisKind::Linear(Some((0.0, 1.0))),
            is_ordered: true,
            levels: Vec::new(),
        };
        let trials: Vec<_> = (0..100).map(|number| trial(number, if number < 90 { 0.25 } else { 0.85 })).collect();
        let trials: Vec<_> = trials.iter().collect();
        let density = Coordinate::new(&axis, 0, &trials, 300.0).density(&trials, 10);
        assert_eq!((density[2], density[5]), (1.0, 0.0));
        assert!((density[8] - 1.0 / 9.0).abs() < 1e-9, "{density:?}");
    }

    #[test]
    fn logarithms_and_categories_have_their_places() {
        let log = Axis {
            name: "x".to_owned(),
            parameter: "x".to_owned(),
            kind: AxisKind::Log(Some((1e-4, 1.0))),
            is_ordered: true,
            levels: Vec::new(),
        };
        let log = Coordinate::new(&log, 0, &[], 300.0);
        assert!((log.place(&trial(0, 1e-3), false).unwrap() - 0.25).abs() < 1e-12);
        let names = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let labels = Axis {
            name: "x".to_owned(),
            parameter: "x".to_owned(),
            kind: AxisKind::Categories(names),
            is_ordered: false,
            levels: Vec::new(),
        };
        let labels = Coordinate::new(&labels, 0, &[], 300.0);
        let places: Vec<f64> = (0..50).map(|number| labels.place(&trial(number, 2.0), false).unwrap()).collect();
        assert!(places.iter().all(|place| (0.5..0.75).contains(place)), "each in the band of its label");
        assert_eq!(labels.place(&trial(1, 2.0), true), Some(0.625), "the best stands on its label");
        assert!(places.iter().any(|place| *place < 0.6) && places.iter().any(|place| *place > 0.65));
        assert_eq!(labels.place(&Trial { xs: vec![None], ..trial(0, 0.0) }, false), None);
    }
}
