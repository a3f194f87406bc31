//! What a figure is drawn on: the shapes that a PNG and an SVG have in common.
//!
//! The bitmap is our own: measured on these figures, tiny-skia, and resvg on top of it, take two to five times as long, five to
//! thirteen times without optimisation, for edges that look the same.

mod area;
mod bitmap;
mod mask;
mod svg;

pub(crate) use area::Area;
pub(crate) use bitmap::Bitmap;
pub(crate) use svg::Svg;

use crate::{
    color::Paint,
    geometry::Rect,
    text::{Fonts, Label},
    tooltip::Tooltip,
};

/// Takes shapes in points, the later ones over the earlier.
pub(crate) trait Surface {
    /// Draws a filled rectangle.
    fn rect(&mut self, rect: Rect, paint: Paint);

    /// Draws a filled circle.
    fn circle(&mut self, center: (f64, f64), radius: f64, paint: Paint);

    /// Draws the outline of a circle, `width` wide.
    fn ring(&mut self, center: (f64, f64), radius: f64, width: f64, paint: Paint);

    /// Draws a line through `places`, `width` wide.
    fn line(&mut self, places: &[(f64, f64)], width: f64, paint: Paint);

    /// Fills a polygon.
    fn polygon(&mut self, corners: &[(f64, f64)], paint: Paint);

    /// Writes a text.
    fn text(&mut self, label: Label, fonts: &Fonts);

    /// Returns whether letters that the embedded font lacks are drawn with other fonts.
    fn has_fonts(&self) -> bool {
        false
    }

    /// Returns whether the tooltips of trials are shown, as far as is known.
    fn takes_tooltips(&self) -> bool {
        false
    }

    /// Begins the shapes of the mark of a trial.
    fn begin_trial(&mut self, _: Option<Tooltip>) {}

    /// Ends them.
    fn end_trial(&mut self) {}
}
