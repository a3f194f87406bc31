//! One panel of the scatter plots: the values of a hyperparameter against the objective.

use hyperopt_core::number;

use crate::{
    axis::ticks,
    axis::x_axis::XAxis,
    axis::y_axis::YAxis,
    budgets::Budgets,
    canvas::{Align, Canvas, Rect},
    model::{Axis, AxisKind, Point, Scene, Trial, jitter},
    text::{Fonts, TextStyle},
    theme::{self, Ramp},
};

/// A panel with its x axis laid out.
#[derive(Debug)]
pub(crate) struct Panel<'s> {
    axis: &'s Axis,
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
}

impl<'s> Panel<'s> {
    /// Lays out the panel of axis number `index` for a plot `width` wide in a row `height` high.
    pub(crate) fn new(scene: &'s Scene, axis: &'s Axis, index: usize, width: f64, height: f64, fonts: &Fonts) -> Self {
        let points = scene.points(index);
        let x = XAxis::new(&axis.kind, &points, (width, height), fonts);
        Self { axis, points, x }
    }

    /// Returns the height of the labels under the plot.
    pub(crate) fn label_height(&self) -> f64 {
        self.x.height
    }

    /// Draws everything: grid, labels, marks and name.
    pub(crate) fn draw(&self, drawing: &Drawing, canvas: &mut Canvas) {
        self.grid(drawing, canvas);
        self.x.draw(drawing.plot, canvas);
        self.marks(drawing, canvas);
        self.name(drawing, canvas)
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
        canvas.rule((plot.x, plot.bottom()), (plot.right(), plot.bottom()), theme::AXIS)
    }

    fn marks(&self, drawing: &Drawing, canvas: &mut Canvas) {
        let Drawing { scene, budgets, y, plot } = *drawing;
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
            if !point.is_feasible {
                canvas.ring(place(point), radius, theme::INFEASIBLE.mix(opacity.max(0.7)));
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
            canvas.dot(place(point), radius, color);
        }
        marked.into_iter().for_each(|point| canvas.dot(place(point), radius + 0.5, theme::ACCENT.mix(0.9)));
        if let Some(best) = self.best(scene) {
            canvas.star(place(best), 8.5);
        }
    }

    /// Writes the name over the plot, and the best trial's value at its right end.
    fn name(&self, drawing: &Drawing, canvas: &mut Canvas) {
        let Drawing { scene, plot, .. } = *drawing;
        let baseline = plot.y - 8.0;
        let mut room = plot.width;
        if let Some(best) = self.best(scene) {
            let style = TextStyle::regular(theme::SMALL_SIZE + 1.0, theme::ACCENT);
            let value = match &self.axis.kind {
                AxisKind::Categories(names) => names.get(best.x as usize).cloned().unwrap_or_default(),
                AxisKind::Linear(_) | AxisKind::Log(_) => ticks::grouped(number(best.x)),
            };
            let end = (plot.right(), baseline);
            room -= canvas.text_within(&value, end, style, Align::Right, plot.width * 0.4) + 10.0;
        }
        // An SVG may be shown in a wider font than the one it was measured with.
        room *= 0.9;
        let style = TextStyle::bold(theme::NAME_SIZE, theme::INK);
        let used = canvas.text_within(&self.axis.name, (plot.x, baseline), style, Align::Left, room) + 8.0;
        let (active, all) = (self.points.len(), scene.trials.len());
        let note = format!("in {active} of {all} trials");
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        if active == all || used + canvas.fonts().width(&note, style) > room {
            return;
        }
        canvas.text(&note, (plot.x + used, baseline), style, Align::Left)
    }

    fn best(&self, scene: &Scene) -> Option<&Point> {
        self.points.iter().find(|point| Some(point.trial) == scene.best)
    }

    /// Returns where a point lies between the left edge, 0, and the right one, 1: on its level, or beside it to tell it from
    /// the others there.
    fn place(&self, point: &Point, is_exact: bool) -> f64 {
        let aside = if is_exact { 0.0 } else { 0.56 * jitter(point.trial) };
        let place = match (&self.x.scale, &self.axis.kind) {
            (Some(scale), _) => {
                let place = scale.place(point.x);
                place + aside * self.axis.gap(point.x, |value| scale.place(value)).min(0.1)
            }
            (None, AxisKind::Categories(names)) => {
                let aside = if names.len() == 1 { 0.2 * aside } else { aside };
                (point.x + 0.5 + aside) / names.len().max(1) as f64
            }
            (None, _) => 0.5,
        };
        place.clamp(0.0, 1.0)
    }
}
