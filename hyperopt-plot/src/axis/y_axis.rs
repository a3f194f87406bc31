//! The y axis, which all panels of a figure share: its range, its labels, and the places of values on it.

use crate::{
    axis::scale::{Scale, Warp},
    axis::ticks::{self, Tick},
    budgets::short,
    canvas::Canvas,
    color::Rgb,
    geometry::{Align, Rect},
    model::Scene,
    text::{Fonts, TextStyle},
    theme,
};
use itertools::Itertools as _;

/// The height of the band beyond a broken axis.
const BAND: f64 = 15.0;

/// The objective's axis.
#[derive(Debug)]
pub(crate) struct YAxis {
    pub(crate) scale: Scale,
    pub(crate) ticks: Vec<Tick>,
    /// The band of the values that the scale leaves out.
    band: Option<Band>,
    /// Whether the labels are integers.
    is_whole: bool,
}

/// The band beyond a broken axis.
#[derive(Debug)]
struct Band {
    /// Whether it is at the top, where the values are larger.
    above: bool,
    /// The end of the axis: `> 12.5`.
    label: String,
}

impl YAxis {
    /// Returns an axis for the values of `scene`, without labels; a logarithmic one if the largest is more than `ratio`
    /// times the smallest. It is broken where the scale leaves out values.
    pub(crate) fn new(scene: &Scene, ratio: f64) -> Self {
        let values: Vec<f64> = scene.trials.iter().map(|trial| trial.value).collect();
        Self::broken(&values, scene.is_loss, ratio)
    }

    /// Returns an axis for `values`, without labels.
    pub(crate) fn broken(values: &[f64], is_loss: bool, ratio: f64) -> Self {
        let scale = Scale::objective(values, is_loss, ratio);
        let is_left_out = |value: &&f64| is_worse(scale.place(**value), is_loss);
        let nearest = values.iter().filter(is_left_out).copied().reduce(if is_loss { f64::min } else { f64::max });
        let band = nearest.map(|_| {
            let inside = values.iter().filter(|value| !is_left_out(value)).copied();
            let end = inside.reduce(if is_loss { f64::max } else { f64::min }).unwrap_or_default();
            let (sign, end) = match scale.warp {
                // Its labels are distances, which grow with the values of a loss, or against those of a score.
                Warp::Distance { from, .. } => ('>', (end - from).abs()),
                Warp::Linear | Warp::Log | Warp::Logit | Warp::Bilog => (if is_loss { '>' } else { '<' }, end),
            };
            Band { above: is_loss, label: format!("{sign} {}", ticks::grouped(short(end, 3))) }
        });
        Self { scale, ticks: Vec::new(), band, is_whole: false }
    }

    /// Returns an axis of `scale`, without labels.
    pub(crate) fn of(scale: Scale) -> Self {
        Self { scale, ticks: Vec::new(), band: None, is_whole: false }
    }

    /// Returns the axis, with integers as its labels or not.
    pub(crate) fn whole(self, is_whole: bool) -> Self {
        Self { is_whole, ..self }
    }

    /// Returns how many trials lie outside the axis.
    pub(crate) fn beyond(&self, scene: &Scene) -> usize {
        scene.trials.iter().filter(|trial| self.is_beyond(trial.value)).count()
    }

    /// Returns whether a value lies outside the axis.
    pub(crate) fn is_beyond(&self, value: f64) -> bool {
        self.band.as_ref().is_some_and(|band| is_worse(self.scale.place(value), band.above))
    }

    /// Returns the axis with labels that do not touch each other where it is `height` high.
    pub(crate) fn labelled(mut self, height: f64) -> Self {
        let height = self.inside(Rect { x: 0.0, y: 0.0, width: 1.0, height }).height;
        let most = (height / 30.0).clamp(2.0, 7.0) as usize;
        let apart =
            |ticks: &[Tick]| ticks.iter().tuple_windows().all(|(low, high)| (high.place - low.place) * height >= 14.0);
        let ticks = |target| ticks::ticks(&self.scale, target, self.is_whole);
        let fitting = (2..=most).rev().map(ticks).find(|ticks| apart(ticks));
        self.ticks = fitting.unwrap_or_else(|| ticks(2).into_iter().take(1).collect());
        if let Some(band) = &self.band {
            // Under the label of the band there is no room for another.
            let near = 9.0 / height;
            self.ticks.retain(|tick| if band.above { tick.place < 1.0 - near } else { tick.place > near });
        }
        self
    }

