//! One panel of the scatter plots: the values of a hyperparameter against the objective.

use hyperopt_core::number;

use crate::{
    axis::ticks,
    axis::x_axis::XAxis,
    axis::y_axis::YAxis,
    budgets::Budgets,
    canvas::Canvas,
    geometry::{Align, Rect},
    model::{Axis, AxisKind, Fate, Point, Scene, Trial, jitter},
    text::{Fonts, TextStyle},
    theme::{self, Ramp},
};

/// The height of a row of trials without a value.
pub(super) const ROW: f64 = 12.0;

/// Of more levels than this, few have the trials for a median of their own.
const MOST_STEPS: usize = 12;

/// A panel with its x axis laid out.
#[derive(Debug)]
pub(crate) struct Panel<'s> {
    axis: &'s Axis,
    index: usize,
    points: Vec<Point>,
    x: XAxis,
}

/// The scene and the axis that the panels share, and the place of one of them.
#[derive(Debug)]
pub(crate) struct Drawing<'s> {
    pub(crate) scene: &'s Scene,
    pub(crate) budgets: &'s Budgets,
    pub(crate) y: &'s YAxis,
    pub(crate) plot: Rect,
    /// The kinds of trials without a value that have a row each below the plot, in a figure that marks them.
    pub(crate) marked: Option<&'s [(Fate, &'s str)]>,
}

impl<'s> Panel<'s> {
    /// Lays out the panel of axis number `index` for a plot `width` wide in a row `height` high.
    pub(crate) fn new(scene: &'s Scene, axis: &'s Axis, index: usize, width: f64, height: f64, fonts: &Fonts) -> Self {
        let points = scene.points(index);
        let x = XAxis::new(&axis.kind, &points, (width, height), fonts);
        Self { axis, index, points, x }
    }

    /// Returns the height of the labels under the plot.
    pub(crate) fn label_height(&self) -> f64 {
        self.x.height
    }

    /// Draws everything: grid, labels, marks and name.
    pub(crate) fn draw(&self, drawing: &Drawing, canvas: &mut Canvas) {
        self.grid(drawing, canvas);
        let rows = drawing.marked.unwrap_or_default();
        let foot = Rect { height: drawing.plot.height + ROW * rows.len() as f64, ..drawing.plot };
        self.x.draw(foot, canvas);
        self.marks(drawing, canvas);
        self.rows(drawing, rows, canvas);
        self.name(drawing, canvas);
    }

    fn grid(&self, drawing: &Drawing, canvas: &mut Canvas) {
        let plot = drawing.plot;
        let upright = |place: f64| plot.x + plot.width * place;
        if self.points.is_empty() {
            return canvas.rule((plot.x, plot.bottom()), (plot.right(), plot.bottom()), theme::AXIS);
        }
        drawing.y.minor_grid(plot, canvas);
        for place in self.x.scale.iter().flat_map(|scale| ticks::minor(scale, plot.width)) {
            canvas.rule((upright(place), plot.y), (upright(place), plot.bottom()), theme::GRID_MINOR);
        }
        drawing.y.grid(plot, canvas);
        if self.x.scale.is_some() {
            for tick in &self.x.ticks {
                let x = upright(tick.place);
                canvas.rule((x, plot.y), (x, plot.bottom()), theme::GRID);
            }
        }
        canvas.rule((plot.x, plot.bottom()), (plot.right(), plot.bottom()), theme::AXIS);
    }

