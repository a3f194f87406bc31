//! The canvas: shapes and texts in points, drawn on a bitmap or an SVG.

use crate::{
    color::{Paint, Rgb},
    error::Error,
    geometry::{Align, Rect},
    surface::Surface,
    text::{Fonts, Label, NOTES, TextStyle},
    theme,
    tooltip::Tooltip,
};

/// A surface, and the fonts to measure with.
pub(crate) struct Canvas<'s> {
    surface: &'s mut dyn Surface,
    fonts: Fonts,
    /// Whether a text has escapes.
    has_escapes: bool,
}

impl<'s> Canvas<'s> {
    /// Covers `surface`, which has `size`, with the background.
    pub(crate) fn new(surface: &'s mut dyn Surface, (width, height): (u32, u32)) -> Result<Self, Error> {
        let paper = Rect { x: 0.0, y: 0.0, width: f64::from(width), height: f64::from(height) };
        surface.rect(paper, theme::BACKGROUND.into());
        let fonts = Fonts::load(!surface.has_fonts())?;
        Ok(Self { surface, fonts, has_escapes: false })
    }

    /// Returns the fonts, for measuring.
    pub(crate) fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Draws a filled rectangle.
    pub(crate) fn rect(&mut self, rect: Rect, paint: impl Into<Paint>) {
        self.surface.rect(rect, paint.into());
    }

    /// Draws a level or an upright line, one point wide, as a rectangle, whose ends are sharp.
    pub(crate) fn rule(&mut self, from: (f64, f64), to: (f64, f64), color: Rgb) {
        let (x, y) = (from.0.min(to.0), from.1.min(to.1));
        let (width, height) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
        let rect = if width > height {
            Rect { x, y: y - 0.5, width, height: 1.0 }
        } else {
            Rect { x: x - 0.5, y, width: 1.0, height }
        };
        self.rect(rect, color);
    }

    /// Draws a filled circle.
    pub(crate) fn dot(&mut self, center: (f64, f64), radius: f64, paint: impl Into<Paint>) {
        self.surface.circle(center, radius, paint.into());
    }

    /// Draws a circle that is only an outline.
    pub(crate) fn ring(&mut self, center: (f64, f64), radius: f64, paint: impl Into<Paint>) {
        self.surface.ring(center, radius, 1.2, paint.into());
    }

    /// Draws a line through `places`, `width` wide; an invisible one where there is only one place.
    pub(crate) fn line(&mut self, places: &[(f64, f64)], width: f64, paint: impl Into<Paint>) {
        self.surface.line(places, width, paint.into());
    }

    /// Fills a polygon.
    pub(crate) fn area(&mut self, corners: &[(f64, f64)], paint: impl Into<Paint>) {
        self.surface.polygon(corners, paint.into());
    }

    /// Draws a five-pointed star with a rim of the background's colour.
    pub(crate) fn star(&mut self, center: (f64, f64), radius: f64) {
        for (radius, color) in [(radius * 1.45, theme::BACKGROUND), (radius, theme::ACCENT)] {
            let tips = (0..10).map(|tip| {
                let turn = f64::from(tip) * std::f64::consts::PI / 5.0;
                let reach = if tip % 2 == 0 { radius } else { radius * 0.45 };
                (center.0 + reach * turn.sin(), center.1 - reach * turn.cos())
            });
            self.area(&tips.collect::<Vec<_>>(), color);
        }
    }

    /// Draws the mark of a trial by `draw`; an SVG shows the `tooltip` at it.
    pub(crate) fn trial(&mut self, tooltip: impl FnOnce() -> Tooltip, draw: impl FnOnce(&mut Self)) {
        let tooltip = self.surface.takes_tooltips().then(tooltip);
        self.surface.begin_trial(tooltip);
        draw(self);
        self.surface.end_trial();
    }

    /// Draws the star of the best trial, which has its tooltip among any number of marks.
    pub(crate) fn best(&mut self, tooltip: Tooltip, center: (f64, f64), radius: f64) {
        self.surface.begin_trial(Some(tooltip));
        self.star(center, radius);
        self.surface.end_trial();
    }

    /// Writes `text` with its base line at `place`.
    pub(crate) fn text(&mut self, text: &str, place: (f64, f64), style: TextStyle, align: Align) {
        self.write(Label { text, place, style, align, upright: false });
    }

    /// Writes what fits of `text` into `room`, with its base line at `place`; returns the width of that.
    pub(crate) fn text_within(
        &mut self,
        text: &str,
        place: (f64, f64),
        style: TextStyle,
        align: Align,
        room: f64,
    ) -> f64 {
        let short = self.fonts.shorten(text, style, room);
        self.write(Label { text: &short, place, style, align, upright: false });
        self.fonts.width(&short, style)
    }

    /// Writes `text` from the bottom up, with its base line on the right of it at `place`.
    pub(crate) fn upright(&mut self, text: &str, place: (f64, f64), style: TextStyle, align: Align) {
        self.write(Label { text, place, style, align, upright: true });
    }

    fn write(&mut self, label: Label) {
        self.has_escapes |= self.fonts.escapes(label.text, label.style);
        self.surface.text(label, &self.fonts);
    }

    /// Writes into the margin below `inside` what escapes are, if a text has any.
    pub(crate) fn note_escapes(&mut self, inside: Rect) {
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        let fits = |note: &&&str| self.fonts.width(note, style) <= inside.width;
        let note = NOTES.iter().find(fits).filter(|_| self.has_escapes);
        if let Some(note) = note {
            self.text(note, (inside.x, inside.bottom() + theme::MARGIN - 5.0), style, Align::Left);
        }
    }
}
