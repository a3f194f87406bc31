//! The mean objective over every pair of hyperparameters: a matrix of heat maps.

mod cells;
mod heatmap;

use hyperopt_core::Sweep;

use crate::{
    axis::color_bar::ColorBar,
    axis::ticks::Tick,
    axis::x_axis::XAxis,
    axis::y_axis::YAxis,
    canvas::Canvas,
    charts::pair_plot::cells::{Cells, Names},
    charts::pair_plot::heatmap::{Heatmap, Means},
    error::Error,
    figure::{Chart, Figure},
    frame,
    geometry::{Align, Rect},
    model::{Axis, AxisKind, Scene},
    source,
    text::{Fonts, TextStyle},
    theme,
};

/// Draws the mean objective over every pair of hyperparameters, as a matrix of heat maps.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. Each hyperparameter has a row, where it is the vertical
/// axis, and a column, where it is the horizontal axis; its name stands on the diagonal. The colour of a cell shows the rank of
/// the arithmetic mean of its trials' objectives, the darker the better; a pale grey cell has no trial. A star marks the cell
/// of the best trial.
///
/// Each category has a cell, tried or not, and so has each level of integers, `linrange` and `ordinal` if there are at most
/// twelve. All other ranges are divided into twelve cells of equal width on the scale of the candidates. A trial counts in the
/// heat map of two hyperparameters if both were active in it.
///
/// In a multi-fidelity sweep, each configuration counts once, with its objective at the largest budget that it reached. Of
/// several objectives, the first is drawn. Trials that failed, and those that violate a constraint, are left out, and the
/// caption counts them. More than six hyperparameters are ordered by importance, and at most the twelve most important ones are
/// drawn.
///
/// The figure of a sweep without a complete trial says so. Saving that of a sweep with fewer than two hyperparameters fails
/// with [`Error::Unsuited`].
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::pair_plot(ho).save("pairs.png")?;
/// hyperopt_plot::pair_plot(ho).title("Learning rate and depth").size(900, 800).save("pairs.svg")?;
/// # Ok(())
/// # }
/// ```
pub fn pair_plot(ho: &impl AsRef<Sweep>) -> Figure {
    Figure::of(Chart::PairPlot, source::ranked(ho.as_ref()))
}

/// The width of the colour bar.
const BAR: f64 = 12.0;
/// Heat maps smaller than this show nothing.
const LEAST_SIDE: f64 = 24.0;
/// The space round the colour bar: to the left of it, and on the right for the name.
const BAR_SPACE: f64 = 36.0;

/// Returns the size at which the heat maps are comfortable, in points.
pub(crate) fn default_size(scene: &Scene) -> (u32, u32) {
    let count = scene.axes.len() as u32;
    if scene.trials.is_empty() || count < 2 {
        return (640, 240);
    }
    let side = match count {
        2 => 230,
        3 => 200,
        4 => 170,
        5 => 145,
        6..=8 => 120,
        _ => 105,
    };
    (210 + side * count, 190 + side * count)
}

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    let mut trials = scene.outcomes();
    let feasible = trials.iter().filter(|trial| trial.is_feasible).count();
    if feasible > 0 {
        trials.retain(|trial| trial.is_feasible);
    }
    if trials.is_empty() {
        frame::no_trials(scene, body, canvas);
        return Ok(());
    }
    let axes = &scene.axes[..];
    if axes.len() < 2 {
        let reason = if axes.is_empty() { "it has no hyperparameter" } else { "one hyperparameter makes no pair" };
        return Err(Error::unsuited("pair_plot", reason, "`plot` draws the objective against each hyperparameter"));
    }
    let cells: Vec<_> = axes.iter().enumerate().map(|(index, axis)| Cells::new(axis, index, &trials)).collect();
    let values: Vec<f64> = trials.iter().map(|trial| trial.value).collect();
    let columns = cells.iter().map(|x| cells.iter().map(|y| Means::new(x, y, &values)).collect());
    let means: Vec<Vec<Means>> = columns.collect();
    let all: Vec<f64> = apart(&means).flat_map(|(_, _, means)| means.values()).collect();
    if all.is_empty() {
        let reason = "no two hyperparameters were active in the same trial";
        return Err(Error::unsuited("pair_plot", reason, "`plot` draws the objective against each hyperparameter"));
    }
    let bar = ColorBar::new(&all, scene.is_loss);
    let mut remarks = frame::choices(scene, trials.len());
    if apart(&means).any(|(_, _, means)| means.has_gaps()) {
        remarks.push("cells without a trial are grey".to_owned());
    }
    let mut notes: Vec<_> = scene.left_out.caption().into_iter().collect();
    match scene.infeasible() {
        0 => {}
        count if feasible > 0 => notes.push(format!("{count} infeasible left out")),
        _ => notes.push("no trial is feasible".to_owned()),
    }
    // Each pair has two heat maps.
    match all.iter().filter(|mean| bar.is_beyond(**mean)).count() / 2 {
        0 => {}
        1 => remarks.push("1 mean lies beyond the colours".to_owned()),
        beyond => remarks.push(format!("{beyond} means lie beyond the colours")),
    }
    let body = frame::caption(&[notes, remarks], body, canvas);
    let matrix = Matrix { scene, axes, cells, means, best: trials.len() - 1 };
    matrix.draw(bar, body, canvas)
}

