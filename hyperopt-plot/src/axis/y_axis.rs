//! The y axis, which all panels of a figure share: its range, its labels, and the places of values on it.

use crate::{
    axis::scale::Scale,
    axis::ticks::{self, Tick},
    canvas::{Align, Canvas, Rect},
    color::Rgb,
    model::Scene,
    text::{Fonts, TextStyle},
    theme,
};
use itertools::Itertools as _;

/// The objective's axis.
#[derive(Debug)]
pub(crate) struct YAxis {
    pub(crate) scale: Scale,
    pub(crate) ticks: Vec<Tick>,
}

impl YAxis {
    /// Returns an axis for the values of `scene`, without labels; a logarithmic one if the largest is more than `ratio`
    /// times the smallest.
    pub(crate) fn new(scene: &Scene, ratio: f64) -> Self {
        let values: Vec<f64> = scene.trials.iter().map(|trial| trial.value).collect();
        let scale = Scale::objective(&values, scene.best_trial().map(|trial| trial.value), ratio);
        Self { scale, ticks: Vec::new() }
    }

    /// Returns an axis of `scale`, without labels.
    pub(crate) fn of(scale: Scale) -> Self {
        Self { scale, ticks: Vec::new() }
    }

    /// Returns how many trials lie outside the axis.
    pub(crate) fn beyond(&self, scene: &Scene) -> usize {
        scene.trials.iter().filter(|trial| !(0.0..=1.0).contains(&self.scale.place(trial.value))).count()
    }

    /// Returns the axis with labels that do not touch each other where it is `height` high.
    pub(crate) fn labelled(mut self, height: f64) -> Self {
        let most = (height / 30.0).clamp(2.0, 7.0) as usize;
        let apart =
            |ticks: &[Tick]| ticks.iter().tuple_windows().all(|(low, high)| (high.place - low.place) * height >= 14.0);
        let ticks = |target| ticks::ticks(&self.scale, target, false);
        let fitting = (2..=most).rev().map(ticks).find(|ticks| apart(ticks));
        self.ticks = fitting.unwrap_or_else(|| ticks(2).into_iter().take(1).collect());
        self
    }

    /// Returns how much space the name and the labels need on the left.
    pub(crate) fn width(&self, fonts: &Fonts) -> f64 {
        18.0 + self.widest(fonts) + 7.0
    }

    /// Returns the width of the widest label.
    pub(crate) fn widest(&self, fonts: &Fonts) -> f64 {
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        fonts.widest(self.ticks.iter().map(|tick| &*tick.label), style)
    }

    /// Writes the name at `edge`, and the labels up to `left`.
    pub(crate) fn draw(&self, name: &str, (edge, left): (f64, f64), (top, height): (f64, f64), canvas: &mut Canvas) {
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        for tick in &self.ticks {
            let at = top + height * (1.0 - tick.place);
            canvas.text(&tick.label, (left - 7.0, at + 4.0), style, Align::Right);
        }
        let short = canvas.fonts().shorten(&self.scale.name(name), style, height).into_owned();
        canvas.upright(&short, (edge + 9.0, top + height / 2.0), style, Align::Center)
    }

    /// Draws the grid lines between the labels.
    pub(crate) fn minor_grid(&self, plot: Rect, canvas: &mut Canvas) {
        let places = ticks::minor(&self.scale, plot.height).into_iter();
        places.for_each(|place| level(plot, place, theme::GRID_MINOR, canvas))
    }

    /// Draws the grid lines at the labels.
    pub(crate) fn grid(&self, plot: Rect, canvas: &mut Canvas) {
        self.ticks.iter().for_each(|tick| level(plot, tick.place, theme::GRID, canvas))
    }

    /// Returns the y of a mark for `value` that reaches `radius` to each side, and whether its value lies there: one
    /// outside the axis is drawn at the edge.
    pub(crate) fn place(&self, value: f64, plot: Rect, radius: f64) -> (f64, bool) {
        let height = self.scale.place(value);
        let at = height.clamp(0.0, 1.0);
        let y = plot.bottom() - plot.height * at;
        // A ring stays inside: over the edge is the panel's name.
        (y.max(plot.y + if at == height { 0.0 } else { radius }), at == height)
    }
}

fn level(plot: Rect, place: f64, color: Rgb, canvas: &mut Canvas) {
    let y = plot.bottom() - plot.height * place;
    canvas.rule((plot.x, y), (plot.right(), y), color)
}
