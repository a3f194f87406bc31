//! The learning curves of the trials.

use std::collections::HashSet;

use hyperopt_core::Sweep;
use itertools::Itertools as _;

use crate::{
    axis::color_bar::ColorBar,
    axis::plane::{Level, Plane},
    axis::scale::Scale,
    axis::y_axis::YAxis,
    canvas::Canvas,
    error::Error,
    figure::{Chart, Figure},
    frame,
    geometry::{Align, Rect},
    model::{Curve, Ending, Fate, Scene, Steps},
    source,
    text::TextStyle,
    theme,
    tooltip::Tooltip,
};

/// Draws what the trials reported while they ran, one line for each: their learning curves.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. The better the objective of a complete trial ranks, the
/// darker its line; the line of the best trial is orange, with a star at its end. Lines of trials that were pruned or failed
/// are grey, with a ring at their end. Reports that are NaN or infinite leave a gap. In a sweep with budgets whose trials
/// report nothing, each line is a configuration, and its steps are the rungs.
///
/// Of more than 1,000 complete trials, the best 5 % are drawn, at most 200; of more than 1,000 other trials, as large a share,
/// spread evenly over them. Saving the figure of a sweep whose trials report nothing fails with [`Error::Unsuited`].
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::intermediate_values(ho).save("curves.png")?;
/// # Ok(())
/// # }
/// ```
pub fn intermediate_values(ho: &impl AsRef<Sweep>) -> Figure {
    let sweep = ho.as_ref();
    let (curves, steps) = source::curves(sweep);
    Figure::of(Chart::Curves, Scene { curves, steps, ..source::scene(sweep) })
}

/// The width of the colour bar, and the space on each side of it.
const BAR: f64 = 12.0;
const SPACE: f64 = 18.0;
/// Curves of each kind beyond which only some are drawn.
const MOST: usize = 1000;

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    if scene.curves.is_empty() {
        if scene.count() == 0 || scene.left_out.failed == scene.count() {
            frame::no_trials(scene, body, canvas);
            return Ok(());
        }
        let advice = "`trial.report(step, value)` in the loop of a sampler with a pruner gives it some";
        return Err(Error::unsuited("intermediate_values", "no trial reported a value", advice));
    }
    let values: Vec<f64> =
        scene.curves.iter().filter(|c| c.ending == Ending::Complete).filter_map(|c| c.value).collect();
    let mut order: Vec<&Curve> = scene.curves.iter().collect();
    let best = |curve: &Curve| scene.best == Some(curve.number);
    let merit = |curve: &Curve| match curve.value.filter(|_| curve.ending == Ending::Complete) {
        Some(value) => {
            if scene.is_loss {
                -value
            } else {
                value
            }
        }
        None => f64::NEG_INFINITY,
    };
    order.sort_by(|a, b| best(a).cmp(&best(b)).then(merit(a).total_cmp(&merit(b))));
    let (grey, complete): (Vec<_>, Vec<_>) = order.into_iter().partition(|curve| curve.ending != Ending::Complete);
    let kept = |count: usize| if count <= MOST { count } else { (count / 20).min(200) };
    let (drawn_grey, drawn) = (kept(grey.len()), kept(complete.len()));
    let remarks = remarks(scene, (drawn, complete.len()), (drawn_grey, grey.len()));
    let body = frame::caption(&[remarks], body, canvas);
    let bar = ColorBar::new(&values, scene.is_loss).labelled(body.height * 0.6);
    let has_bar = values.len() > 1;
    let room = if has_bar { BAR + 2.0 * SPACE + bar.label_width(canvas.fonts()) } else { 0.0 };
    let panel = Rect { width: (body.width - room).max(1.0), ..body };
    let points = || scene.curves.iter().flat_map(|curve| &curve.steps);
    let reported: Vec<f64> = points().map(|(_, value)| *value).collect();
    let (low, high) = points().map(|(step, _)| *step).minmax().into_option().unwrap_or((0.0, 1.0));
    let (scale, name) = match scene.steps {
        Steps::Rungs => (Scale::log(low, high).padded(0.03), "resources"),
        Steps::Reports => (Scale::linear(low, high).with_room(0.03), "step"),
    };
    let y = YAxis::broken(&reported, scene.is_loss, 100.0);
    let is_whole = scene.steps == Steps::Reports;
    let plane = Plane::new(Level { scale, is_whole, name }, (y, &scene.objective), &[], panel, canvas);
    let (width, opacity) = theme::stroke(drawn + drawn_grey);
    let spread = |count: usize, drawn: usize| count.div_ceil(drawn.max(1)).max(1);
    for curve in grey.iter().step_by(spread(grey.len(), drawn_grey)) {
        let line = line(curve, &plane);
        canvas.trial(
            || tooltip(scene, curve),
            |canvas| {
                canvas.line(&line, width * 0.8, theme::INFEASIBLE.mix(opacity.max(0.25) * 0.7));
                line.last().into_iter().for_each(|end| canvas.ring(*end, 2.0, theme::INFEASIBLE));
            },
        );
    }
    for curve in &complete[complete.len() - drawn..] {
        let value = curve.value.unwrap_or_default();
        let line = line(curve, &plane);
        let (width, color) = if best(curve) {
            (width + 1.2, theme::ACCENT.mix(1.0))
        } else {
            (width, bar.color(value).mix(opacity.max(0.3)))
        };
        canvas.trial(
            || tooltip(scene, curve),
            |canvas| {
                canvas.line(&line, width, color);
                if let [only] = line[..] {
                    canvas.dot(only, 2.5, color);
                }
            },
        );
        if let Some(end) = line.last().filter(|_| best(curve)) {
            canvas.best(tooltip(scene, curve), *end, 8.5);
        }
    }
    if has_bar {
        let strip = Rect { x: panel.right() + SPACE, y: body.y, width: BAR, height: body.height * 0.6 };
        bar.draw(strip, canvas);
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        let name = bar.name(&format!("{} in the end", scene.objective));
        let name = canvas.fonts().shorten(&name, style, strip.height).into_owned();
        canvas.upright(&name, (body.right(), strip.y + strip.height / 2.0), style, Align::Center);
    }
    Ok(())
}

