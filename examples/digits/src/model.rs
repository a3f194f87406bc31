//! A perceptron with some hidden layers of one width.

use std::iter::{once, repeat_n};

use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::activation::relu;
use burn::tensor::{Device, Tensor, TensorData};
use rand::{Rng, RngExt};

use crate::data::{CLASSES, PIXELS};

#[derive(Module, Debug)]
pub(crate) struct Perceptron {
    hidden: Vec<Linear>,
    output: Linear,
}

impl Perceptron {
    pub(crate) fn new(width: usize, depth: usize, rng: &mut impl Rng, device: &Device) -> Self {
        let inputs = once(PIXELS).chain(repeat_n(width, depth - 1));
        let hidden = inputs.map(|inputs| linear(inputs, width, rng, device)).collect();
        Self { hidden, output: linear(width, CLASSES, rng, device) }
    }

    #[cfg(test)]
    pub(crate) fn layers(&self) -> impl Iterator<Item = &Linear> {
        self.hidden.iter().chain([&self.output])
    }

    /// Returns the logits of each class, an image a row.
    pub(crate) fn forward(&self, images: Tensor<2>) -> Tensor<2> {
        let features = self.hidden.iter().fold(images, |features, layer| relu(layer.forward(features)));
        self.output.forward(features)
    }
}

/// A layer with burn's own distribution of initial weights, drawn from `rng`: burn would draw from a generator that the whole
/// process shares, and not before the layer is first used.
fn linear(inputs: usize, outputs: usize, rng: &mut impl Rng, device: &Device) -> Linear {
    let bound = (inputs as f32).sqrt().recip();
    let mut draw = |count| (0..count).map(|_| rng.random_range(-bound..=bound)).collect::<Vec<_>>();
    Linear {
        weight: Param::from_data(TensorData::new(draw(inputs * outputs), [inputs, outputs]), device),
        bias: Some(Param::from_data(TensorData::new(draw(outputs), [outputs]), device)),
    }
}
