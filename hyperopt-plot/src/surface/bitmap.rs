//! The bitmap behind a PNG, whose edges are smooth.

use std::ops::Range;

use crate::{
    color::{Paint, Rgb},
    geometry::Rect,
    surface::{
        Surface,
        mask::{Mask, rows},
    },
    text::{Fonts, Label},
};

/// RGB pixels, row by row.
///
/// Every shape mixes its paint into a pixel by the share of it that it covers. Drawing four times as many pixels and
/// averaging them takes several times as long, and knows four shades of an edge.
pub(crate) struct Bitmap {
    pixels: Vec<u8>,
    size: (usize, usize),
    /// Pixels in a point.
    scale: f64,
    mask: Mask,
}

impl Bitmap {
    /// Returns a white bitmap of `size` pixels, `density` to a point.
    pub(crate) fn new((width, height): (u32, u32), density: u32) -> Self {
        let size = (width as usize, height as usize);
        Self { pixels: vec![255; size.0 * size.1 * 3], size, scale: f64::from(density), mask: Mask::new(size) }
    }

    /// Returns the pixels, three bytes for each.
    pub(crate) fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }

    fn scaled(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x * self.scale, y * self.scale)
    }

    fn mix(&mut self, pixel: usize, paint: Paint, covered: f64) {
        blend(&mut self.pixels, pixel, paint.rgb, (paint.alpha * covered * 256.0 + 0.5) as u32);
    }

    /// Mixes `paint` into the pixels round `center` by what `covered` says of each one's distance.
    fn round(&mut self, center: (f64, f64), reach: f64, paint: Paint, covered: impl Fn(f64) -> f64) {
        let (x, y) = self.scaled(center);
        let (columns, outside) = (rows(x, reach, self.size.0), (reach + 0.5) * (reach + 0.5));
        for row in rows(y, reach, self.size.1) {
            let dy = row as f64 + 0.5 - y;
            let mut column = columns.start;
            while column < columns.end {
                let dx = column as f64 + 0.5 - x;
                let square = dx * dx + dy * dy;
                if square < outside {
                    self.mix(row * self.size.0 + column, paint, covered(square.sqrt()));
                }
                column += 1;
            }
        }
    }

    fn mix_mask(&mut self, paint: Paint) {
        let share = paint.alpha * 256.0 / 255.0;
        let Self { pixels, mask, .. } = self;
        mask.drain(|pixel, covered| blend(pixels, pixel, paint.rgb, (share * f64::from(covered) + 0.5) as u32));
    }
}

/// Mixes `share` parts of 256 of a colour into a pixel.
///
/// Plain casts and no iterators: a program that is not optimised calls a function for each of them.
#[expect(clippy::cast_lossless, reason = "`u32::from` is a call of a function without optimisation")]
fn blend(pixels: &mut [u8], pixel: usize, Rgb(r, g, b): Rgb, share: u32) {
    let at = pixel * 3;
    if at + 2 >= pixels.len() {
        return;
    }
    let keep = 256 - share;
    pixels[at] = ((pixels[at] as u32 * keep + r as u32 * share + 128) >> 8) as u8;
    pixels[at + 1] = ((pixels[at + 1] as u32 * keep + g as u32 * share + 128) >> 8) as u8;
    pixels[at + 2] = ((pixels[at + 2] as u32 * keep + b as u32 * share + 128) >> 8) as u8;
}

impl Surface for Bitmap {
    fn rect(&mut self, rect: Rect, paint: Paint) {
        // Whole pixels: the hairlines of a grid would be blurred.
        let end = |low: f64, high: f64, limit: usize| {
            let (from, to) = ((low * self.scale).round(), (high * self.scale).round());
            let to = if high > low { to.max(from + 1.0) } else { to };
            (from.max(0.0) as usize).min(limit)..(to.max(0.0) as usize).min(limit)
        };
        let columns = end(rect.x, rect.right(), self.size.0);
        let share = (paint.alpha * 256.0).round() as u32;
        let Rgb(r, g, b) = paint.rgb;
        let mut first = None;
        for row in end(rect.y, rect.bottom(), self.size.1) {
            let start = row * self.size.0;
            if share == 256 {
                let place = (start + columns.start) * 3..(start + columns.end.max(columns.start)) * 3;
                match &first {
                    // A copy takes no time at all, even without optimisation.
                    Some(first) => self.pixels.copy_within(Range::clone(first), place.start),
                    None => self.pixels[place.clone()].as_chunks_mut::<3>().0.fill([r, g, b]),
                }
                first.get_or_insert(place);
            } else {
                columns.clone().for_each(|column| blend(&mut self.pixels, start + column, paint.rgb, share));
            }
        }
    }

    fn circle(&mut self, center: (f64, f64), radius: f64, paint: Paint) {
        let radius = radius * self.scale;
        self.round(center, radius, paint, |distance| (radius + 0.5 - distance).clamp(0.0, 1.0));
    }

    fn ring(&mut self, center: (f64, f64), radius: f64, width: f64, paint: Paint) {
        let (radius, half) = (radius * self.scale, width / 2.0 * self.scale);
        self.round(center, radius + half, paint, |distance| {
            ((distance - radius).abs().mul_add(-1.0, half) + 0.5).clamp(0.0, 1.0)
        });
    }

    fn line(&mut self, places: &[(f64, f64)], width: f64, paint: Paint) {
        let places: Vec<_> = places.iter().map(|&place| self.scaled(place)).collect();
        self.mask.line(&places, width * self.scale);
        self.mix_mask(paint);
    }

