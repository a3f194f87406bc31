//! Two objectives against each other, with the Pareto front.

use std::collections::HashMap;

use hyperopt_core::{Goal, Sweep};
use itertools::{Itertools as _, MinMaxResult};

use crate::{
    axis::plane::{Level, Plane},
    axis::scale::Scale,
    axis::y_axis::YAxis,
    canvas::Canvas,
    charts::matrix,
    error::Error,
    figure::{Chart, Figure},
    frame,
    geometry::Rect,
    model::{AxisKind, Front, Point, Scene},
    source, theme,
};

/// Draws the objectives of a sweep with two goals against each other, and its Pareto front.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. Each complete trial is a mark: orange on the front, grey
/// if another trial dominates it, and a ring if it violates a constraint. The line bounds the region that the front dominates.
/// The label of each axis says whether the objective is minimized or maximized. An axis is logarithmic if its values are
/// positive and span more than two decades. Trials far from the front are drawn at the edge.
///
/// Of three or more objectives, every pair has a panel, which shows the front of all objectives. Saving the figure of a sweep
/// with a single goal fails with [`Error::Unsuited`]. The figure of a sweep without a complete trial says so.
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::pareto(ho).save("pareto.png")?;
/// # Ok(())
/// # }
/// ```
pub fn pareto(ho: &impl AsRef<Sweep>) -> Figure {
    Figure::of(Chart::Pareto, source::objectives(ho.as_ref()))
}

/// Draws [`pareto`], under the name that Optuna uses.
pub fn pareto_front(ho: &impl AsRef<Sweep>) -> Figure {
    pareto(ho)
}

/// The length of an axis beyond the front, in lengths of the front.
const REACH: f64 = 1.5;

/// Returns the size at which the panel is comfortable, in points.
pub(crate) fn default_size(scene: &Scene) -> (u32, u32) {
    let goals = scene.front.as_ref().map_or(0, |front| front.goals.len());
    match goals {
        _ if scene.trials.is_empty() || scene.axes.is_empty() => (640, 240),
        0..=2 => (680, 480),
        _ => matrix::default_size(scene),
    }
}

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    let Some(front) = scene.front.as_ref().filter(|_| !scene.trials.is_empty()) else {
        if !scene.trials.is_empty() {
            return Err(Error::unsuited("pareto_front", "it has one goal", "`plot` draws its objective"));
        }
        frame::no_trials(scene, body, canvas);
        return Ok(());
    };
    if front.goals.len() > 2 {
        let (cut, far) = cut(scene, front);
        return matrix::draw_front((&cut, scene), far, body, canvas);
    }
    let points = scene.points(0);
    let by_trial: HashMap<usize, &Point> = points.iter().map(|point| (point.trial, point)).collect();
    let best: Vec<&Point> = front.numbers.iter().filter_map(|number| by_trial.get(number).copied()).collect();
    let x = range(&points, &best, |point| point.x);
    let y = range(&points, &best, |point| point.y);
    let is_far = |point: &&Point| [x.place(point.x), y.place(point.y)].iter().any(|at| !(0.0..=1.0).contains(at));
    let far = points.iter().filter(is_far).count();
    let body = frame::caption(&[remarks(scene, front, far)], body, canvas);
    let level = Level { scale: x, is_whole: false, name: &scene.axes[0].name };
    let plane = Plane::new(level, (YAxis::of(y), &scene.objective), &[], body, canvas);
    marks((scene, front), &points, &best, &plane, canvas);
    Ok(())
}

/// Returns the scene with the objectives far from the front at the ends of their axes, and the number of trials of which one is.
fn cut(scene: &Scene, front: &Front) -> (Scene, usize) {
    let mut cut = scene.clone();
    for (index, axis) in cut.axes.iter_mut().enumerate() {
        let points = scene.points(index);
        let best: Vec<&Point> = points.iter().filter(|point| front.contains(point.trial)).collect();
        let scale = range(&points, &best, |point| point.x);
        axis.kind = if scale.is_log() { AxisKind::Log(None) } else { AxisKind::Linear(None) };
        if scale.is_log() {
            continue;
        }
        for x in cut.trials.iter_mut().filter_map(|trial| trial.xs[index].as_mut()) {
            *x = x.clamp(scale.lo, scale.hi);
        }
    }
    let far = cut.trials.iter().zip(&scene.trials).filter(|(cut, trial)| cut.xs != trial.xs).count();
    (cut, far)
}