    /// Returns the part of `plot` that the scale covers: all of it, unless the axis is broken.
    pub(crate) fn inside(&self, plot: Rect) -> Rect {
        match &self.band {
            None => plot,
            Some(band) => {
                let height = (plot.height - BAND).max(1.0);
                Rect { y: if band.above { plot.bottom() - height } else { plot.y }, height, ..plot }
            }
        }
    }

    /// Returns how much space the name and the labels need on the left.
    pub(crate) fn width(&self, fonts: &Fonts) -> f64 {
        18.0 + self.widest(fonts) + 7.0
    }

    /// Returns the width of the widest label.
    pub(crate) fn widest(&self, fonts: &Fonts) -> f64 {
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        let band = self.band.as_ref().map(|band| &*band.label);
        fonts.widest(self.ticks.iter().map(|tick| &*tick.label).chain(band), style)
    }

    /// Writes the name at `edge`, and the labels up to `left`.
    pub(crate) fn draw(&self, name: &str, (edge, left): (f64, f64), (top, height): (f64, f64), canvas: &mut Canvas) {
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        let plot = Rect { x: left, y: top, width: 1.0, height };
        let inside = self.inside(plot);
        for tick in &self.ticks {
            let at = inside.bottom() - inside.height * tick.place;
            canvas.text(&tick.label, (left - 7.0, at + 4.0), style, Align::Right);
        }
        if let Some(band) = &self.band {
            canvas.text(&band.label, (left - 7.0, self.beyond_at(plot) + 4.0), style, Align::Right);
        }
        let short = canvas.fonts().shorten(&self.scale.name(name), style, height).into_owned();
        canvas.upright(&short, (edge + 9.0, top + height / 2.0), style, Align::Center);
    }

    /// Draws the grid lines between the labels.
    pub(crate) fn minor_grid(&self, plot: Rect, canvas: &mut Canvas) {
        let inside = self.inside(plot);
        let places = ticks::minor(&self.scale, inside.height).into_iter();
        places.for_each(|place| level(inside, place, theme::GRID_MINOR, canvas));
    }

    /// Draws the grid lines at the labels, and the break.
    pub(crate) fn grid(&self, plot: Rect, canvas: &mut Canvas) {
        let inside = self.inside(plot);
        self.ticks.iter().for_each(|tick| level(inside, tick.place, theme::GRID, canvas));
        let Some(band) = &self.band else { return };
        let (y, height) = if band.above { (plot.y, BAND) } else { (plot.bottom() - BAND, BAND) };
        canvas.rect(Rect { y, height: height - 1.0, ..plot }, theme::GRID_MINOR);
        // The teeth of a broken axis.
        let (edge, steps) = (if band.above { inside.y } else { inside.bottom() }, (plot.width / 5.0).floor().max(1.0));
        let tooth = |step: f64| {
            let up = if step as i64 % 2 == 0 { -1.5 } else { 1.5 };
            (plot.x + plot.width * step / steps, edge + up)
        };
        let teeth: Vec<_> = (0..=steps as u32).map(|step| tooth(f64::from(step))).collect();
        canvas.line(&teeth, 1.0, theme::AXIS);
    }

    /// Returns the y of a mark for `value`, and whether it lies inside the scale: others are in the band beyond it, or at
    /// the edge of an axis that is not broken.
    pub(crate) fn place(&self, value: f64, plot: Rect) -> (f64, bool) {
        let (inside, height) = (self.inside(plot), self.scale.place(value));
        let at = height.clamp(0.0, 1.0);
        if self.band.as_ref().is_some_and(|band| is_worse(height, band.above)) {
            return (self.beyond_at(plot), false);
        }
        (inside.bottom() - inside.height * at, at == height)
    }

    /// Returns the middle of the band.
    fn beyond_at(&self, plot: Rect) -> f64 {
        let is_above = self.band.as_ref().is_none_or(|band| band.above);
        if is_above { plot.y + BAND / 2.0 } else { plot.bottom() - BAND / 2.0 }
    }
}

/// Returns whether a place is beyond the end where the worse values are: the best are always on the axis.
fn is_worse(place: f64, is_loss: bool) -> bool {
    if is_loss { place > 1.0 } else { place < 0.0 }
}

fn level(plot: Rect, place: f64, color: Rgb, canvas: &mut Canvas) {
    let y = plot.bottom() - plot.height * place;
    canvas.rule((plot.x, y), (plot.right(), y), color);
}