    fn polygon(&mut self, corners: &[(f64, f64)], paint: Paint) {
        /// Lines of samples in a row of pixels.
        const SAMPLES: usize = 4;
        let corners: Vec<_> = corners.iter().map(|&corner| self.scaled(corner)).collect();
        let edges: Vec<_> = corners.iter().zip(corners.iter().cycle().skip(1)).map(|(&from, &to)| (from, to)).collect();
        let ends = |pick: fn(&(f64, f64)) -> f64| {
            corners.iter().map(pick).fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), at| (lo.min(at), hi.max(at)))
        };
        let ((left, right), (top, bottom)) = (ends(|corner| corner.0), ends(|corner| corner.1));
        let columns = rows(left.midpoint(right), (right - left) / 2.0, self.size.0);
        let mut covered = vec![0.0; columns.len()];
        for row in rows(top.midpoint(bottom), (bottom - top) / 2.0, self.size.1) {
            covered.fill(0.0);
            for sample in 0..SAMPLES {
                let y = row as f64 + (sample as f64 + 0.5) / SAMPLES as f64;
                let crossing = |&(from, to): &((f64, f64), (f64, f64))| {
                    ((from.1 <= y) != (to.1 <= y)).then(|| from.0 + (y - from.1) / (to.1 - from.1) * (to.0 - from.0))
                };
                let mut crossings: Vec<f64> = edges.iter().filter_map(crossing).collect();
                crossings.sort_by(f64::total_cmp);
                for pair in crossings.chunks_exact(2) {
                    let (low, high) = (pair[0].max(0.0), pair[1].min(self.size.0 as f64));
                    let inside = rows(low.midpoint(high), (high - low) / 2.0, self.size.0);
                    for column in inside.start.max(columns.start)..inside.end.min(columns.end) {
                        let at = column as f64;
                        covered[column - columns.start] +=
                            (high.min(at + 1.0) - low.max(at)).clamp(0.0, 1.0) / SAMPLES as f64;
                    }
                }
            }
            for (column, covered) in covered.iter().enumerate().filter(|(_, covered)| **covered > 0.0) {
                self.mix(row * self.size.0 + columns.start + column, paint, *covered);
            }
        }
    }

    fn text(&mut self, label: Label, fonts: &Fonts) {
        let (width, (pixels, size)) = (self.size.0 as i32, (&mut self.pixels, self.size));
        let (left, base) = ((label.place.0 * self.scale) as f32, (label.place.1 * self.scale) as f32);
        let (x, y) = (left.round() as i32, base.round() as i32);
        fonts.outline(label, self.scale, |dx, dy, covered| {
            let (column, row) = if label.upright { (x + dy, y - dx - 1) } else { (x + dx, y + dy) };
            if (0..width).contains(&column) && (0..size.1 as i32).contains(&row) {
                let share = (f64::from(covered) * 256.0).round() as u32;
                blend(pixels, row as usize * size.0 + column as usize, label.style.color, share);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Rgb = Rgb(0, 0, 0);

    /// Returns the sum of what is drawn, in pixels.
    fn ink(draw: impl FnOnce(&mut Bitmap)) -> f64 {
        let mut bitmap = Bitmap::new((60, 60), 2);
        draw(&mut bitmap);
        bitmap.into_pixels().iter().map(|channel| f64::from(255 - channel) / 255.0).sum::<f64>() / 3.0
    }

    #[test]
    fn shapes_have_their_areas() {
        let circle = ink(|bitmap| bitmap.circle((14.3, 15.1), 5.0, BLACK.into()));
        assert!((circle - 100.0 * std::f64::consts::PI).abs() < 3.0, "{circle}");
        let ring = ink(|bitmap| bitmap.ring((14.3, 15.1), 5.0, 1.0, BLACK.into()));
        assert!((ring - 40.0 * std::f64::consts::PI).abs() < 3.0, "{ring}");
        let triangle = ink(|bitmap| bitmap.polygon(&[(2.0, 2.0), (22.0, 2.0), (2.0, 12.0)], BLACK.into()));
        assert!((triangle - 400.0).abs() < 3.0, "{triangle}");
        let half = ink(|bitmap| bitmap.rect(Rect { x: 1.0, y: 1.0, width: 10.0, height: 5.0 }, BLACK.mix(0.5)));
        assert!((half - 100.0).abs() < 1.0, "{half}");
    }

    #[test]
    fn joints_are_no_darker() {
        let mut bitmap = Bitmap::new((40, 40), 2);
        bitmap.line(&[(2.0, 10.0), (9.0, 10.0), (18.0, 10.0)], 2.0, BLACK.mix(0.5));
        let pixels = bitmap.into_pixels();
        let mut shades: Vec<u8> = pixels.chunks_exact(3).map(|pixel| pixel[0]).filter(|shade| *shade < 255).collect();
        assert_eq!(shades.len(), 32 * 4);
        shades.dedup();
        assert_eq!(shades.len(), 1);
    }

    #[test]
    fn what_lies_outside_is_no_error() {
        let outside = [(-1e6, -5.0), (1e6, 200.0), (f64::NAN, 3.0)];
        let drawn = ink(|bitmap| {
            for place in outside {
                bitmap.circle(place, 4.0, BLACK.into());
                bitmap.rect(Rect { x: place.0, y: place.1, width: -3.0, height: 2.0 }, BLACK.into());
            }
            bitmap.polygon(&outside[..2], BLACK.into());
        });
        assert_eq!(drawn, 0.0);
    }
}