/// Returns the column, the row and the means of every heat map of two different hyperparameters.
fn apart(means: &[Vec<Means>]) -> impl Iterator<Item = (usize, usize, &Means)> {
    let rows = |(x, column): (usize, _)| -> Vec<_> {
        let column: &Vec<Means> = column;
        column.iter().enumerate().map(move |(y, means)| (x, y, means)).collect()
    };
    means.iter().enumerate().flat_map(rows).filter(|(x, y, _)| x != y)
}

/// All heat maps, with their names and labels.
#[derive(Debug)]
struct Matrix<'s> {
    scene: &'s Scene,
    axes: &'s [Axis],
    cells: Vec<Cells>,
    /// By the column, and by the row.
    means: Vec<Vec<Means>>,
    /// The place of the best trial among all.
    best: usize,
}

impl Matrix<'_> {
    fn draw(&self, bar: ColorBar, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
        let count = self.axes.len() as f64;
        let gap = if count < 5.0 { 12.0 } else { 8.0 };
        let bar = bar.labelled(body.height * 0.6);
        let guess = body.height / count - gap;
        let room = (body.width * 0.16).clamp(16.0, 110.0);
        let labels = self
            .cells
            .iter()
            .zip(self.axes)
            .map(|(cells, axis)| widest(&beside(cells, axis, guess), room, canvas.fonts()))
            .fold(0.0, f64::max)
            + 7.0;
        let right = body.right() - bar.label_width(canvas.fonts()) - BAR - BAR_SPACE;
        let left = body.x + labels;
        let width = ((right - left - gap * (count - 1.0)) / count).max(1.0);
        let xs = self.cells.iter().zip(self.axes).map(|(cells, axis)| match &cells.names {
            Names::Levels(names) => XAxis::categories(names, (width, body.height * 0.3), canvas.fonts()),
            Names::Axis(scale, _) => match labels_of(axis) {
                Some(names) => XAxis::categories(names, (width, body.height * 0.3), canvas.fonts()),
                None => XAxis::of(*scale, false, width, canvas.fonts()),
            },
            Names::Nothing => XAxis::categories(&[], (width, body.height * 0.3), canvas.fonts()),
        });
        let xs: Vec<XAxis> = xs.collect();
        let foot = xs.iter().map(|x| x.height).fold(0.0, f64::max);
        let height = ((body.height - foot - gap * (count - 1.0)) / count).max(1.0);
        if width.min(height) < LEAST_SIDE {
            let (width, height) = default_size(self.scene);
            let advice = format!("`size({width}, {height})` is enough for {} of them", self.axes.len());
            return Err(Error::unsuited("pair_plot", "the size leaves its heat maps no room", advice));
        }
        let plot = |column: usize, row: usize| {
            let (x, y) = (left + column as f64 * (width + gap), body.y + row as f64 * (height + gap));
            Rect { x, y, width, height }
        };
        for (column, row, means) in apart(&self.means) {
            let heatmap = Heatmap { means, bar: &bar, plot: plot(column, row) };
            let best = self.cells[column].places[self.best].zip(self.cells[row].places[self.best]);
            let told = self.scene.best.map(|best| self.scene.tooltip(best, [column, row]));
            heatmap.draw(best.zip(told), canvas);
        }
        for (index, (cells, x)) in self.cells.iter().zip(&xs).enumerate() {
            self.name(index, plot(index, index), canvas);
            rows(&beside(cells, &self.axes[index], height), room, plot(0, index), canvas);
            x.draw_within(plot(index, self.axes.len() - 1), gap * 0.25, canvas);
        }
        let strip = Rect { x: right + BAR_SPACE / 2.0, y: body.y, width: BAR, height: body.height * 0.6 };
        bar.draw(strip, canvas);
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        let name = bar.name(&format!("mean {}", self.scene.objective));
        let name = canvas.fonts().shorten(&name, style, strip.height).into_owned();
        canvas.upright(&name, (body.right(), strip.y + strip.height / 2.0), style, Align::Center);
        Ok(())
    }

    /// Writes the name of a hyperparameter where its row and its column meet, and in how many trials it was active.
    fn name(&self, index: usize, plot: Rect, canvas: &mut Canvas) {
        const LINE: f64 = 17.0;
        let style = TextStyle::bold(theme::NAME_SIZE, theme::INK);
        let most = ((plot.height / LINE) as usize).clamp(1, 5);
        let lines = canvas.fonts().wrap(&self.axes[index].name, style, plot.width, most);
        let middle = plot.x + plot.width / 2.0;
        let mut baseline = plot.y + plot.height / 2.0 + 5.0 - LINE / 2.0 * (lines.len() - 1) as f64;
        for line in lines {
            canvas.text(&line, (middle, baseline), style, Align::Center);
            baseline += LINE;
        }
        let cells = &self.cells[index];
        let (active, all) = (cells.active(), cells.of.len());
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        let note = format!("in {active} of {all}");
        if active == all || baseline > plot.bottom() || canvas.fonts().width(&note, style) > plot.width {
            return;
        }
        canvas.text(&note, (middle, baseline), style, Align::Center);
    }
}

