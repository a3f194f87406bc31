//! The x axis of a panel: how far it reaches, and labels that do not touch each other.

use crate::{
    model::{AxisKind, Point},
    scale::Scale,
    text::{Fonts, TextStyle},
    theme,
    ticks::{self, Tick},
};

/// Height of a line of labels with the space above it.
const LABEL_LINE: f64 = 18.0;

/// A hyperparameter's axis, laid out for one width.
#[derive(Debug)]
pub(crate) struct XAxis {
    /// `None` for categories, and where neither bounds nor trials say how far the axis reaches.
    pub(crate) scale: Option<Scale>,
    pub(crate) ticks: Vec<Tick>,
    /// Whether the labels are written from the bottom up.
    pub(crate) upright: bool,
    /// How much space the labels need under the panel.
    pub(crate) height: f64,
}

impl XAxis {
    /// Lays out an axis for a plot `width` wide in a row `height` high.
    pub(crate) fn new(kind: &AxisKind, points: &[Point], (width, height): (f64, f64), fonts: &Fonts) -> Self {
        match kind {
            AxisKind::Linear(bounds) => Self::numeric(*bounds, points, false, width, fonts),
            AxisKind::Log(bounds) => Self::numeric(*bounds, points, true, width, fonts),
            AxisKind::Categories(names) => Self::categories(names, (width, height), fonts),
        }
    }

    /// Lays out an axis of numbers: as many labels as fit side by side.
    fn numeric(bounds: Option<(f64, f64)>, points: &[Point], log: bool, width: f64, fonts: &Fonts) -> Self {
        let bounds = bounds.filter(|(lo, hi)| lo.is_finite() && hi.is_finite());
        let ends = || bounds.into_iter().flat_map(|(lo, hi)| [lo, hi]);
        let all = || ends().chain(points.iter().map(|point| point.x));
        let whole = !log && all().all(|x| x.fract() == 0.0);
        let (lo, hi) = all().fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), x| (lo.min(x), hi.max(x)));
        if lo > hi {
            return Self { scale: None, ticks: Vec::new(), upright: false, height: LABEL_LINE };
        }
        let scale = if log { Scale::log(lo, hi) } else { Scale::linear(lo, hi) }.padded(0.04);
        Self::labelled(scale, whole, width, fonts)
    }

    /// Lays out an axis of `scale` for a plot `width` wide.
    pub(crate) fn of(scale: Scale, width: f64, fonts: &Fonts) -> Self {
        Self::labelled(scale, false, width, fonts)
    }

    fn labelled(scale: Scale, whole: bool, width: f64, fonts: &Fonts) -> Self {
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        let fits = |ticks: &[Tick]| {
            ticks.windows(2).all(|pair| {
                let apart = (pair[1].place - pair[0].place) * width;
                let half = |tick: &Tick| fonts.width(&tick.label, style) / 2.0;
                half(&pair[0]) + half(&pair[1]) + 8.0 <= apart
            })
        };
        let ticks = (2..=6).rev().map(|target| ticks::ticks(&scale, target, whole)).find(|ticks| fits(ticks));
        let ticks = ticks.unwrap_or_default();
        Self { scale: Some(scale), ticks, upright: false, height: LABEL_LINE }
    }

    /// Lays out an axis of labels: level if they fit, upright if they do not, and only some of them if even those do not.
    fn categories(names: &[String], (width, height): (f64, f64), fonts: &Fonts) -> Self {
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        let band = width / names.len().max(1) as f64;
        let widest = names.iter().map(|name| fonts.width(name, style)).fold(0.0, f64::max);
        let upright = widest > band - 8.0 && band < 64.0;
        let stride = if upright { (13.0 / band).ceil().max(1.0) as usize } else { 1 };
        let room = if upright { (height * 0.3).clamp(20.0, 90.0) } else { band - 8.0 };
        let ticks = names.iter().enumerate().step_by(stride).map(|(index, name)| Tick {
            place: (index as f64 + 0.5) / names.len() as f64,
            label: fonts.shorten(name, style, room).into_owned(),
        });
        let height = if upright { widest.min(room) + 10.0 } else { LABEL_LINE };
        Self { scale: None, ticks: ticks.collect(), upright, height }
    }
}
