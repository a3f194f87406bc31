//! All hyperparameters side by side: one line for each trial.

mod coordinate;
mod names;

use hyperopt_core::Sweep;

use crate::{
    axis::color_bar::ColorBar,
    canvas::Canvas,
    charts::parallel_coordinates::coordinate::Coordinate,
    charts::parallel_coordinates::names::Names,
    error::Error,
    figure::{Chart, Figure},
    frame,
    geometry::{Align, Rect},
    model::{Axis, Scene, Trial},
    source,
    text::TextStyle,
    theme,
};

/// Draws one line for each complete trial across the upright axes of all hyperparameters, and of the objective on the right.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. The better a trial ranks, the darker and more opaque its
/// line; better trials are drawn over worse ones. The line of the best trial is orange, with a star at its end, and so are
/// those of the front of several objectives. Trials that violate a constraint are grey. Axes are logarithmic if the candidates
/// are, and reach from the smallest candidate to the largest; the lines through a category are spread over it. A line has a gap
/// at the axis of a hyperparameter that was not active. More than ten hyperparameters are drawn in several rows.
///
/// Of more than 1,000 trials, the best 5 % are drawn as lines, at most 200; grey shapes along the axes show the density of all
/// trials.
///
/// The objective's axis is the colour bar, which is logarithmic if all values are positive and span more than two decades;
/// trials far worse than the others end at its edge. In a multi-fidelity sweep, each configuration has one line, with its
/// objective at the largest budget that it reached. Of several objectives, the first is drawn. The caption counts the trials
/// that failed. More than six hyperparameters are ordered by importance, and at most the twenty most important ones are drawn.
///
/// The figure of a sweep without a complete trial says so. Saving that of a sweep without hyperparameters fails with
/// [`Error::Unsuited`].
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::parallel_coordinates(ho).save("parallel.png")?;
/// hyperopt_plot::parallel_coordinates(ho).title("All trials").size(1200, 400).save("parallel.svg")?;
/// # Ok(())
/// # }
/// ```
pub fn parallel_coordinates(ho: &impl AsRef<Sweep>) -> Figure {
    Figure::of(Chart::ParallelCoordinates, source::ranked(ho.as_ref()))
}

/// Draws [`parallel_coordinates`], under the name that Optuna uses.
pub fn parallel_coordinate(ho: &impl AsRef<Sweep>) -> Figure {
    parallel_coordinates(ho)
}

/// The width of the objective's axis.
const BAR: f64 = 10.0;

/// Returns the size at which the axes are comfortable, in points.
pub(crate) fn default_size(scene: &Scene) -> (u32, u32) {
    if scene.trials.is_empty() {
        return (640, 240);
    }
    let rows = rows_of(scene.axes.len());
    let count = scene.axes.len().div_ceil(rows) as u32;
    let apart = match count {
        0..=3 => 200,
        4..=6 => 160,
        _ => 115,
    };
    ((170 + apart * count).max(640), 100 + 360 * rows as u32)
}

/// Returns in how many rows the axes stand.
fn rows_of(axes: usize) -> usize {
    /// More are too far apart to be compared, or too near to be read.
    const MOST: usize = 10;
    axes.div_ceil(MOST).max(1)
}

