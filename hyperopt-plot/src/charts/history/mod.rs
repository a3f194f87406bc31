//! The objectives in the order of the trials, with the best so far: of one sweep, or of several.

mod groups;
mod single;

pub(crate) use groups::{Group, colors, groups, key, swatches, without};

use crate::{budgets::Budgets, charts::scatter};
use crate::{
    canvas::Canvas,
    error::Error,
    figure::{Chart, Figure},
    frame::{self, Legend},
    geometry::Rect,
    model::Scene,
    source,
    sweeps::Sweeps,
};

/// Draws the objectives in the order of the trials, and the best so far.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`](hyperopt_core::Sweep): each trial with a finite objective
/// is a mark, or a grey ring if it violates a constraint; the orange line is the best feasible objective so far, with a star at
/// its end. Trials that failed, were pruned or never finished are marks in rows below the axes. In a sweep with budgets, the
/// colours show the budgets, and the line is the best so far at the largest budget.
///
/// For several sweeps, `&[&a, &b]`, the line is the median of their best values so far, and the band spans the quartiles, or,
/// for three sweeps or fewer, the range from the worst to the best. Both end with the shortest sweep. Sweeps with names,
/// `&[("random", &a), ("TPE", &b)]`, have a line for each name: see [`comparison`]. Of several objectives, the first is drawn.
///
/// Sweeps whose objectives or goals differ cannot be compared: saving the figure then fails with [`Error::Unsuited`], which
/// names two of them. The figure of a sweep without a complete trial says so.
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::optimization_history(ho).save("history.png")?;
/// # Ok(())
/// # }
/// ```
pub fn optimization_history<Kind>(ho: &(impl Sweeps<Kind> + ?Sized)) -> Figure {
    Figure::of(Chart::History, source::several(ho))
}

/// Draws the best value so far of several sweeps, one line for each name: the median of the sweeps with that name, with a band.
///
/// It draws what [`optimization_history`] draws of several sweeps; the caption names each sweep that has no line, and the
/// reason. Saving the figure of a single sweep, or of sweeps whose objectives differ, fails with [`Error::Unsuited`].
///
/// # Examples
///
/// ```
/// # fn show<P>(a: &hyperopt_core::Sweep, b: &hyperopt_core::Sweep) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::comparison(&[("random", a), ("TPE", b)]).save("comparison.png")?;
/// # Ok(())
/// # }
/// ```
pub fn comparison<Kind>(sweeps: &(impl Sweeps<Kind> + ?Sized)) -> Figure {
    Figure::of(Chart::Comparison, source::several(sweeps))
}

/// Returns the size at which the panel is comfortable, in points.
pub(crate) fn default_size(scene: &Scene) -> (u32, u32) {
    if scene.trials.is_empty() && scene.runs.is_empty() { (640, 240) } else { (760, 440) }
}

/// Returns what the colours of the marks mean: the budgets, if there are several.
pub(crate) fn legend(scene: &Scene) -> Legend {
    if scene.runs.is_empty() && Budgets::of(scene).differ() { scatter::legend(scene) } else { Legend::Plain }
}

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) {
    if !scene.runs.is_empty() {
        groups::draw(scene, body, canvas);
    } else if scene.trials.is_empty() {
        frame::no_trials(scene, body, canvas);
    } else {
        single::draw(scene, body, canvas);
    }
}

/// Draws the comparison into `body`.
pub(crate) fn compare(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    if scene.runs.len() < 2 {
        let advice = "`comparison(&[(\"one\", &a), (\"other\", &b)])` draws two";
        return Err(Error::unsuited("comparison", "it takes several sweeps", advice));
    }
    draw(scene, body, canvas);
    Ok(())
}