/// Returns the remarks on the marks, and on the trials left out.
fn remarks(scene: &Scene, front: &Front, far: usize) -> Vec<String> {
    let size = front.numbers.len();
    let mut remarks = vec![format!("{} on the front", frame::counted(size, "trial"))];
    let infeasible = scene.infeasible();
    let beaten = scene.trials.len().saturating_sub(size + infeasible);
    if beaten > 0 {
        remarks.push(format!("{beaten} beaten"));
    }
    remarks.extend(frame::infeasible(scene, "rings"));
    if far > 0 {
        remarks.push(format!("{far} far from the front, drawn at the edge"));
    }
    remarks.extend(scene.left_out.caption());
    remarks
}

/// Returns the range of an axis: all of the front, and what is not too far from it; all trials on a logarithmic one.
fn range(all: &[Point], front: &[&Point], value: fn(&Point) -> f64) -> Scale {
    let Some((mut lo, mut hi)) = all.iter().map(value).minmax_by(f64::total_cmp).into_option() else {
        return Scale::linear(0.0, 1.0);
    };
    if lo > 0.0 && hi / lo > 100.0 {
        return Scale::log(lo, hi).padded(0.05);
    }
    // Halves first: the difference of two values near the largest may overflow.
    if let MinMaxResult::MinMax(first, last) = front.iter().map(|point| value(point)).minmax_by(f64::total_cmp) {
        let reach = (last / 2.0 - first / 2.0) * 2.0 * REACH;
        if reach > 0.0 {
            (lo, hi) = (lo.max(first - reach), hi.min(last + reach));
        }
    }
    Scale::linear(lo, hi).padded(0.05)
}

/// Draws the beaten trials first, then the line, and the front on top.
fn marks((scene, front): (&Scene, &Front), points: &[Point], best: &[&Point], plane: &Plane, canvas: &mut Canvas) {
    let (plot, (radius, opacity)) = (plane.plot, theme::mark(points.len()));
    let mark_at = |point: &Point| {
        let (x, y) = plane.at(point.x, point.y);
        // Marks at the edge are inside it as a whole.
        (inside(x, (plot.x, plot.right()), radius + 1.0), inside(y, (plot.y, plot.bottom()), radius + 1.0))
    };
    for point in points.iter().filter(|point| !front.contains(point.trial)) {
        let draw = |canvas: &mut Canvas| {
            if point.is_feasible {
                canvas.dot(mark_at(point), radius, theme::INFEASIBLE.mix(opacity));
            } else {
                canvas.ring(mark_at(point), radius, theme::INFEASIBLE.mix(opacity));
            }
        };
        canvas.trial(|| scene.tooltip(point.trial, [0]), draw);
    }
    if let (&[first_goal, second_goal], [.., _]) = (&front.goals[..], best) {
        let places: Vec<_> = best.iter().map(|point| mark_at(point)).collect();
        canvas.line(&steps(&places, (first_goal, second_goal), plot), 1.5, theme::ACCENT.mix(0.6));
    }
    for point in best {
        let draw = |canvas: &mut Canvas| canvas.dot(mark_at(point), radius + 0.5, theme::ACCENT.mix(0.95));
        canvas.trial(|| scene.tooltip(point.trial, [0]), draw);
    }
}

/// Returns `at`, or what is `room` inside of the end that it is too near to.
fn inside(at: f64, (low, high): (f64, f64), room: f64) -> f64 {
    if high - low < 2.0 * room { at } else { at.clamp(low + room, high - room) }
}

/// Returns the edge of the region that the front dominates; the front is sorted from the best first objective to the worst.
fn steps(front: &[(f64, f64)], (first, second): (Goal, Goal), plot: Rect) -> Vec<(f64, f64)> {
    let worst_x = if first == Goal::Minimize { plot.right() } else { plot.x };
    let worst_y = if second == Goal::Minimize { plot.y } else { plot.bottom() };
    let mut corners = Vec::with_capacity(2 * front.len() + 1);
    let mut y = worst_y;
    for &(x, next) in front {
        corners.extend([(x, y), (x, next)]);
        y = next;
    }
    corners.push((worst_x, y));
    corners
}
