//! 1,797 digits, written by 43 people, of 8 × 8 pixels each (Alpaydin and Kaynak, "Optical Recognition of Handwritten
//! Digits", UCI Machine Learning Repository, 1998).

use candle_core::{Device, Result, Tensor};
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use smartcore::dataset::digits;

pub(crate) const PIXELS: usize = 64;
pub(crate) const CLASSES: usize = 10;

/// Three parts of all digits: to learn from, to choose by, and to judge the choice.
pub(crate) struct Digits {
    pub(crate) train: Part,
    pub(crate) validation: Part,
    pub(crate) test: Part,
}

/// Images, a row each, and the digits that they show.
pub(crate) struct Part {
    pub(crate) images: Tensor,
    pub(crate) labels: Tensor,
}

impl Digits {
    /// Splits all digits 3 : 1 : 1, always in the same way.
    pub(crate) fn load() -> Result<Self> {
        let all = digits::load_dataset();
        let images: Vec<f32> = all.data.iter().map(|ink| ink / 16.0).collect();
        let labels: Vec<u32> = all.target.iter().map(|&digit| digit as u32).collect();
        let count = labels.len();
        let all = Part {
            images: Tensor::from_vec(images, (count, PIXELS), &Device::Cpu)?,
            labels: Tensor::from_vec(labels, count, &Device::Cpu)?,
        };

        let mut order: Vec<u32> = (0..count as u32).collect();
        order.shuffle(&mut ChaCha8Rng::seed_from_u64(0));
        let (judged, train) = order.split_at(2 * count / 5);
        let (validation, test) = judged.split_at(judged.len() / 2);
        Ok(Self { train: all.select(train)?, validation: all.select(validation)?, test: all.select(test)? })
    }
}

impl Part {
    pub(crate) fn len(&self) -> usize {
        self.labels.elem_count()
    }

    /// Returns the images with these numbers.
    pub(crate) fn select(&self, numbers: &[u32]) -> Result<Self> {
        let numbers = Tensor::new(numbers, &Device::Cpu)?;
        Ok(Self { images: self.images.index_select(&numbers, 0)?, labels: self.labels.index_select(&numbers, 0)? })
    }
}