/// Returns the labels of an axis, if it has any.
fn labels_of(axis: &Axis) -> Option<&[String]> {
    match &axis.kind {
        AxisKind::Categories(names) => Some(names),
        _ => None,
    }
}

/// Returns what stands beside a row of cells that is `height` high: as much as fits.
fn beside(cells: &Cells, axis: &Axis, height: f64) -> Vec<Tick> {
    const LINE: f64 = 13.0;
    let names = match (&cells.names, labels_of(axis)) {
        (Names::Levels(names), _) => names,
        (Names::Axis(..), Some(names)) => names,
        (Names::Axis(scale, _), None) => return YAxis::of(*scale).labelled(height).ticks,
        (Names::Nothing, _) => return Vec::new(),
    };
    let step = height / names.len().max(1) as f64;
    let stride = (LINE / step.max(1e-3)).ceil().max(1.0) as usize;
    let place = |at: usize| (at as f64 + 0.5) / names.len() as f64;
    names.iter().enumerate().step_by(stride).map(|(at, name)| Tick { place: place(at), label: name.clone() }).collect()
}

/// Returns the width of the widest label.
fn widest(labels: &[Tick], room: f64, fonts: &Fonts) -> f64 {
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    fonts.widest(labels.iter().map(|tick| &*tick.label), style).min(room)
}

/// Writes the labels of a row to the left of its first heat map.
fn rows(labels: &[Tick], room: f64, plot: Rect, canvas: &mut Canvas) {
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    let texts: Vec<&str> = labels.iter().map(|tick| &*tick.label).collect();
    for (tick, label) in labels.iter().zip(canvas.fonts().distinct(&texts, style, room)) {
        let y = plot.bottom() - plot.height * tick.place;
        canvas.text_within(&label, (plot.x - 7.0, y + 4.0), style, Align::Right, room);
    }
}
