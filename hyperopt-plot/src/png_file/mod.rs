//! Pixels as the file of a PNG.
//!
//! A figure is mostly rows that are like the row above, and pixels that are like the one before, so this is all that is looked
//! for: a general compressor reads every byte several times, which without optimisation takes longer than all the drawing.

mod huffman;
mod runs;

use crate::error::Error;

/// Writes RGB pixels as a PNG that says how many of them make an inch.
pub(crate) fn encode(pixels: &[u8], (width, height): (u32, u32), density: u32) -> Result<Vec<u8>, Error> {
    /// 96 to an inch, the pixel of a web page.
    const PIXELS_PER_METRE: u32 = 3780;
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let per_metre = PIXELS_PER_METRE * density;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header().map_err(Error::render)?;
    writer.write_chunk(png::chunk::IDAT, &runs::compress(pixels, width as usize)).map_err(Error::render)?;
    writer.write_chunk(png::chunk::IEND, &[]).map_err(Error::render)?;
    drop(writer);
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Encodes pixels, and returns them as another library reads them, with the size of the file.
    fn round(pixels: &[u8], size: (u32, u32)) -> (Vec<u8>, usize) {
        let file = encode(pixels, size, 2).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&file)).read_info().unwrap();
        let mut read = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut read).unwrap();
        assert_eq!((frame.width, frame.height), size);
        reader.finish().unwrap();
        (read, file.len())
    }

    /// Numbers that are the same on every run.
    fn noise(seed: usize) -> u8 {
        let mixed = (seed as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 56) as u8
    }

    #[test]
    fn pixels_are_read_as_they_were() {
        for (width, height) in [(1_u32, 1_u32), (1, 300), (87, 3), (173, 40), (2000, 2)] {
            let count = (width * height * 3) as usize;
            let kinds: [&dyn Fn(usize) -> u8; 5] = [
                &|_| 255,
                &noise,
                &|byte| (byte % 3) as u8,
                &|byte| if byte % 1000 < 7 { noise(byte) } else { 255 },
                &|byte| (byte / 600) as u8,
            ];
            for (kind, pixel) in kinds.iter().enumerate() {
                let pixels: Vec<u8> = (0..count).map(pixel).collect();
                assert!(round(&pixels, (width, height)).0 == pixels, "{width} x {height}, kind {kind}");
            }
        }
    }

    #[test]
    fn rows_like_the_one_above_take_no_room() {
        let (width, height) = (1200_u32, 800_u32);
        let row: Vec<u8> = (0..width as usize * 3).map(|byte| noise(byte / 30)).collect();
        let (read, size) = round(&row.repeat(height as usize), (width, height));
        assert!(read.chunks(row.len()).all(|read| read == row));
        assert!(size < 8000, "{size}");
        // More noise than a block holds.
        let pixels: Vec<u8> = (0..3 * 400 * 400).map(noise).collect();
        let (read, size) = round(&pixels, (400, 400));
        assert!(read == pixels && size < pixels.len() * 102 / 100, "{size}");
    }
}
