//! Two objectives against each other, with the Pareto front.

use hyperopt_core::{Goal, Sweep};
use itertools::{Itertools as _, MinMaxResult};

use crate::{
    axis::scale::Scale,
    axis::ticks,
    axis::x_axis::XAxis,
    axis::y_axis::YAxis,
    canvas::{Align, Canvas, Rect},
    error::Error,
    figure::{Chart, Figure},
    frame,
    model::{Front, Point, Scene},
    source,
    text::TextStyle,
    theme,
};

/// Draws the objectives of a sweep with two goals against each other, and its Pareto front.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. Each complete trial is a mark: orange on the front,
/// grey if another trial beats it, and a ring if it violates a constraint. The line goes along what the front dominates. The
/// names of the objectives say what is to be done with each; an axis is logarithmic if its values are positive and span more
/// than two decades. Trials far from the front are drawn at the edge.
///
/// Of more than two objectives the first two are drawn, with the front of all of them and without its line. A sweep with one
/// goal gives a figure that says so.
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

/// Space under the panel for the labels and the name of the axis.
const FOOT_HEIGHT: f64 = 38.0;
/// The length of an axis beyond the front, in lengths of the front.
const REACH: f64 = 1.5;

/// Returns the size at which the panel is comfortable, in points.
pub(crate) fn default_size(scene: &Scene) -> (u32, u32) {
    if scene.trials.is_empty() || scene.axes.is_empty() { (640, 240) } else { (680, 480) }
}

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    let Some(front) = scene.front.as_ref().filter(|_| !scene.trials.is_empty()) else {
        if !scene.trials.is_empty() {
            return Err(Error::unsuited("pareto", "it has one goal", "`plot` draws its objective"));
        }
        frame::no_trials(scene, body, canvas);
        return Ok(());
    };
    let points = scene.points(0);
    let found = |number: &usize| points.iter().find(|point| point.trial == *number);
    let best: Vec<&Point> = front.numbers.iter().filter_map(found).collect();
    let x = range(&points, &best, |point| point.x);
    let y = range(&points, &best, |point| point.y);
    let is_far = |point: &&Point| [x.place(point.x), y.place(point.y)].iter().any(|at| !(0.0..=1.0).contains(at));
    let far = points.iter().filter(is_far).count();
    let body = frame::caption(&[remarks(scene, front, far)], body, canvas);
    let height = (body.height - FOOT_HEIGHT).max(1.0);
    let y = YAxis::of(y).labelled(height);
    let left = body.x + y.width(canvas.fonts());
    let plot = Rect { x: left, y: body.y, width: (body.right() - left).max(1.0), height };
    let x = XAxis::of(x, plot.width, canvas.fonts());
    y.draw(&scene.objective, (body.x, left), (plot.y, plot.height), canvas);
    grid(&x, &y, plot, canvas);
    foot(&scene.axes[0].name, &x, plot, canvas);
    marks(front, &points, &best, (&x, &y), plot, canvas);
    Ok(())
}

/// Returns the remarks on the marks, and on the trials left out.
fn remarks(scene: &Scene, front: &Front, far: usize) -> Vec<String> {
    let size = front.numbers.len();
    let mut remarks = vec![format!("{} on the front", frame::counted(size, "trial"))];
    let beaten = scene.trials.len() - size - front.infeasible.len();
    if beaten > 0 {
        remarks.push(format!("{beaten} beaten"));
    }
    if !front.infeasible.is_empty() {
        remarks.push(format!("{} infeasible, drawn as rings", front.infeasible.len()));
    }
    if far > 0 {
        remarks.push(format!("{far} far from the front, drawn at the edge"));
    }
    if front.goals.len() > 2 {
        remarks.push(format!("the front is that of {} objectives", front.goals.len()));
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

fn grid(x: &XAxis, y: &YAxis, plot: Rect, canvas: &mut Canvas) {
    let upright = |place: f64| plot.x + plot.width * place;
    y.minor_grid(plot, canvas);
    for place in x.scale.iter().flat_map(|scale| ticks::minor(scale, plot.width)) {
        canvas.rule((upright(place), plot.y), (upright(place), plot.bottom()), theme::GRID_MINOR);
    }
    y.grid(plot, canvas);
    for tick in &x.ticks {
        canvas.rule((upright(tick.place), plot.y), (upright(tick.place), plot.bottom()), theme::GRID);
    }
    canvas.rule((plot.x, plot.bottom()), (plot.right(), plot.bottom()), theme::AXIS)
}

fn foot(name: &str, x: &XAxis, plot: Rect, canvas: &mut Canvas) {
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    for tick in &x.ticks {
        let at = (plot.x + plot.width * tick.place, plot.bottom() + 15.0);
        canvas.text(&tick.label, at, style, Align::Center);
    }
    let name = x.scale.as_ref().map_or_else(|| name.to_owned(), |scale| scale.name(name));
    let middle = (plot.x + plot.width / 2.0, plot.bottom() + 33.0);
    canvas.text_within(&name, middle, style, Align::Center, plot.width);
}

/// Draws the beaten trials first, then the line, and the front on top.
fn marks(front: &Front, points: &[Point], best: &[&Point], (x, y): (&XAxis, &YAxis), plot: Rect, canvas: &mut Canvas) {
    let (radius, opacity) = theme::mark(points.len());
    let place = |point: &Point| {
        let share = x.scale.as_ref().map_or(0.5, |scale| scale.place(point.x)).clamp(0.0, 1.0);
        (plot.x + plot.width * share, y.place(point.y, plot, 0.0).0)
    };
    for point in points.iter().filter(|point| !front.numbers.contains(&point.trial)) {
        let color = theme::AXIS.mix(opacity);
        if front.infeasible.contains(&point.trial) {
            canvas.ring(place(point), radius, color);
        } else {
            canvas.dot(place(point), radius, color);
        }
    }
    if let (&[first_goal, second_goal], [.., _]) = (&front.goals[..], best) {
        let places: Vec<_> = best.iter().map(|point| place(point)).collect();
        canvas.line(&steps(&places, (first_goal, second_goal), plot), 1.5, theme::ACCENT.mix(0.6));
    }
    best.iter().for_each(|point| canvas.dot(place(point), radius + 0.5, theme::ACCENT.mix(0.95)))
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