/// Returns how many of the trials, from the best, are drawn as lines.
fn lines_of(trials: usize) -> usize {
    /// More are a carpet.
    const MOST: usize = 1000;
    if trials <= MOST { trials } else { (trials / 20).min(200) }
}

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    let trials = scene.outcomes();
    if trials.is_empty() {
        frame::no_trials(scene, body, canvas);
        return Ok(());
    }
    let is_active =
        |(index, _): &(usize, &Axis)| trials.iter().any(|trial| trial.xs.get(*index).is_some_and(Option::is_some));
    let (axes, never): (Vec<_>, Vec<_>) = scene.axes.iter().enumerate().partition(is_active);
    if axes.is_empty() {
        return Err(Error::unsuited(
            "parallel_coordinates",
            "no trial has a value of a hyperparameter",
            "`optimization_history` draws the objectives in the order of the trials",
        ));
    }
    let values: Vec<f64> = trials.iter().map(|trial| trial.value).collect();
    let bar = ColorBar::new(&values, scene.is_loss);
    let mut remarks = frame::choices(scene, trials.len());
    match values.iter().filter(|value| bar.is_beyond(**value)).count() {
        0 => {}
        1 => remarks.push("1 trial far outside the others ends at the edge".to_owned()),
        beyond => remarks.push(format!("{beyond} trials far outside the others end at the edge")),
    }
    if !never.is_empty() {
        let names: Vec<_> = never.iter().map(|(_, axis)| axis.name.as_str()).collect();
        remarks.push(format!("never active: {}", names.join(", ")));
    }
    let lines = lines_of(trials.len());
    if lines < trials.len() {
        let all = frame::counted(trials.len(), "trial");
        remarks.push(format!("the best {lines} of {all} over the density of all"));
    }
    let mut notes: Vec<_> = scene.left_out.caption().into_iter().collect();
    notes.extend(frame::infeasible(scene, "grey lines"));
    let body = frame::caption(&[notes, remarks], body, canvas);
    let rows = rows_of(axes.len());
    let height = (body.height - theme::GAP * (rows - 1) as f64) / rows as f64;
    let mut bar = bar.labelled(height);
    for (row, axes) in axes.chunks(axes.len().div_ceil(rows)).enumerate() {
        let place = Rect { y: body.y + row as f64 * (height + theme::GAP), height, ..body };
        bar = panel(scene, (axes, &trials), bar, place, canvas);
    }
    Ok(())
}

/// Draws the axes, with the lines of the `trials` between them.
fn panel(
    scene: &Scene,
    (axes, trials): (&[(usize, &Axis)], &[&Trial]),
    bar: ColorBar,
    body: Rect,
    canvas: &mut Canvas,
) -> ColorBar {
    let guess = (body.width / (axes.len() + 1) as f64 - 10.0).max(1.0);
    let objective = bar.name(&scene.objective);
    let names: Vec<_> = axes.iter().map(|(_, axis)| axis.name.as_str()).chain([objective.as_str()]).collect();
    let names = Names::new(&names, guess, body.height * 0.3, canvas.fonts());
    let head = names.height;
    // The notes at the foot have a line of their own, whether there are any or not.
    let (top, height) = (body.y + head, (body.height - head - 18.0).max(1.0));
    let coordinates: Vec<_> = axes.iter().map(|(index, axis)| Coordinate::new(axis, *index, trials, height)).collect();
    let left = body.x + coordinates[0].label_width(guess * 0.6, canvas.fonts()) + 8.0;
    let right = body.right() - BAR - bar.label_width(canvas.fonts());
    let apart = ((right - left) / axes.len() as f64).max(1.0);
    let line = |index: usize| Rect { x: left + apart * index as f64, y: top, width: 1.0, height };
    lines(scene, trials, &coordinates, &bar, (line(0), apart), canvas);
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    let room = apart * 0.6;
    for (index, coordinate) in coordinates.iter().enumerate() {
        coordinate.scaffold(line(index), canvas);
        coordinate.labels(line(index), room, canvas);
        let note = format!("in {} of {}", coordinate.active, trials.len());
        if coordinate.active < trials.len() && canvas.fonts().width(&note, style) < apart - 6.0 {
            canvas.text(&note, (line(index).x, body.bottom()), style, Align::Center);
        }
    }
    for index in 0..=coordinates.len() {
        names.draw(index, (line(index).x, top - 9.0), body, canvas);
    }
    bar.draw(Rect { x: right, y: top, width: BAR, height }, canvas);
    if let Some(best) = scene.best_trial() {
        let told = scene.tooltip(best.number, axes.iter().map(|(index, _)| *index));
        canvas.best(told, (right, top + height * (1.0 - bar.place(best.value))), 8.5);
    }
    bar
}

