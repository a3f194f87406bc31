//! Any backend of plotters behind a figure: a window, a canvas of a browser, a cell of a notebook.

use plotters::{
    coord::Shift,
    drawing::{DrawingArea, DrawingAreaErrorKind},
    element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle},
    prelude::DrawingBackend,
    style::{Color as _, RGBAColor, RGBColor},
};

use crate::{
    color::{Paint, Rgb},
    error::Error,
    geometry::Rect,
    surface::Surface,
    text::{Fonts, Label},
};

/// A drawing area, which the backend divides into whole pixels. The first error ends the drawing.
pub(crate) struct Area<'a, D: DrawingBackend> {
    target: &'a DrawingArea<D, Shift>,
    /// Pixels in a point.
    scale: f64,
    error: Option<DrawingAreaErrorKind<D::ErrorType>>,
}

impl<'a, D: DrawingBackend> Area<'a, D> {
    /// Returns the surface of an area with `density` pixels to a point.
    pub(crate) fn new(target: &'a DrawingArea<D, Shift>, density: u32) -> Self {
        Self { target, scale: f64::from(density), error: None }
    }

    /// Returns the error that ended the drawing.
    pub(crate) fn finish(self) -> Result<(), Error> {
        // The error of a backend may not outlive it, so its text is kept.
        self.error.map_or(Ok(()), |error| Err(Error::render(error.to_string())))
    }

    fn draw<'e, E>(&mut self, element: &'e E)
    where
        &'e E: PointCollection<'e, (i32, i32)>,
        E: Drawable<D>,
    {
        if self.error.is_none() {
            self.error = self.target.draw(element).err();
        }
    }

    fn pixel(&self, (x, y): (f64, f64)) -> (i32, i32) {
        ((x * self.scale).round() as i32, (y * self.scale).round() as i32)
    }

    fn pixels(&self, places: &[(f64, f64)]) -> Vec<(i32, i32)> {
        places.iter().map(|&place| self.pixel(place)).collect()
    }

    fn width(&self, width: f64) -> u32 {
        (width * self.scale).round().max(1.0) as u32
    }
}

impl<D: DrawingBackend> Surface for Area<'_, D> {
    fn rect(&mut self, rect: Rect, paint: Paint) {
        let ends = [self.pixel((rect.x, rect.y)), self.pixel((rect.right(), rect.bottom()))];
        self.draw(&Rectangle::new(ends, color(paint).filled()));
    }

    fn circle(&mut self, center: (f64, f64), radius: f64, paint: Paint) {
        let (center, radius) = (self.pixel(center), self.width(radius));
        self.draw(&Circle::new(center, radius, color(paint).filled()));
    }

    fn ring(&mut self, center: (f64, f64), radius: f64, width: f64, paint: Paint) {
        let (center, radius, width) = (self.pixel(center), self.width(radius), self.width(width));
        self.draw(&Circle::new(center, radius, color(paint).stroke_width(width)));
    }

    fn line(&mut self, places: &[(f64, f64)], width: f64, paint: Paint) {
        let (places, width) = (self.pixels(places), self.width(width));
        self.draw(&PathElement::new(places, color(paint).stroke_width(width)));
    }

    fn polygon(&mut self, corners: &[(f64, f64)], paint: Paint) {
        let corners = self.pixels(corners);
        self.draw(&Polygon::new(corners, color(paint)));
    }

    /// Draws the pixels of the embedded font: what a backend knows of fonts depends on the features of plotters.
    fn text(&mut self, label: Label, fonts: &Fonts) {
        let (x, y) = self.pixel(label.place);
        let Self { target, scale, error } = self;
        fonts.outline(label, *scale, |dx, dy, covered| {
            let place = if label.upright { (x + dy, y - dx - 1) } else { (x + dx, y + dy) };
            if error.is_none() {
                let paint = Paint { alpha: f64::from(covered), ..label.style.color.into() };
                *error = target.draw_pixel(place, &color(paint)).err();
            }
        });
    }
}

fn color(Paint { rgb: Rgb(red, green, blue), alpha }: Paint) -> RGBAColor {
    RGBColor(red, green, blue).mix(alpha)
}
