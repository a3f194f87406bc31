//! The objective against every hyperparameter: one panel each, side by side.

mod panel;

use hyperopt_core::Sweep;

use crate::{
    axis::y_axis::YAxis,
    budgets::Budgets,
    canvas::Canvas,
    charts::scatter::panel::{Drawing, Medians, Panel, ROW},
    error::Error,
    figure::{Chart, Figure},
    frame::{self, Legend},
    geometry::{Align, Rect},
    model::{Fate, Scene},
    source,
    text::TextStyle,
    theme,
};

/// Draws the objective against every hyperparameter, one panel each.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. Each trial with a finite objective is a mark in every
/// panel whose hyperparameter was active in it. Early trials are light and late ones dark; trials that violate a constraint are
/// grey rings, and the best trial is a star. Of several objectives, the first is drawn, and the front is orange. In a
/// multi-fidelity sweep, the colours show the budgets instead, from light for the smallest to dark for the largest, whose marks
/// lie on top: objectives are comparable only within one colour. The caption counts the trials that failed.
///
/// Axes have the scale of the candidates: linear, logarithmic, `bilog` or `logit`. The objective's axis is logarithmic if all
/// of its values are positive and span more than two decades. More than six hyperparameters are ordered by importance, and at
/// most the 24 most important ones are drawn, unless [`hyperparameters`](Figure::hyperparameters) chooses others. The figure of
/// a sweep without a complete trial says so. Saving that of a sweep without hyperparameters fails with [`Error::Unsuited`].
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::plot(ho).save("sweep.png")?;
/// hyperopt_plot::plot(ho).title("Learning rates of the small model").size(900, 400).save("sweep.svg")?;
/// # Ok(())
/// # }
/// ```
pub fn plot(ho: &impl AsRef<Sweep>) -> Figure {
    Figure::of(Chart::Scatter, source::ranked(ho.as_ref()))
}

/// Draws the objective against every hyperparameter, one panel each, with a running median and the trials that have no
/// objective.
///
/// It draws what [`plot`] draws, and two things besides. A line shows the median objective of the feasible trials around each
/// value; categories, and hyperparameters of at most twelve levels, have a dash for the median at each level. In a sweep with
/// budgets, the medians are those of the largest budget. Trials that failed, were pruned or never finished are marks in rows
/// below the panels, at the values that they were given.
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::slice(ho).save("slice.png")?;
/// # Ok(())
/// # }
/// ```
pub fn slice(ho: &impl AsRef<Sweep>) -> Figure {
    Figure::of(Chart::Slice, source::ranked(ho.as_ref()))
}

/// Space above each panel for its name.
const NAME_HEIGHT: f64 = 20.0;

/// Returns how many panels stand side by side.
fn columns(panels: usize) -> usize {
    match panels {
        0..=3 => panels.max(1),
        4 => 2,
        5 | 6 | 9 => 3,
        _ => 4,
    }
}

/// Returns the size at which the panels are comfortable, in points.
pub(crate) fn default_size(scene: &Scene) -> (u32, u32) {
    if scene.trials.is_empty() {
        return (640, 240);
    }
    let panels = scene.axes.len();
    let columns = columns(panels);
    let rows = panels.div_ceil(columns).max(1);
    let (width, height) = match columns {
        1 => (690, 330),
        2 => (410, 290),
        3 => (340, 290),
        _ => (285, 250),
    };
    let around = if rows == 1 && columns > 1 { 80 } else { 110 };
    (70 + width * columns as u32, around + height * rows as u32)
}

/// Returns what the colours of the marks mean: the budgets, or the order of the trials.
pub(crate) fn legend(scene: &Scene) -> Legend {
    let budgets = Budgets::of(scene);
    if budgets.differ() { Legend::Budgets(budgets, "resources") } else { Legend::Trials }
}

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    chart("plot", scene, None, body, canvas)
}

/// Draws the slices into `body`.
pub(crate) fn slice_into(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    chart("slice", scene, Some(&frame::fates(scene)), body, canvas)
}