/// Returns the tooltip of the trial of a curve.
fn tooltip(scene: &Scene, curve: &Curve) -> Tooltip {
    let mut tooltip = Tooltip { is_best: scene.best == Some(curve.number), ..Tooltip::of(curve.number) };
    tooltip.lines.extend(curve.value.map(|value| scene.value_line(value)));
    match curve.ending {
        Ending::Complete => tooltip,
        Ending::Infeasible => tooltip.with("infeasible"),
        Ending::Pruned => tooltip.with(stopped(scene)),
        Ending::Failed => tooltip.with("failed"),
    }
}

/// Returns the word for trials, or configurations, that ended early.
fn stopped(scene: &Scene) -> &'static str {
    match scene.steps {
        Steps::Reports => "pruned",
        Steps::Rungs => "retired",
    }
}

fn line(curve: &Curve, plane: &Plane) -> Vec<(f64, f64)> {
    curve.steps.iter().map(|&(step, value)| plane.at(step, value)).collect()
}

/// Returns the remarks on how many curves there are of each kind, and how many of them are drawn.
fn remarks(scene: &Scene, complete: (usize, usize), grey: (usize, usize)) -> Vec<String> {
    let count = |ending| scene.curves.iter().filter(|curve| curve.ending == ending).count();
    let noun = match scene.steps {
        Steps::Reports => "trial",
        Steps::Rungs => "configuration",
    };
    let stopped = stopped(scene);
    let mut remarks = vec![format!("{} complete", frame::counted(complete.1, noun))];
    for (ending, name) in [(Ending::Pruned, stopped), (Ending::Failed, "failed"), (Ending::Infeasible, "infeasible")] {
        match count(ending) {
            0 => {}
            count => remarks.push(format!("{count} {name}, grey")),
        }
    }
    remarks.extend(without_steps(scene));
    if complete.0 < complete.1 {
        remarks.push(format!("the best {} of {} drawn", complete.0, complete.1));
    }
    if grey.0 < grey.1 {
        remarks.push(format!("about {} of {} grey ones drawn", grey.0, grey.1));
    }
    remarks
}

/// Returns the remark on the trials, or configurations, that have no curve.
fn without_steps(scene: &Scene) -> Option<String> {
    if scene.steps == Steps::Rungs {
        let all = scene.evaluations.iter().map(|evaluation| evaluation.configuration).unique().count();
        let missing = all.saturating_sub(scene.curves.len());
        return (missing > 0).then(|| format!("{} without a value", frame::counted(missing, "configuration")));
    }
    let drawn: HashSet<usize> = scene.curves.iter().map(|curve| curve.number).collect();
    let others =
        |fate| scene.others.iter().filter(|other| other.fate == fate && !drawn.contains(&other.number)).count();
    let complete = scene.trials.iter().filter(|trial| !drawn.contains(&trial.number)).count();
    let kinds = [
        (others(Fate::Failed), "failed"),
        (others(Fate::Pruned), "pruned"),
        (others(Fate::Unfinished), "unfinished"),
        (complete, "complete"),
    ];
    let kinds: Vec<String> =
        kinds.into_iter().filter(|(count, _)| *count > 0).map(|(count, kind)| format!("{count} {kind}")).collect();
    (!kinds.is_empty()).then(|| format!("{} without a report", kinds.join(", ")))
}