    fn marks(&self, drawing: &Drawing, canvas: &mut Canvas) {
        let Drawing { scene, budgets, y, plot, .. } = *drawing;
        if self.points.is_empty() {
            let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
            let middle = (plot.x + plot.width / 2.0, plot.y + plot.height / 2.0);
            return canvas.text("no trial has a value here", middle, style, Align::Center);
        }
        let number = |trial: Option<&Trial>| trial.map_or(0.0, |trial| trial.number as f64);
        let (first, last) = (number(scene.trials.first()), number(scene.trials.last()));
        let (radius, opacity) = theme::mark(self.points.len());
        let place = |point: &Point| {
            let share = self.place(point, scene.is_marked(point.trial));
            (plot.x + plot.width * share, y.place(point.y, plot).0)
        };
        let (marked, others): (Vec<&Point>, Vec<&Point>) =
            self.points.iter().partition(|point| scene.front.is_some() && scene.is_marked(point.trial));
        for point in others {
            let tooltip = || scene.tooltip(point.trial, [self.index]);
            if !point.is_feasible {
                let paint = theme::INFEASIBLE.mix(opacity.max(0.7));
                canvas.trial(tooltip, |canvas| canvas.ring(place(point), radius, paint));
                continue;
            }
            let age = (point.trial as f64 - first) / (last - first).max(1.0);
            let color = if budgets.differ() {
                // The large budgets are few, and lie on others: they may cover what is under them.
                let share = point.resources.map_or(0.0, |resources| budgets.share(resources));
                budgets.color(point.resources).mix(opacity + (0.95 - opacity) * share)
            } else {
                Ramp::Order.color(age).mix(opacity)
            };
            canvas.trial(tooltip, |canvas| canvas.dot(place(point), radius, color));
        }
        for point in marked {
            let tooltip = || scene.tooltip(point.trial, [self.index]);
            canvas.trial(tooltip, |canvas| canvas.dot(place(point), radius + 0.5, theme::ACCENT.mix(0.9)));
        }
        if drawing.marked.is_some() {
            self.median(drawing, canvas);
        }
        if let Some(best) = self.best(scene) {
            canvas.best(scene.tooltip(best.trial, [self.index]), place(best), 8.5);
        }
    }

    /// Draws the trials without a value below the plot.
    fn rows(&self, drawing: &Drawing, rows: &[(Fate, &str)], canvas: &mut Canvas) {
        let plot = drawing.plot;
        for other in &drawing.scene.others {
            let row = rows.iter().position(|(fate, _)| *fate == other.fate);
            let x = other.xs.get(self.index).copied().flatten().filter(|x| x.is_finite());
            let Some((row, x)) = row.zip(x) else { continue };
            let x = plot.x + plot.width * self.place_of(x, 0.56 * jitter(other.number));
            let y = plot.bottom() + ROW * (row as f64 + 0.5) + 1.0;
            let tick = Rect { x: x - 0.6, y: y - 4.0, width: 1.2, height: 8.0 };
            let tooltip = || drawing.scene.tooltip_of_other(other, [self.index]);
            canvas.trial(tooltip, |canvas| canvas.rect(tick, theme::INK.mix(0.7)));
        }
    }

    /// Draws the median of the trials around each value, or at each level.
    fn median(&self, drawing: &Drawing, canvas: &mut Canvas) {
        let Drawing { y, plot, .. } = *drawing;
        let at = |place: f64, value: f64| (plot.x + plot.width * place.clamp(0.0, 1.0), y.place(value, plot).0);
        let color = theme::INK.mix(0.75);
        let mut points: Vec<(f64, f64)> = compared(&self.points, drawing.budgets).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        if is_stepped(self.axis) {
            for level in points.chunk_by(|a, b| a.0 == b.0) {
                let (place, value) = (self.place_of(level[0].0, 0.0), median(level));
                let gap = match &self.axis.kind {
                    AxisKind::Categories(names) => 1.0 / names.len().max(1) as f64,
                    _ => self.x.scale.map_or(0.1, |scale| self.axis.gap(level[0].0, |value| scale.place(value))),
                };
                let half = (gap * 0.36).clamp(0.005, 0.15);
                canvas.line(&[at(place - half, value), at(place + half, value)], 2.2, color);
            }
            return;
        }
        let Some(window) = window(points.len()) else { return };
        let middle = |points: &[(f64, f64)]| {
            let x: Vec<_> = points.iter().map(|(x, _)| (*x, *x)).collect();
            at(self.place_of(median(&x), 0.0), median(points))
        };
        let step = (points.len() / 60).max(1);
        let line: Vec<_> = points.windows(window).step_by(step).map(middle).collect();
        canvas.line(&line, 1.8, color);
    }