/// Draws either; `rows` are those of the trials without a value, in a figure that marks them.
fn chart(
    figure: &'static str,
    scene: &Scene,
    rows: Option<&[(Fate, &'static str)]>,
    body: Rect,
    canvas: &mut Canvas,
) -> Result<(), Error> {
    let y = YAxis::new(scene, 100.0);
    let mut remarks = if rows.is_some() {
        let mut remarks: Vec<_> = frame::infeasible(scene, "grey rings").into_iter().collect();
        remarks.extend(frame::beyond(y.beyond(scene)));
        remarks.extend(medians_line(scene));
        remarks
    } else {
        frame::remarks(scene, y.beyond(scene))
    };
    if scene.further > 0 {
        remarks.push(format!("{}, the first of {} objectives", scene.objective, scene.further + 1));
    }
    remarks.extend(scene.chosen.clone());
    if scene.trials.is_empty() {
        let body = frame::caption(&[frame::remarks(scene, 0)], body, canvas);
        frame::no_trials(scene, body, canvas);
        return Ok(());
    }
    if scene.axes.is_empty() {
        return Err(Error::unsuited(
            figure,
            "it has no hyperparameter",
            "`optimization_history` draws the objectives in the order of the trials",
        ));
    }
    let body = frame::caption(&[remarks], body, canvas);
    panels(scene, &Budgets::of(scene), (y, rows), body, canvas);
    Ok(())
}

/// Returns the remark on the medians, where some are drawn, and of which budget they are.
fn medians_line(scene: &Scene) -> Option<String> {
    let budgets = Budgets::of(scene);
    let drawn: Vec<Medians> =
        (0..scene.axes.len()).filter_map(|index| panel::medians(scene, index, &budgets)).collect();
    let what = match (drawn.contains(&Medians::Running), drawn.contains(&Medians::Levels)) {
        (true, false) => "the line is a running median",
        (false, true) => "the dashes are the medians of the levels",
        (true, true) => "the lines are running medians, the dashes those of the levels",
        (false, false) => return None,
    };
    let name = budgets.names().pop().filter(|_| budgets.differ());
    Some(name.map_or_else(|| what.to_owned(), |name| format!("{what}, of the trials with the largest budget, {name}")))
}

/// Draws the panels in a grid, with one y axis for all.
fn panels(
    scene: &Scene,
    budgets: &Budgets,
    (y, marked): (YAxis, Option<&[(Fate, &str)]>),
    body: Rect,
    canvas: &mut Canvas,
) {
    let axes = &scene.axes;
    let columns = columns(axes.len());
    let lines = axes.len().div_ceil(columns);
    let line_height = (body.height - theme::GAP * 0.7 * (lines - 1) as f64) / lines as f64;
    let rows = marked.unwrap_or_default();
    let strip = ROW * rows.len() as f64;
    // What is left of the row above upright labels, where there are any.
    let y = y.labelled(line_height * 0.7 - NAME_HEIGHT - strip);
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    let names = canvas.fonts().widest(rows.iter().map(|(_, name)| *name), style) + 7.0;
    let left = body.x + y.width(canvas.fonts()).max(names);
    let width = (body.right() - left - theme::GAP * (columns - 1) as f64) / columns as f64;
    for (line, axes) in axes.chunks(columns).enumerate() {
        let drawn: Vec<Panel> = axes
            .iter()
            .zip(line * columns..)
            .map(|(axis, index)| Panel::new(scene, axis, index, width, line_height, canvas.fonts()))
            .collect();
        let foot = drawn.iter().map(Panel::label_height).fold(0.0, f64::max);
        let top = body.y + line as f64 * (line_height + theme::GAP * 0.7) + NAME_HEIGHT;
        let height = (line_height - NAME_HEIGHT - foot - strip).max(1.0);
        y.draw(&scene.objective, (body.x, left), (top, height), canvas);
        for (row, (_, name)) in rows.iter().enumerate() {
            let at = (left - 7.0, top + height + ROW * (row as f64 + 0.5) + 5.0);
            canvas.text(name, at, style, Align::Right);
        }
        for (column, panel) in drawn.iter().enumerate() {
            let x = left + column as f64 * (width + theme::GAP);
            let plot = Rect { x, y: top, width: width.max(1.0), height };
            panel.draw(&Drawing { scene, budgets, y: &y, plot, marked }, canvas);
        }
    }
}
