//! 1,797 digits, written by 43 people, of 8 × 8 pixels each (Alpaydin and Kaynak, "Optical Recognition of Handwritten
//! Digits", UCI Machine Learning Repository, 1998).

use burn::tensor::{Device, Int, Tensor, TensorData};
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
    pub(crate) images: Tensor<2>,
    pub(crate) labels: Tensor<1, Int>,
}

impl Digits {
    /// Splits all digits 3 : 1 : 1, always in the same way.
    pub(crate) fn load(device: &Device) -> Self {
        let all = digits::load_dataset();
        let images: Vec<f32> = all.data.iter().map(|ink| ink / 16.0).collect();
        let labels: Vec<i32> = all.target.iter().map(|&digit| digit as i32).collect();
        let all = Part {
            images: Tensor::from_data(TensorData::new(images, [labels.len(), PIXELS]), device),
            labels: Tensor::from_data(labels.as_slice(), device),
        };

        let mut order: Vec<usize> = (0..labels.len()).collect();
        order.shuffle(&mut ChaCha8Rng::seed_from_u64(0));
        let (judged, train) = order.split_at(2 * labels.len() / 5);
        let (validation, test) = judged.split_at(judged.len() / 2);
        Self { train: all.select(train), validation: all.select(validation), test: all.select(test) }
    }
}

impl Part {
    pub(crate) fn len(&self) -> usize {
        self.labels.dims()[0]
    }

    /// Returns the images with these numbers.
    pub(crate) fn select(&self, numbers: &[usize]) -> Self {
        let numbers: Vec<i32> = numbers.iter().map(|&number| number as i32).collect();
        let numbers = Tensor::<1, Int>::from_data(numbers.as_slice(), &self.images.device());
        Self { images: self.images.clone().select(0, numbers.clone()), labels: self.labels.clone().select(0, numbers) }
    }
}