/// Draws the trials, which are in order, from the worst to the best; of very many the best, over the density of all.
fn lines(
    scene: &Scene,
    trials: &[&Trial],
    coordinates: &[Coordinate],
    bar: &ColorBar,
    (first, apart): (Rect, f64),
    canvas: &mut Canvas,
) {
    let drawn = lines_of(trials.len());
    if drawn < trials.len() {
        for (index, coordinate) in coordinates.iter().enumerate() {
            let x = first.x + apart * index as f64;
            density(&coordinate.density(trials, PARTS), Rect { x, ..first }, apart * 0.22, canvas);
        }
    }
    let (width, opacity) = theme::stroke(drawn);
    for (rank, trial) in trials[trials.len() - drawn..].iter().enumerate() {
        // By the rank: were it by the value, the many trials of a good sampler would hide each other.
        let solid = ((rank + 1) as f64 / drawn as f64).powi(12);
        let is_marked = scene.is_marked(trial.number);
        let (width, color) = if is_marked {
            (width + 1.0, theme::ACCENT.mix(if scene.best.is_some() { 1.0 } else { 0.7 }))
        } else if trial.is_feasible {
            (width, bar.color(trial.value).mix(opacity + (0.9 - opacity) * solid))
        } else {
            (width * 0.8, theme::INFEASIBLE.mix(opacity * 0.7))
        };
        let places = coordinates.iter().map(|coordinate| coordinate.place(trial, is_marked));
        let draw = |canvas: &mut Canvas| {
            for run in runs(places.chain([Some(bar.place(trial.value))]), (apart * 0.12).min(14.0) / apart) {
                let at = |&(x, up): &(f64, f64)| (first.x + apart * x, first.bottom() - first.height * up);
                canvas.line(&run.iter().map(at).collect::<Vec<_>>(), width, color);
            }
        };
        let axes = coordinates.iter().map(|coordinate| coordinate.index);
        canvas.trial(|| scene.tooltip(trial.number, axes), draw);
    }
}

/// The parts of an axis whose trials are counted.
const PARTS: usize = 48;

/// Draws a density along an axis, to both sides of it.
fn density(shares: &[f64], line: Rect, reach: f64, canvas: &mut Canvas) {
    let y = |part: usize| line.bottom() - line.height * (part as f64 + 0.5) / shares.len() as f64;
    let side = |sign: f64| shares.iter().enumerate().map(move |(part, share)| (line.x + sign * reach * share, y(part)));
    let mut left: Vec<_> = side(-1.0).collect();
    left.reverse();
    canvas.area(&side(1.0).chain(left).collect::<Vec<_>>(), theme::GRID);
}

/// Cuts a line where it has no place; the ends at a cut reach `tail` beyond their axes, in distances of axes.
fn runs(places: impl Iterator<Item = Option<f64>>, tail: f64) -> Vec<Vec<(f64, f64)>> {
    let (mut runs, mut run) = (Vec::new(), Vec::new());
    for (index, place) in places.enumerate() {
        match (place, run.last()) {
            (Some(up), None) if index > 0 => run.extend([(index as f64 - tail, up), (index as f64, up)]),
            (Some(up), _) => run.push((index as f64, up)),
            (None, Some(&(x, up))) => {
                run.push((x + tail, up));
                runs.push(std::mem::take(&mut run));
            }
            (None, None) => {}
        }
    }
    runs.extend(Some(run).filter(|run| !run.is_empty()));
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_what_was_not_active() {
        let runs = |places: &[Option<f64>]| runs(places.iter().copied(), 0.1);
        assert_eq!(runs(&[Some(0.5), Some(1.0)]), [[(0.0, 0.5), (1.0, 1.0)]]);
        let broken = runs(&[Some(0.5), None, None, Some(0.2), Some(0.3), None, Some(0.9)]);
        let expected = [
            vec![(0.0, 0.5), (0.1, 0.5)],
            vec![(2.9, 0.2), (3.0, 0.2), (4.0, 0.3), (4.1, 0.3)],
            vec![(5.9, 0.9), (6.0, 0.9)],
        ];
        assert_eq!(broken, expected);
        assert_eq!(runs(&[None, Some(1.0)]), [[(0.9, 1.0), (1.0, 1.0)]]);
    }
}
