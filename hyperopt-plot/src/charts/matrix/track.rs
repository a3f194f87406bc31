//! An axis of a panel of pairs: the places of trials, and the labels on either side.

use crate::{
    axis::scale::Scale,
    axis::ticks::Tick,
    axis::x_axis::XAxis,
    axis::y_axis::YAxis,
    canvas::Canvas,
    geometry::{Align, Rect},
    model::{Axis, AxisKind, Trial, jitter},
    text::{Fonts, TextStyle},
    theme,
};

/// Height of a line of labels.
const LINE: f64 = 13.0;

/// A hyperparameter's axis.
#[derive(Debug)]
pub(crate) struct Track<'s> {
    pub(crate) axis: &'s Axis,
    pub(crate) index: usize,
    /// The scale; `None` for categories, and where neither bounds nor trials give a range.
    scale: Option<Scale>,
}

impl<'s> Track<'s> {
    /// Returns the axis number `index`.
    pub(crate) fn new(axis: &'s Axis, index: usize, trials: &[&Trial]) -> Self {
        let values = trials.iter().filter_map(|trial| trial.xs.get(index).copied().flatten());
        let scale = Scale::of_kind(&axis.kind, values);
        Self { axis, index, scale: scale.map(|scale| scale.with_room(0.05)) }
    }

    /// Returns the name, with what is done to the values.
    pub(crate) fn name(&self) -> String {
        self.axis.name.clone()
    }

    /// Returns where a trial lies between the lower end, 0, and the upper one, 1; `None` where it was not active. Trials on a
    /// level are spread beside it, but for one that `is_exact`.
    pub(crate) fn place(&self, trial: &Trial, is_exact: bool) -> Option<f64> {
        let value = trial.xs.get(self.index).copied().flatten().filter(|x| x.is_finite())?;
        // Other multiples than those of the other axis would be a line.
        let aside = if is_exact { 0.0 } else { 0.5 * jitter(trial.number * (2 * self.index + 1)) };
        let place = match (&self.scale, &self.axis.kind) {
            (Some(scale), _) => {
                let place = scale.place(value);
                place + aside * self.axis.gap(value, |value| scale.place(value)).min(0.1)
            }
            (None, AxisKind::Categories(names)) => (value + 0.5 + aside) / names.len().max(1) as f64,
            (None, _) => 0.5,
        };
        Some(place.clamp(0.0, 1.0))
    }

    /// Returns in which band a trial's category is, if it has one.
    pub(crate) fn category(&self, trial: &Trial) -> Option<usize> {
        match self.axis.kind {
            AxisKind::Categories(_) => trial.xs.get(self.index).copied().flatten().map(|value| value as usize),
            _ => None,
        }
    }

    /// Returns the number of categories.
    pub(crate) fn categories(&self) -> Option<usize> {
        match &self.axis.kind {
            AxisKind::Categories(names) => Some(names.len().max(1)),
            _ => None,
        }
    }

    /// Lays out the labels under a panel of this width, in a figure of this height.
    pub(crate) fn level(&self, size: (f64, f64), fonts: &Fonts) -> XAxis {
        match (&self.axis.kind, self.scale) {
            (AxisKind::Categories(names), _) => XAxis::categories(names, size, fonts),
            (_, Some(scale)) => XAxis::of(scale, self.is_whole(), size.0, fonts),
            (_, None) => XAxis::categories(&[], size, fonts),
        }
    }

    fn is_whole(&self) -> bool {
        !self.axis.levels.is_empty() && self.axis.levels.iter().all(|level| level.fract() == 0.0)
    }

    fn labels(&self, height: f64) -> Vec<Tick> {
        match (&self.axis.kind, self.scale) {
            (AxisKind::Categories(names), _) => {
                let stride = (LINE * names.len() as f64 / height.max(1.0)).ceil().max(1.0) as usize;
                let place = |at: usize| (at as f64 + 0.5) / names.len() as f64;
                let ticks = names.iter().enumerate().step_by(stride);
                ticks.map(|(at, name)| Tick { place: place(at), label: name.clone() }).collect()
            }
            (_, Some(scale)) => YAxis::of(scale).whole(self.is_whole()).labelled(height).ticks,
            (_, None) => Vec::new(),
        }
    }

    /// Returns the width of the widest label beside a panel of this height.
    pub(crate) fn label_width(&self, height: f64, room: f64, fonts: &Fonts) -> f64 {
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        fonts.widest(self.labels(height).iter().map(|tick| &*tick.label), style).min(room)
    }

    /// Writes the labels to the left of a panel.
    pub(crate) fn upright(&self, plot: Rect, room: f64, canvas: &mut Canvas) {
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        let ticks = self.labels(plot.height);
        let labels: Vec<&str> = ticks.iter().map(|tick| &*tick.label).collect();
        for (tick, label) in ticks.iter().zip(canvas.fonts().distinct(&labels, style, room)) {
            let at = (plot.x - 7.0, plot.bottom() - plot.height * tick.place + 4.0);
            canvas.text_within(&label, at, style, Align::Right, room);
        }
    }
}
