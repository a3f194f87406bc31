//! Places and rectangles, in points.

use crate::theme;

/// A rectangle, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rect {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Rect {
    /// Returns what the margins of a figure of `size` leave.
    pub(crate) fn inside((width, height): (u32, u32)) -> Self {
        let margins = 2.0 * theme::MARGIN;
        let (width, height) = (f64::from(width) - margins, f64::from(height) - margins);
        Self { x: theme::MARGIN, y: theme::MARGIN, width, height }
    }

    /// Returns the right edge.
    pub(crate) fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Returns the lower edge.
    pub(crate) fn bottom(&self) -> f64 {
        self.y + self.height
    }
}

/// The point of a text that lies at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Center,
    Right,
}
