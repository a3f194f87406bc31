//! The objective against every hyperparameter: one panel each, side by side.

use hyperopt_core::Sweep;

use crate::{
    canvas::{Align, Backend, Canvas, Rect},
    error::Error,
    figure::Figure,
    frame,
    model::{Axis, Scene},
    panel::{Drawing, Panel},
    scale::Scale,
    source,
    text::TextStyle,
    theme,
    ticks::{self, Tick},
};

/// Draws the objective against every hyperparameter, one panel each.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. Each trial with a finite objective is a mark in
/// every panel whose hyperparameter was active in it: lighter for the early trials, darker for the late ones, and a star
/// for the best. Trials that failed are counted below. Axes are logarithmic where the candidates are; the objective's is
/// where all of its values are positive and span more than two decades. A sweep without anything to show gives a figure
/// that says so.
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
    Figure::of(source::scene(ho.as_ref()))
}

/// Space above each panel for its name.
const NAME_HEIGHT: f64 = 20.0;

/// Returns how many panels stand side by side.
fn columns(panels: usize) -> usize {
    match panels {
        0..=3 => panels.max(1),
        4 => 2,
        5 | 6 | 9 => 3,
        7..=28 => 4,
        _ => 8,
    }
}

/// Returns the size at which the panels are comfortable, in points.
pub(crate) fn default_size(scene: &Scene) -> (u32, u32) {
    if scene.trials.is_empty() {
        return (640, 240);
    }
    let panels = drawn_axes(scene).len();
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

fn drawn_axes(scene: &Scene) -> &[Axis] {
    &scene.axes[..scene.axes.len().min(theme::MOST_PANELS)]
}

/// Draws `figure` on a canvas of `size` points.
pub(crate) fn draw<B: Backend>(figure: &Figure, size: (u32, u32), canvas: &mut Canvas<B>) -> Result<(), Error> {
    let scene = &figure.scene;
    let (width, height) = (f64::from(size.0), f64::from(size.1));
    let inside = Rect {
        x: theme::MARGIN,
        y: theme::MARGIN,
        width: width - 2.0 * theme::MARGIN,
        height: height - 2.0 * theme::MARGIN,
    };
    let top = frame::header(figure.title.as_deref().unwrap_or(&scene.title), scene, inside, canvas)?;
    let values: Vec<f64> = scene.trials.iter().map(|trial| trial.value).collect();
    let y = Scale::objective(&values, scene.best_trial().map(|trial| trial.value));
    let beyond = values.iter().filter(|value| !(0.0..=1.0).contains(&y.place(**value))).count();
    let bottom = frame::caption(scene, beyond, inside, canvas)?;
    let body = Rect { y: top, height: bottom - top, ..inside };
    if scene.trials.is_empty() || scene.axes.is_empty() {
        return frame::nothing(scene, body, canvas);
    }
    panels(scene, y, body, canvas)
}

/// Draws the panels in a grid, with one y axis for all.
fn panels<B: Backend>(scene: &Scene, y: Scale, body: Rect, canvas: &mut Canvas<B>) -> Result<(), Error> {
    let axes = drawn_axes(scene);
    let columns = columns(axes.len());
    let rows = axes.len().div_ceil(columns);
    let row_height = (body.height - theme::GAP * 0.7 * (rows - 1) as f64) / rows as f64;
    let small = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    let y_ticks = y_ticks(&y, row_height);
    let widest = y_ticks.iter().map(|tick| canvas.fonts().width(&tick.label, small)).fold(0.0, f64::max);
    let left = body.x + 18.0 + widest + 7.0;
    let width = (body.right() - left - theme::GAP * (columns - 1) as f64) / columns as f64;
    for (row, axes) in axes.chunks(columns).enumerate() {
        let drawn: Vec<Panel> = axes
            .iter()
            .zip(row * columns..)
            .map(|(axis, index)| Panel::new(scene, axis, index, width, row_height, canvas.fonts()))
            .collect();
        let foot = drawn.iter().map(Panel::label_height).fold(0.0, f64::max);
        let top = body.y + row as f64 * (row_height + theme::GAP * 0.7) + NAME_HEIGHT;
        let height = (row_height - NAME_HEIGHT - foot).max(1.0);
        labels(scene, &y, &y_ticks, (body.x, left, top, height), canvas)?;
        for (column, panel) in drawn.iter().enumerate() {
            let x = left + column as f64 * (width + theme::GAP);
            let plot = Rect { x, y: top, width: width.max(1.0), height };
            panel.draw(&Drawing { scene, y, y_ticks: &y_ticks, plot }, canvas)?;
        }
    }
    Ok(())
}

/// Returns labels for the objective that do not touch each other in a row of panels.
fn y_ticks(y: &Scale, row_height: f64) -> Vec<Tick> {
    // What is left of the row above upright labels, where there are any.
    let height = row_height * 0.7 - NAME_HEIGHT;
    let most = (height / 30.0).clamp(2.0, 7.0) as usize;
    let apart = |ticks: &[Tick]| ticks.windows(2).all(|pair| (pair[1].place - pair[0].place) * height >= 14.0);
    let fitting = (2..=most).rev().map(|target| ticks::ticks(y, target, false)).find(|ticks| apart(ticks));
    fitting.unwrap_or_else(|| ticks::ticks(y, 2, false).into_iter().take(1).collect())
}

/// Writes the objective's name and values at the left of a row.
fn labels<B: Backend>(
    scene: &Scene,
    y: &Scale,
    ticks: &[Tick],
    (edge, left, top, height): (f64, f64, f64, f64),
    canvas: &mut Canvas<B>,
) -> Result<(), Error> {
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    for tick in ticks {
        let at = top + height * (1.0 - tick.place);
        canvas.text(&tick.label, (left - 7.0, at + 4.0), style, Align::Right)?;
    }
    let name = if y.log { format!("{} (log)", scene.objective) } else { scene.objective.clone() };
    let short = canvas.fonts().shorten(&name, style, height).into_owned();
    canvas.upright(&short, (edge + 9.0, top + height / 2.0), style, Align::Center)
}
