//! The canvas: shapes and texts in points, drawn on any backend of plotters.

use plotters::{
    prelude::*,
    style::{Color, RGBColor},
};
use plotters_backend::{BackendCoord, text_anchor};

use crate::{
    error::Error,
    text::{BASELINE, BackendText, Fonts, TextStyle},
    theme,
};

/// A backend of plotters whose errors can be kept.
pub(crate) trait Backend: DrawingBackend<ErrorType: 'static> {}

impl<B: DrawingBackend<ErrorType: 'static>> Backend for B {}

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

/// A backend, and the number of its units that make a point.
///
/// Backends take whole units, so that marks and text need several units to a point to lie exactly.
pub(crate) struct Canvas<B: Backend> {
    backend: B,
    fonts: Fonts,
    scale: f64,
}

impl<B: Backend> Canvas<B> {
    /// Covers `backend` with the background.
    pub(crate) fn new(mut backend: B, fonts: Fonts, scale: u32) -> Result<Self, Error> {
        let (width, height) = backend.get_size();
        let corner = (width.cast_signed(), height.cast_signed());
        backend.draw_rect((0, 0), corner, &theme::BACKGROUND.filled(), true).map_err(Error::render)?;
        Ok(Self { backend, fonts, scale: f64::from(scale) })
    }

    /// Finishes the picture.
    pub(crate) fn present(mut self) -> Result<(), Error> {
        self.backend.present().map_err(Error::render)
    }

    /// Returns the fonts, for measuring.
    pub(crate) fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    fn length(&self, points: f64) -> i32 {
        (points * self.scale).round() as i32
    }

    fn at(&self, (x, y): (f64, f64)) -> BackendCoord {
        (self.length(x), self.length(y))
    }

    /// Draws a filled rectangle.
    pub(crate) fn rect(&mut self, rect: Rect, color: impl Color) -> Result<(), Error> {
        let (from, to) = (self.at((rect.x, rect.y)), self.at((rect.right(), rect.bottom())));
        self.backend.draw_rect(from, to, &color.filled(), true).map_err(Error::render)
    }

    /// Draws a level or an upright line, one point wide, as a rectangle: plotters' wide lines blur at their ends.
    pub(crate) fn rule(&mut self, from: (f64, f64), to: (f64, f64), color: RGBColor) -> Result<(), Error> {
        let (x, y) = (from.0.min(to.0), from.1.min(to.1));
        let (width, height) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
        let rect = if width > height {
            Rect { x, y: y - 0.5, width, height: 1.0 }
        } else {
            Rect { x: x - 0.5, y, width: 1.0, height }
        };
        self.rect(rect, color)
    }

    /// Draws a filled circle.
    pub(crate) fn dot(&mut self, center: (f64, f64), radius: f64, color: RGBAColor) -> Result<(), Error> {
        let radius = self.length(radius).max(1) as u32;
        self.backend.draw_circle(self.at(center), radius, &color.filled(), true).map_err(Error::render)
    }

    /// Draws a circle that is only an outline.
    pub(crate) fn ring(&mut self, center: (f64, f64), radius: f64, color: RGBAColor) -> Result<(), Error> {
        let style = color.stroke_width(self.length(1.2).max(1) as u32);
        let radius = self.length(radius).max(1) as u32;
        self.backend.draw_circle(self.at(center), radius, &style, false).map_err(Error::render)
    }

    /// Draws a line through `places`, `width` wide; an invisible one where there is only one place.
    pub(crate) fn line(&mut self, places: &[(f64, f64)], width: f64, color: RGBAColor) -> Result<(), Error> {
        let style = color.stroke_width(self.length(width).max(1) as u32);
        let places: Vec<_> = places.iter().map(|&place| self.at(place)).collect();
        self.backend.draw_path(places, &style).map_err(Error::render)
    }

    /// Draws a five-pointed star with a rim of the background's colour.
    pub(crate) fn star(&mut self, center: (f64, f64), radius: f64) -> Result<(), Error> {
        for (radius, color) in [(radius * 1.45, theme::BACKGROUND), (radius, theme::ACCENT)] {
            let tips = (0..10).map(|tip| {
                let turn = f64::from(tip) * std::f64::consts::PI / 5.0;
                let reach = if tip % 2 == 0 { radius } else { radius * 0.45 };
                self.at((center.0 + reach * turn.sin(), center.1 - reach * turn.cos()))
            });
            let tips: Vec<_> = tips.collect();
            self.backend.fill_polygon(tips, &color.filled()).map_err(Error::render)?;
        }
        Ok(())
    }

    /// Writes `text` with its base line at `place`.
    pub(crate) fn text(&mut self, text: &str, place: (f64, f64), style: TextStyle, align: Align) -> Result<(), Error> {
        let top = (place.0, place.1 - style.size * BASELINE);
        self.write(text, top, style, align, false)
    }

    /// Writes what fits of `text` into `room`, with its base line at `place`; returns the width of that.
    pub(crate) fn text_within(
        &mut self,
        text: &str,
        place: (f64, f64),
        style: TextStyle,
        align: Align,
        room: f64,
    ) -> Result<f64, Error> {
        let short = self.fonts.shorten(text, style, room);
        self.text(&short, place, style, align)?;
        Ok(self.fonts.width(&short, style))
    }

    /// Writes `text` from the bottom up, with its base line on the right of it at `place`.
    pub(crate) fn upright(
        &mut self,
        text: &str,
        place: (f64, f64),
        style: TextStyle,
        align: Align,
    ) -> Result<(), Error> {
        let top = (place.0 - style.size * BASELINE, place.1);
        self.write(text, top, style, align, true)
    }

    fn write(
        &mut self,
        text: &str,
        place: (f64, f64),
        style: TextStyle,
        align: Align,
        upright: bool,
    ) -> Result<(), Error> {
        let anchor = match align {
            Align::Left => text_anchor::HPos::Left,
            Align::Center => text_anchor::HPos::Center,
            Align::Right => text_anchor::HPos::Right,
        };
        let style = TextStyle { size: style.size * self.scale, ..style };
        let place = self.at(place);
        let style = BackendText { fonts: &self.fonts, style, anchor, upright };
        // XML has no place for them, and neither has a line of text.
        let forbidden = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
        self.backend.draw_text(&text.replace(forbidden, " "), &style, place).map_err(Error::render)
    }
}
