//! The x axis of a panel: its range, and labels that do not touch each other.

use crate::{
    axis::scale::{Scale, Warp},
    axis::ticks::{self, Tick},
    canvas::Canvas,
    geometry::{Align, Rect},
    model::{AxisKind, Point},
    text::{Fonts, TextStyle},
    theme,
};
use itertools::Itertools as _;

/// Height of a line of labels with the space above it.
const LABEL_LINE: f64 = 18.0;

/// A hyperparameter's axis, laid out for one width.
#[derive(Debug)]
pub(crate) struct XAxis {
    /// The scale; `None` for categories, and where neither bounds nor trials give a range.
    pub(crate) scale: Option<Scale>,
    pub(crate) ticks: Vec<Tick>,
    /// Whether the labels are written from the bottom up.
    pub(crate) upright: bool,
    /// The space that the labels need under the panel.
    pub(crate) height: f64,
}

impl XAxis {
    /// Lays out an axis for a plot `width` wide in a row `height` high.
    pub(crate) fn new(kind: &AxisKind, points: &[Point], (width, height): (f64, f64), fonts: &Fonts) -> Self {
        match kind {
            AxisKind::Categories(names) => Self::categories(names, (width, height), fonts),
            AxisKind::Linear(bounds) | AxisKind::Log(bounds) | AxisKind::Logit(bounds) | AxisKind::Bilog(bounds) => {
                Self::numeric(kind, *bounds, points, width, fonts)
            }
        }
    }

    /// Lays out an axis of numbers: as many labels as fit side by side.
    fn numeric(kind: &AxisKind, bounds: Option<(f64, f64)>, points: &[Point], width: f64, fonts: &Fonts) -> Self {
        let xs = || points.iter().map(|point| point.x);
        let Some(scale) = Scale::of_kind(kind, xs()) else {
            return Self { scale: None, ticks: Vec::new(), upright: false, height: LABEL_LINE };
        };
        let ends = bounds.into_iter().flat_map(|(lo, hi)| [lo, hi]).filter(|x| x.is_finite());
        let whole = scale.warp == Warp::Linear && ends.chain(xs()).all(|x| x.fract() == 0.0);
        // The marks of a few integers are spread to both sides of each.
        let spread = if whole { 0.35 / (scale.hi - scale.lo).max(1.0) } else { 0.0 };
        Self::labelled(scale.with_room(spread.max(0.04)), whole, width, fonts)
    }

    /// Lays out an axis of `scale` for a plot `width` wide.
    pub(crate) fn of(scale: Scale, is_whole: bool, width: f64, fonts: &Fonts) -> Self {
        Self::labelled(scale, is_whole, width, fonts)
    }

    fn labelled(scale: Scale, whole: bool, width: f64, fonts: &Fonts) -> Self {
        let ticks = (2..=6).rev().map(|target| ticks::ticks(&scale, target, whole));
        let ticks = ticks.clone().find(|ticks| apart(ticks, width, fonts)).unwrap_or_default();
        Self { scale: Some(scale), ticks, upright: false, height: LABEL_LINE }
    }

    /// Lays out an axis of labels: level if they fit, upright if they do not, and only some of them if even those do not.
    pub(crate) fn categories(names: &[String], (width, height): (f64, f64), fonts: &Fonts) -> Self {
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        let band = width / names.len().max(1) as f64;
        let widest = fonts.widest(names.iter().map(String::as_str), style);
        let upright = widest > band - 8.0 && band < 64.0;
        let stride = if upright { (13.0 / band).ceil().max(1.0) as usize } else { 1 };
        let room = if upright { (height * 0.3).clamp(20.0, 90.0) } else { band - 8.0 };
        let short = fonts.distinct(names, style, room);
        let ticks = short
            .into_iter()
            .enumerate()
            .step_by(stride)
            .map(|(index, label)| Tick { place: (index as f64 + 0.5) / names.len() as f64, label });
        let height = if upright { widest.min(room) + 10.0 } else { LABEL_LINE };
        Self { scale: None, ticks: ticks.collect(), upright, height }
    }

    /// Writes the labels under `plot`.
    pub(crate) fn draw(&self, plot: Rect, canvas: &mut Canvas) {
        self.draw_within(plot, f64::INFINITY, canvas);
    }

    /// Writes the labels under `plot`, none of them more than `beyond` outside of it: beside other plots, the labels at the ends
    /// would touch those of the neighbours.
    pub(crate) fn draw_within(&self, plot: Rect, beyond: f64, canvas: &mut Canvas) {
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        for tick in &self.ticks {
            let half = if self.upright { 0.0 } else { canvas.fonts().width(&tick.label, style) / 2.0 };
            let (left, right) = (plot.x - beyond + half, plot.right() + beyond - half);
            let x = (plot.x + plot.width * tick.place).min(right).max(left);
            if self.upright {
                canvas.upright(&tick.label, (x + 4.0, plot.bottom() + 6.0), style, Align::Right);
            } else {
                canvas.text(&tick.label, (x, plot.bottom() + 15.0), style, Align::Center);
            }
        }
    }
}

/// Returns whether the labels of an axis `width` wide do not touch each other.
fn apart(ticks: &[Tick], width: f64, fonts: &Fonts) -> bool {
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    let half = |tick: &Tick| fonts.width(&tick.label, style) / 2.0;
    ticks
        .iter()
        .tuple_windows()
        .all(|(left, right)| half(left) + half(right) + 8.0 <= (right.place - left.place) * width)
}
