//! The importances of the hyperparameters: a bar for each.

use crate::{
    axis::{scale::Scale, x_axis::XAxis},
    canvas::Canvas,
    charts::history::{colors, swatches},
    error::Error,
    figure::{Chart, Figure},
    frame,
    geometry::{Align, Rect},
    model::{Scene, Shares},
    source,
    sweeps::Sweeps,
    text::{TextStyle, per_cent},
    theme,
};

/// Draws the importance of each hyperparameter: the share of the objective's variance that it explains alone, by fANOVA.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`](hyperopt_core::Sweep), or several of them, with names or
/// without: `&[("random", &a), ("TPE", &b)]`. The shares are those of [`Fanova`](hyperopt_core::Fanova), the most important
/// hyperparameter on top. The caption says which trials they were computed from: of more than 1,000, it is 1,000, spread evenly
/// over the sweep. Each name and each of several objectives has a bar of its own. Several sweeps with one name share a bar,
/// which is as long as the mean of their shares, with a line from the smallest to the largest.
///
/// Infeasible trials count as feasible ones do, and the caption says how many there are. Hyperparameters with a single
/// candidate have no bar. At most the twenty most important hyperparameters are drawn, and the caption says of how many.
///
/// Saving the figure fails with [`Error::Unsuited`] for a sweep with fewer than four complete trials, for one whose trials all
/// have the same objective, and for sweeps whose objectives differ.
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::param_importances(ho).save("importances.png")?;
/// # Ok(())
/// # }
/// ```
pub fn param_importances<Kind>(ho: &(impl Sweeps<Kind> + ?Sized)) -> Figure {
    let shares = Some(source::shares(ho));
    Figure::of(Chart::Importances, Scene { shares, ..source::several(ho) })
}

/// More have no room.
const MOST: usize = 20;
/// The thickness of a bar that has its row for itself, and the space between rows, in thicknesses.
const THICK: f64 = 16.0;
const BETWEEN: f64 = 0.75;
/// Space under the bars for the labels and the name of their axis.
const FOOT: f64 = 38.0;

/// Returns how high the row of a hyperparameter is: the bars in it are thinner, the more there are.
fn row_height(series: usize) -> f64 {
    THICK * (1.0 + BETWEEN) + 11.0 * series.saturating_sub(1) as f64
}

/// Returns the size at which the bars are comfortable, in points.
pub(crate) fn default_size(scene: &Scene) -> (u32, u32) {
    let Some(Ok(shares)) = &scene.shares else { return (640, 240) };
    let rows = row_height(shares.series.len()) * shares.bars.len().min(MOST) as f64;
    let key = if shares.series.len() > 1 { 24.0 } else { 0.0 };
    (720, (170.0 + key + rows).clamp(220.0, 2400.0) as u32)
}

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    let shares = match &scene.shares {
        Some(Ok(shares)) => shares,
        Some(Err(lack)) => return Err(Error::unsuited("param_importances", lack.reason.clone(), lack.advice)),
        None => return Ok(()),
    };
    let mut remarks = shares.remarks.clone();
    if shares.bars.len() > MOST {
        remarks.push(format!("the {MOST} most important of {} hyperparameters", shares.bars.len()));
    }
    remarks.extend(scene.unnamed.clone());
    remarks.extend(scene.chosen.clone());
    if shares.series.iter().any(|series| series.sweeps > 1) {
        remarks.push("the mean over the sweeps, with the least and the largest".to_owned());
    }
    let body = frame::caption(&[remarks], body, canvas);
    let names: Vec<String> = shares.series.iter().map(|series| frame::times(&series.name, series.sweeps)).collect();
    let body = swatches(&names, body, canvas);
    bars(shares, body, canvas);
    Ok(())
}

/// Draws the bars with their names, their shares and the axis under them.
fn bars(shares: &Shares, body: Rect, canvas: &mut Canvas) {
    let bars = &shares.bars[..shares.bars.len().min(MOST)];
    let name_style = TextStyle::regular(theme::SUBTITLE_SIZE, theme::INK);
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    let room = body.width * 0.38;
    let left = body.x + canvas.fonts().widest(bars.iter().map(|bar| &*bar.name), name_style).min(room) + 10.0;
    let largest = bars.iter().flat_map(|bar| bar.shares.iter().flatten()).map(|[.., most]| *most).fold(0.01, f64::max);
    let beside = canvas.fonts().width("100 %", style) + 12.0;
    let plot =
        Rect { x: left, width: (body.right() - left - beside).max(1.0), height: (body.height - FOOT).max(1.0), ..body };
    let scale = Scale::linear(0.0, 100.0 * largest);
    let x = XAxis::of(scale, false, plot.width, canvas.fonts());
    for tick in &x.ticks {
        let at = plot.x + plot.width * tick.place;
        canvas.rule((at, plot.y), (at, plot.bottom()), theme::GRID);
    }
    let row = plot.height / bars.len().max(1) as f64;
    let thick = (row / (1.0 + BETWEEN)).min(40.0) / shares.series.len() as f64;
    let colors = colors(shares.series.len());
    let names: Vec<&str> = bars.iter().map(|bar| &*bar.name).collect();
    let names = canvas.fonts().distinct(&names, name_style, room);
    for (index, (bar, name)) in bars.iter().zip(&names).enumerate() {
        let middle = plot.y + row * (index as f64 + 0.5);
        let at = (left - 10.0, middle + 4.5);
        canvas.text_within(name, at, name_style, Align::Right, room);
        for (line, (share, color)) in bar.shares.iter().zip(&colors).enumerate() {
            let top = middle + thick * (line as f64 - shares.series.len() as f64 / 2.0);
            let Some([least, mean, most]) = *share else { continue };
            let width = |share: f64| plot.width * share / largest;
            let gap = if shares.series.len() > 1 { 1.0 } else { 0.0 };
            canvas.rect(Rect { x: left, y: top, width: width(mean).max(0.5), height: thick - gap }, *color);
            if least < most {
                let level = top + (thick - gap) / 2.0;
                canvas.rule((left + width(least), level), (left + width(most), level), theme::INK);
            }
            let at = (left + width(most.max(mean)) + 6.0, top + thick / 2.0 + 4.0);
            canvas.text(&per_cent(mean), at, style, Align::Left);
        }
    }
    canvas.rule((plot.x, plot.y), (plot.x, plot.bottom()), theme::AXIS);
    x.draw(plot, canvas);
    let at = (plot.x + plot.width / 2.0, plot.bottom() + 33.0);
    canvas.text_within("importance (%)", at, style, Align::Center, plot.width);
}
