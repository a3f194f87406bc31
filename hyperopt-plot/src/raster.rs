//! The bitmap behind a PNG, on which thousands of transparent lines are cheap.

use std::convert::Infallible;

use plotters::prelude::DrawingBackend;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingErrorKind, rasterizer};

/// RGB pixels, row by row.
///
/// Lines that go to the right, as those of parallel coordinates do, are filled row by row: plotters makes a polygon of the
/// whole line and asks for its pixels one by one, which takes many times as long.
pub(crate) struct Raster<'b> {
    pixels: &'b mut [u8],
    size: (u32, u32),
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl<'b> Raster<'b> {
    /// Draws on `pixels`, three bytes for each of `size`.
    pub(crate) fn new(pixels: &'b mut [u8], size: (u32, u32)) -> Self {
        Self { pixels, size }
    }

    /// Mixes `color` into the pixels of a row from `first` up to `last`.
    fn span(&mut self, row: i32, (first, last): (i32, i32), color: BackendColor) {
        let (width, height) = (self.size.0.cast_signed(), self.size.1.cast_signed());
        let (first, last) = (first.max(0), last.min(width));
        if first >= last || !(0..height).contains(&row) {
            return;
        }
        let start = (row as usize * width as usize + first as usize) * 3;
        let pixels = &mut self.pixels[start..start + (last - first) as usize * 3];
        let (r, g, b) = color.rgb;
        let share = (color.alpha.clamp(0.0, 1.0) * 256.0).round() as u32;
        let added = [r, g, b].map(|channel| u32::from(channel) * share + 128);
        for pixel in pixels.as_chunks_mut::<3>().0 {
            let mix = |channel: usize| ((u32::from(pixel[channel]) * (256 - share) + added[channel]) >> 8) as u8;
            *pixel = [mix(0), mix(1), mix(2)];
        }
    }
}

impl DrawingBackend for Raster<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.span(y, (x, x + 1), color);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        if from.1 != to.1 || style.stroke_width() != 1 {
            return rasterizer::draw_line(self, from, to, style);
        }
        self.span(from.1, (from.0.min(to.0), from.0.max(to.0) + 1), style.color());
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        if !fill {
            return rasterizer::draw_rect(self, from, to, style, fill);
        }
        for row in from.1.min(to.1).max(0)..from.1.max(to.1).min(self.size.1.cast_signed()) {
            self.span(row, (from.0.min(to.0), from.0.max(to.0)), style.color());
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let path: Vec<_> = path.into_iter().collect();
        if path.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
            let outline = rasterizer::polygonize(&path, style.stroke_width());
            return self.fill_polygon(outline, &style.color());
        }
        let (color, width) = (style.color(), style.stroke_width());
        for pair in path.windows(2) {
            rows((pair[0], pair[1]), width).for_each(|(row, columns)| self.span(row, columns, color));
        }
        Ok(())
    }
}

/// Returns the rows of a line to the right that is `width` wide, and what it covers in each.
fn rows((from, to): (BackendCoord, BackendCoord), width: u32) -> impl Iterator<Item = (i32, (i32, i32))> {
    let slope = f64::from(to.1 - from.1) / f64::from(to.0 - from.0);
    let half = f64::from(width) / 2.0;
    let reach = half * slope.hypot(1.0);
    // A steep line would stick out at its ends.
    let top = (f64::from(from.1.min(to.1)) - half).round() as i32;
    let bottom = (f64::from(from.1.max(to.1)) + half).round() as i32;
    let (length, per_row) = (f64::from(to.0 - from.0), slope.recip());
    // Half the length of a row; a level line has rows without end.
    let side = if slope == 0.0 { f64::INFINITY } else { reach * per_row.abs() };
    (top..bottom).filter_map(move |y| {
        let down = f64::from(y) + 0.5 - f64::from(from.1);
        let middle = if slope == 0.0 { 0.0 } else { down * per_row };
        // To the nearest: the ends are no less than 0.
        let at = |place: f64| from.0 + (place.max(0.0).min(length) + 0.5) as i32;
        let (first, last) = (at(middle - side), at(middle + side));
        (first < last).then_some((y, (first, last)))
    })
}

#[cfg(test)]
mod tests {
    use plotters::style::{Color, RGBColor};

    use super::*;

    #[test]
    fn level_lines_cover_their_width_once() {
        let mut pixels = vec![255; 20 * 20 * 3];
        let mut raster = Raster::new(&mut pixels, (20, 20));
        let style = Color::stroke_width(&RGBColor(0, 0, 0).mix(0.5), 4);
        raster.draw_path([(2, 10), (9, 10), (18, 10)], &style).unwrap();
        let mut shades: Vec<u8> = pixels.chunks_exact(3).map(|pixel| pixel[0]).filter(|shade| *shade < 255).collect();
        assert_eq!(shades.len(), 16 * 4);
        shades.dedup();
        assert_eq!(shades.len(), 1, "no darker where the line is jointed");
    }

    #[test]
    fn slanting_lines_are_as_thick_and_stay_between_their_ends() {
        for (to, across) in [((100, 10), 40), ((100, 100), 6), ((10, 100), 4), ((100, -100), 6)] {
            let covered: Vec<_> = rows(((0, 0), to), 4).collect();
            let (_, (first, last)) = covered[covered.len() / 2];
            assert!((last - first - across).abs() <= 1, "a width of 4 across the line to {to:?}: {covered:?}");
            let (low, high) = (to.1.min(0) - 2, to.1.max(0) + 2);
            assert!(covered.iter().all(|(y, (first, last))| {
                (low..high).contains(y) && (0..to.0).contains(first) && (1..=to.0).contains(last)
            }));
        }
    }

    #[test]
    fn other_paths_are_drawn_too() {
        for path in [[(10, 2), (10, 9), (10, 18)], [(18, 3), (9, 4), (2, 5)]] {
            let mut pixels = vec![255; 20 * 20 * 3];
            let mut raster = Raster::new(&mut pixels, (20, 20));
            raster.draw_path(path, &Color::stroke_width(&RGBColor(0, 0, 0), 4)).unwrap();
            assert!(pixels.chunks_exact(3).filter(|pixel| *pixel == [0; 3]).count() > 40, "{path:?}");
        }
    }
}
