//! The colours of objectives, light for the worst and dark for the best, and the bar that explains them.

use crate::{
    axis::scale::Scale,
    axis::y_axis::YAxis,
    canvas::Canvas,
    color::Rgb,
    geometry::{Align, Rect},
    text::{Fonts, TextStyle},
    theme::{self, Ramp},
};

/// The shades of the bar; more cannot be told apart.
const SHADES: u32 = 64;

/// An upright axis of the objective, with a colour for each of its values.
#[derive(Debug)]
pub(crate) struct ColorBar {
    axis: YAxis,
    is_loss: bool,
    sorted: Vec<f64>,
}

impl ColorBar {
    /// Returns an axis for `values`, which are finite, and colours by their ranks: a few bad values would leave all others
    /// one shade.
    pub(crate) fn new(values: &[f64], is_loss: bool) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        Self { axis: YAxis::of(Scale::of_values(values, is_loss, 100.0)), is_loss, sorted }
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

    /// Returns whether a value lies outside the bar.
    pub(crate) fn is_beyond(&self, value: f64) -> bool {
        // The ends of a logarithmic scale are rounded.
        !(-1e-9..=1.0 + 1e-9).contains(&self.axis.scale.place(value))
    }

    /// Returns how good a value is among all: 0 for the worst, 1 for the best.
    pub(crate) fn merit(&self, value: f64) -> f64 {
        let (Some(&least), Some(&most)) = (self.sorted.first(), self.sorted.last()) else { return 0.5 };
        let (low, high) = (self.rank(least), self.rank(most));
        if low >= high {
            return 0.5;
        }
        let share = ((self.rank(value.clamp(least, most)) - low) / (high - low)).clamp(0.0, 1.0);
        if self.is_loss { 1.0 - share } else { share }
    }

    /// Returns twice the rank of a value: equals share the middle of theirs, and between two values it rises evenly.
    fn rank(&self, value: f64) -> f64 {
        let ends = |value: f64| {
            let below = self.sorted.partition_point(|other| *other < value);
            (below, self.sorted.partition_point(|other| *other <= value))
        };
        let middle = |(below, through): (usize, usize)| (below + through) as f64;
        let (below, through) = ends(value);
        if below < through || below == 0 || below == self.sorted.len() {
            return middle((below, through));
        }
        let (low, high) = (self.sorted[below - 1], self.sorted[below]);
        let share = (value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0);
        let (from, to) = (middle(ends(low)), middle(ends(high)));
        from + (to - from) * share
    }

    /// Returns the colour of a value.
    pub(crate) fn color(&self, value: f64) -> Rgb {
        Ramp::Merit.color(self.merit(value))
    }

    /// Draws the bar, and its labels to the right.
    pub(crate) fn draw(&self, bar: Rect, canvas: &mut Canvas) {
        for shade in 0..SHADES {
            let top = f64::from(shade) / f64::from(SHADES);
            let place = 1.0 - f64::from(shade) / f64::from(SHADES - 1);
            let color = self.color(self.axis.scale.value(place));
            // Each reaches to the foot, under the next: one above the other they would show seams.
            canvas.rect(Rect { y: bar.y + bar.height * top, height: bar.height * (1.0 - top), ..bar }, color);
        }
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        for tick in &self.axis.ticks {
            let y = bar.bottom() - bar.height * tick.place;
            canvas.text(&tick.label, (bar.right() + 7.0, y + 4.0), style, Align::Left);
        }
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
        assert_eq!((loss.color(1.0), loss.color(3.0)), (Ramp::Merit.color(1.0), Ramp::Merit.color(0.0)));
    }

    #[test]
    fn far_values_share_a_colour_unless_they_are_good() {
        let mut values: Vec<f64> = (0..40).map(|i| f64::from(i) / 40.0 - 0.5).collect();
        values.push(1e9);
        let loss = ColorBar::new(&values, true);
        assert!(loss.is_beyond(1e9) && !loss.is_beyond(0.3));
        assert!((loss.merit(0.0) - 0.5).abs() < 0.05, "the others keep their differences");
        assert!(!ColorBar::new(&values, false).is_beyond(1e9));
    }

    #[test]
    fn a_few_bad_values_do_not_darken_all_others() {
        let values: Vec<f64> =
            (0..100).map(|i| if i < 10 { 1e3 * f64::from(i + 1) } else { f64::from(i) / 1e3 }).collect();
        let bar = ColorBar::new(&values, true);
        assert!((bar.merit(0.01) - bar.merit(0.099)).abs() > 0.85);
    }

    #[test]
    fn equal_values_have_one_colour() {
        let bar = ColorBar::new(&[0.25; 9], true);
        assert!((bar.merit(0.25) - 0.5).abs() < 1e-9 && !bar.is_beyond(0.25));
    }
}
