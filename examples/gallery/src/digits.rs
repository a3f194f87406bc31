//! 1,797 digits, written by 43 people, of 8 × 8 pixels each (Alpaydin and Kaynak, "Optical Recognition of Handwritten
//! Digits", UCI Machine Learning Repository, 1998).

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use smartcore::dataset::digits;

pub(crate) const PIXELS: usize = 64;
pub(crate) const CLASSES: usize = 10;

/// An image, and the digit that it shows.
pub(crate) struct Digit {
    pub(crate) pixels: [f32; PIXELS],
    pub(crate) label: usize,
}

/// Digits to learn from, and others to choose by.
pub(crate) struct Digits {
    pub(crate) train: Vec<Digit>,
    pub(crate) validation: Vec<Digit>,
}

impl Digits {
    /// Splits the digits, always in the same way.
    pub(crate) fn load() -> Self {
        let all = digits::load_dataset();
        let digit = |(row, label): (&[f32], &f32)| {
            let mut pixels = [0.0; PIXELS];
            pixels.iter_mut().zip(row).for_each(|(pixel, ink)| *pixel = ink / 16.0);
            Digit { pixels, label: *label as usize }
        };
        let mut all: Vec<Digit> = all.data.chunks(PIXELS).zip(&all.target).map(digit).collect();
        all.shuffle(&mut ChaCha8Rng::seed_from_u64(0));
        let validation = all.split_off(1200);
        Self { train: all, validation }
    }
}
