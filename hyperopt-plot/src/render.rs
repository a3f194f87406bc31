//! From a canvas to the bytes of a file.

use std::fmt::Write as _;

use plotters::prelude::SVGBackend;

use crate::{canvas::Canvas, error::Error, figure::Figure, raster::Raster, text::Fonts};

/// Units of an SVG's coordinates in a point; the back-end writes whole units.
const SVG_UNITS: u32 = 10;

/// Draws `figure` as an SVG document.
pub(crate) fn svg(figure: &Figure) -> Result<String, Error> {
    let (width, height) = figure.checked_size()?;
    let fonts = Fonts::load()?;
    let mut body = String::new();
    let backend = SVGBackend::with_string(&mut body, (width * SVG_UNITS, height * SVG_UNITS));
    let mut canvas = Canvas::new(backend, fonts, SVG_UNITS)?;
    figure.draw((width, height), &mut canvas)?;
    canvas.present()?;
    // The back-end's own first tag gives the size in units; a viewer should see it in points.
    let rest = body.split_once('>').map_or("", |(_, rest)| rest);
    let mut svg = String::with_capacity(body.len() + 200);
    let (w, h) = (width * SVG_UNITS, height * SVG_UNITS);
    let written = write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {w} {h}" role="img">"#
    );
    written.map_err(Error::render)?;
    svg.push_str(rest);
    Ok(svg)
}

/// Draws `figure` as a PNG file of [`Figure::density`] pixels to a point.
pub(crate) fn png(figure: &Figure) -> Result<Vec<u8>, Error> {
    let (width, height) = figure.checked_size()?;
    let density = figure.checked_density();
    // Marks and curves come out of the back-end with hard edges: draw them finer and average.
    let fine = if density == 1 { 4 } else { 2 };
    let (width, height) = (width * density, height * density);
    let size = (width * fine, height * fine);
    let mut buffer = vec![0; size.0 as usize * size.1 as usize * 3];
    let mut canvas = Canvas::new(Raster::new(&mut buffer, size), Fonts::load()?, density * fine)?;
    figure.draw((width / density, height / density), &mut canvas)?;
    canvas.present()?;
    encode(&average(&buffer, size.0 as usize, fine as usize), (width, height), density)
}

/// Averages squares of `by` × `by` pixels of an RGB picture that is `width` pixels wide.
fn average(pixels: &[u8], width: usize, by: usize) -> Vec<u8> {
    let area = (by * by) as u32;
    let mut sums = vec![0_u32; width / by * 3];
    let mut small = Vec::with_capacity(pixels.len() / (by * by));
    for rows in pixels.chunks_exact(width * 3 * by) {
        sums.fill(0);
        for row in rows.chunks_exact(width * 3) {
            for (square, sum) in row.chunks_exact(3 * by).zip(sums.chunks_exact_mut(3)) {
                for pixel in square.chunks_exact(3) {
                    for (sum, channel) in sum.iter_mut().zip(pixel) {
                        *sum += u32::from(*channel);
                    }
                }
            }
        }
        small.extend(sums.iter().map(|sum| ((sum + area / 2) / area) as u8));
    }
    small
}

/// Writes RGB pixels as a PNG that says how many of them make an inch.
fn encode(pixels: &[u8], (width, height): (u32, u32), density: u32) -> Result<Vec<u8>, Error> {
    /// 96 to an inch, the pixel of a web page.
    const PIXELS_PER_METRE: u32 = 3780;
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let per_metre = PIXELS_PER_METRE * density;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header().map_err(Error::render)?;
    writer.write_image_data(pixels).map_err(Error::render)?;
    writer.finish().map_err(Error::render)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_are_averaged() {
        let pixels = [[0, 0, 0], [100, 0, 0], [0, 0, 8], [0, 0, 8], [100, 0, 0], [0, 0, 0], [0, 0, 8], [0, 0, 8]];
        assert_eq!(average(pixels.as_flattened(), 4, 2), [50, 0, 0, 0, 0, 8]);
    }
}
