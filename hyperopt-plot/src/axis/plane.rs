//! One panel with an axis of numbers on each side, and the names of both.

use crate::{
    axis::scale::Scale,
    axis::ticks,
    axis::x_axis::XAxis,
    axis::y_axis::YAxis,
    canvas::Canvas,
    geometry::{Align, Rect},
    text::TextStyle,
    theme,
};

/// Space under the panel for the labels and the name of its axis.
const FOOT_HEIGHT: f64 = 38.0;
/// The height of a row of marks under the panel.
const ROW: f64 = 13.0;

/// The level axis of a panel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Level<'n> {
    pub(crate) scale: Scale,
    /// Whether its labels are integers.
    pub(crate) is_whole: bool,
    pub(crate) name: &'n str,
}

/// A panel with its axes.
#[derive(Debug)]
pub(crate) struct Plane {
    x: Scale,
    y: YAxis,
    pub(crate) plot: Rect,
}

impl Plane {
    /// Draws the axes of a panel into `body`, over a row of marks for each of `rows`, which are named on the left.
    pub(crate) fn new(
        level: Level,
        (y, name): (YAxis, &str),
        rows: &[String],
        body: Rect,
        canvas: &mut Canvas,
    ) -> Self {
        let height = (body.height - FOOT_HEIGHT - ROW * rows.len() as f64).max(1.0);
        let y = y.labelled(height);
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        let names = canvas.fonts().widest(rows.iter().map(String::as_str), style) + 7.0;
        let left = body.x + y.width(canvas.fonts()).max(names);
        let plot = Rect { x: left, y: body.y, width: (body.right() - left).max(1.0), height };
        let x = XAxis::of(level.scale, level.is_whole, plot.width, canvas.fonts());
        y.draw(name, (body.x, left), (plot.y, plot.height), canvas);
        let plane = Self { x: level.scale, y, plot };
        plane.grid(&x, canvas);
        for (row, name) in rows.iter().enumerate() {
            canvas.text(name, (left - 7.0, plane.row(row) + 4.0), style, Align::Right);
        }
        let foot = Rect { height: height + ROW * rows.len() as f64, ..plot };
        x.draw(foot, canvas);
        let name = level.scale.name(level.name);
        let middle = (plot.x + plot.width / 2.0, foot.bottom() + 33.0);
        canvas.text_within(&name, middle, style, Align::Center, plot.width);
        plane
    }

    fn grid(&self, x: &XAxis, canvas: &mut Canvas) {
        let plot = self.plot;
        let upright = |place: f64| plot.x + plot.width * place;
        self.y.minor_grid(plot, canvas);
        for place in ticks::minor(&self.x, plot.width) {
            canvas.rule((upright(place), plot.y), (upright(place), plot.bottom()), theme::GRID_MINOR);
        }
        self.y.grid(plot, canvas);
        for tick in &x.ticks {
            canvas.rule((upright(tick.place), plot.y), (upright(tick.place), plot.bottom()), theme::GRID);
        }
        canvas.rule((plot.x, plot.bottom()), (plot.right(), plot.bottom()), theme::AXIS);
    }

    /// Returns where a value lies from left to right.
    pub(crate) fn x(&self, value: f64) -> f64 {
        self.plot.x + self.plot.width * self.x.place(value).clamp(0.0, 1.0)
    }

    /// Returns where a value lies from the bottom up.
    pub(crate) fn y(&self, value: f64) -> f64 {
        self.y.place(value, self.plot).0
    }

    /// Returns where a pair of values lies.
    pub(crate) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (self.x(x), self.y(y))
    }

    /// Returns the middle of a row of marks under the panel.
    pub(crate) fn row(&self, row: usize) -> f64 {
        self.plot.bottom() + ROW * (row as f64 + 0.5) + 1.0
    }

    /// Draws a mark in a row under the panel.
    pub(crate) fn tick(&self, row: usize, x: f64, canvas: &mut Canvas) {
        let (x, y) = (self.x(x), self.row(row));
        canvas.rect(Rect { x: x - 0.6, y: y - 4.0, width: 1.2, height: 8.0 }, theme::INK.mix(0.7));
    }
}

/// Returns a line through `places` that is level after each of them, up to `end`.
pub(crate) fn steps(places: &[(f64, f64)], end: f64) -> Vec<(f64, f64)> {
    let mut line: Vec<(f64, f64)> = Vec::with_capacity(2 * places.len() + 1);
    for &(x, y) in places {
        line.extend(line.last().map(|last| (x, last.1)));
        line.push((x, y));
    }
    line.extend(line.last().map(|last| (end, last.1)));
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_level_until_the_next() {
        assert_eq!(steps(&[(0.0, 5.0), (2.0, 3.0)], 4.0), [(0.0, 5.0), (2.0, 5.0), (2.0, 3.0), (4.0, 3.0)]);
        assert_eq!(steps(&[], 4.0), []);
    }
}