    /// Writes the name over the plot, and the best trial's value at its right end.
    fn name(&self, drawing: &Drawing, canvas: &mut Canvas) {
        let Drawing { scene, plot, .. } = *drawing;
        let baseline = plot.y - 8.0;
        let mut room = plot.width;
        if let Some(best) = self.best(scene) {
            let style = TextStyle::regular(theme::SMALL_SIZE + 1.0, theme::ACCENT);
            let value = match &self.axis.kind {
                AxisKind::Categories(names) => {
                    canvas.fonts().distinct_one(names, best.x as usize, style, plot.width * 0.4)
                }
                _ => ticks::grouped(number(best.x)),
            };
            let end = (plot.right(), baseline);
            room -= canvas.text_within(&value, end, style, Align::Right, plot.width * 0.4) + 10.0;
        }
        // An SVG may be shown in a wider font than the one it was measured with.
        room *= 0.9;
        let style = TextStyle::bold(theme::NAME_SIZE, theme::INK);
        let names: Vec<&str> = scene.axes.iter().map(|axis| &*axis.name).collect();
        let name = canvas.fonts().distinct_one(&names, self.index, style, room);
        let used = canvas.text_within(&name, (plot.x, baseline), style, Align::Left, room) + 8.0;
        let (active, all) = (self.points.len(), scene.trials.len());
        let note = format!("in {active} of {all} trials");
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        if active == all || used + canvas.fonts().width(&note, style) > room {
            return;
        }
        canvas.text(&note, (plot.x + used, baseline), style, Align::Left);
    }

    fn best(&self, scene: &Scene) -> Option<&Point> {
        self.points.iter().find(|point| Some(point.trial) == scene.best)
    }

    /// Returns where a point lies between the left edge, 0, and the right one, 1: on its level, or beside it to tell it from
    /// the others there.
    fn place(&self, point: &Point, is_exact: bool) -> f64 {
        self.place_of(point.x, if is_exact { 0.0 } else { 0.56 * jitter(point.trial) })
    }

    /// Returns where a value lies, `aside` of its level in distances of levels.
    fn place_of(&self, x: f64, aside: f64) -> f64 {
        let place = match (&self.x.scale, &self.axis.kind) {
            (Some(scale), _) => {
                let place = scale.place(x);
                place + aside * self.axis.gap(x, |value| scale.place(value)).min(0.1)
            }
            (None, AxisKind::Categories(names)) => {
                let aside = if names.len() == 1 { 0.2 * aside } else { aside };
                (x + 0.5 + aside) / names.len().max(1) as f64
            }
            (None, _) => 0.5,
        };
        place.clamp(0.0, 1.0)
    }
}

/// What the medians of a panel are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Medians {
    /// A line along the axis.
    Running,
    /// A dash at each level.
    Levels,
}

/// Returns what the medians of the panel of axis number `index` are, if there are any.
pub(super) fn medians(scene: &Scene, index: usize, budgets: &Budgets) -> Option<Medians> {
    let count = compared(&scene.points(index), budgets).count();
    if is_stepped(scene.axes.get(index)?) {
        (count > 0).then_some(Medians::Levels)
    } else {
        window(count).map(|_| Medians::Running)
    }
}

/// Returns the values and the objectives of which there are medians: of the feasible trials with the largest budget, since
/// objectives of different ones cannot be compared.
fn compared(points: &[Point], budgets: &Budgets) -> impl Iterator<Item = (f64, f64)> {
    let largest = budgets.values().last().copied().filter(|_| budgets.differ());
    let counts = move |point: &&Point| point.is_feasible && (largest.is_none() || point.resources == largest);
    points.iter().filter(counts).map(|point| (point.x, point.y))
}

/// Returns whether an axis has medians at its levels rather than around each value.
fn is_stepped(axis: &Axis) -> bool {
    (1..=MOST_STEPS).contains(&axis.levels.len()) || matches!(axis.kind, AxisKind::Categories(_))
}

/// Returns of how many neighbours each median of `count` trials is; `None` if they are too few for a line.
fn window(count: usize) -> Option<usize> {
    let window = (count / 5).max(7);
    (count >= 2 * window).then_some(window)
}

/// Returns the median of the second of some pairs, of which there is one at least.
fn median(pairs: &[(f64, f64)]) -> f64 {
    let mut values: Vec<f64> = pairs.iter().map(|(_, value)| *value).collect();
    values.sort_by(f64::total_cmp);
    let (below, above) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
    below / 2.0 + above / 2.0
}
