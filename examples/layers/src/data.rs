//! 1,797 handwritten digits of 8 by 8 pixels, in sixteen shades of grey (Alpaydin and Kaynak, "Optical Recognition of
//! Handwritten Digits", UCI Machine Learning Repository, 1998).

use smartcore::dataset::digits;

/// Pixels of a picture.
pub(crate) const PIXELS: usize = 64;

/// A picture, and the digit that it shows.
pub(crate) struct Digit {
    pub(crate) pixels: Vec<f32>,
    pub(crate) class: usize,
}

/// The digits, one in four set apart to judge by.
pub(crate) struct Digits {
    pub(crate) train: Vec<Digit>,
    pub(crate) unseen: Vec<Digit>,
}

impl Digits {
    pub(crate) fn load() -> Self {
        let digits = digits::load_dataset();
        let pictures = digits.data.chunks(PIXELS).zip(&digits.target);
        let (mut train, mut unseen) = (Vec::new(), Vec::new());
        for (index, (pixels, &class)) in pictures.enumerate() {
            let pixels = pixels.iter().map(|shade| shade / 16.0).collect();
            let digits = if index % 4 == 0 { &mut unseen } else { &mut train };
            digits.push(Digit { pixels, class: class as usize });
        }
        Self { train, unseen }
    }
}
