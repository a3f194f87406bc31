//! The colours of objectives, pale for the worst and dark for the best, and the bar that explains them.

use crate::{
    axis::scale::Scale,
    axis::y_axis::YAxis,
    canvas::{Align, Canvas, Rect},
    color::Rgb,
    text::{Fonts, TextStyle},
    theme,
};

/// The shades of the bar; more cannot be told apart.
const SHADES: u32 = 64;

/// An upright axis of the objective, with a colour for each of its values.
#[derive(Debug)]
pub(crate) struct ColorBar {
    axis: YAxis,
    is_loss: bool,
}

impl ColorBar {
    /// Returns colours for `values`, which are finite: over logarithms if they are positive and span more than two decades.
    /// Those far away from the others share the colour at the end, but for the best one.
    pub(crate) fn new(values: &[f64], is_loss: bool) -> Self {
        let best = values.iter().copied().reduce(if is_loss { f64::min } else { f64::max });
        Self { axis: YAxis::of(Scale::of_values(values, best, 100.0)), is_loss }
    }

    /// Returns it with labels for a bar of `height`.
    pub(crate) fn labelled(self, height: f64) -> Self {
        Self { axis: self.axis.labelled(height), ..self }
    }

    /// Returns the name of the axis: `objective (log)`.
    pub(crate) fn name(&self, objective: &str) -> String {
        self.axis.scale.name(objective)
    }

    /// Returns how much space the labels need to the right of the bar.
    pub(crate) fn label_width(&self, fonts: &Fonts) -> f64 {
        self.axis.widest(fonts) + 7.0
    }

    /// Returns where a value lies between the lower end, 0, and the upper one, 1.
    pub(crate) fn place(&self, value: f64) -> f64 {
        self.axis.scale.place(value).clamp(0.0, 1.0)
    }

    /// Whether a value lies outside the bar.
    pub(crate) fn is_beyond(&self, value: f64) -> bool {
        // The ends of a logarithmic scale are rounded.
        !(-1e-9..=1.0 + 1e-9).contains(&self.axis.scale.place(value))
    }

    /// Returns how good a value is: 0 for the worst, 1 for the best.
    pub(crate) fn merit(&self, value: f64) -> f64 {
        self.merit_at(self.place(value))
    }

    fn merit_at(&self, place: f64) -> f64 {
        if self.is_loss { 1.0 - place } else { place }
    }

    /// Returns the colour of a value.
    pub(crate) fn color(&self, value: f64) -> Rgb {
        theme::ramp(self.merit(value))
    }

    /// Draws the bar, and its labels to the right.
    pub(crate) fn draw(&self, bar: Rect, canvas: &mut Canvas) {
        for shade in 0..SHADES {
            let top = f64::from(shade) / f64::from(SHADES);
            let color = theme::ramp(self.merit_at(1.0 - f64::from(shade) / f64::from(SHADES - 1)));
            // Each reaches to the foot, under the next: one above the other they would show seams.
            canvas.rect(Rect { y: bar.y + bar.height * top, height: bar.height * (1.0 - top), ..bar }, color);
        }
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        self.axis.ticks.iter().for_each(|tick| {
            let y = bar.bottom() - bar.height * tick.place;
            canvas.text(&tick.label, (bar.right() + 7.0, y + 4.0), style, Align::Left)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_is_dark_and_the_worst_pale() {
        let values = [3.0, 1.0, 2.0];
        let (loss, score) = (ColorBar::new(&values, true), ColorBar::new(&values, false));
        assert_eq!(values.map(|value| loss.merit(value)), [0.0, 1.0, 0.5]);
        assert_eq!(values.map(|value| score.merit(value)), [1.0, 0.0, 0.5]);
        assert_eq!((loss.color(1.0), loss.color(3.0)), (theme::ramp(1.0), theme::ramp(0.0)));
    }

    #[test]
    fn far_values_share_a_colour_unless_they_are_good() {
        let mut values: Vec<f64> = (0..40).map(|i| f64::from(i) / 40.0 - 0.5).collect();
        values.push(1e9);
        let loss = ColorBar::new(&values, true);
        assert!(loss.is_beyond(1e9) && !loss.is_beyond(0.3));
        assert!(loss.merit(0.0) > 0.4, "the others keep their differences");
        assert!(!ColorBar::new(&values, false).is_beyond(1e9));
    }

    #[test]
    fn equal_values_have_one_colour() {
        let bar = ColorBar::new(&[0.25; 9], true);
        assert!((bar.merit(0.25) - 0.5).abs() < 1e-9 && !bar.is_beyond(0.25));
    }
}
