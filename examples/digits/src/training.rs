//! A training run that can be left after any epoch and continued later.

use burn::module::Module;
use burn::nn::loss::CrossEntropyLossConfig;
use burn::optim::{AdamWConfig, GradientsParams, ModuleOptimizer};
use burn::tensor::{Device, Int, Tensor, TensorReadError};
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;

use crate::data::Part;
use crate::model::Perceptron;

#[derive(Clone, Copy)]
pub(crate) struct Settings {
    /// The learning rate of the first epoch.
    pub(crate) lr: f64,
    /// The factor of the learning rate from one epoch to the next.
    pub(crate) decay: f64,
    pub(crate) weight_decay: f64,
    pub(crate) batch: usize,
    pub(crate) width: usize,
    pub(crate) depth: usize,
}

/// All that the next epoch depends on, other than the images: a run ends with the same bits whether or not it was left and
/// continued on the way.
pub(crate) struct Training {
    settings: Settings,
    model: Perceptron,
    optimizer: ModuleOptimizer,
    epochs: usize,
}

impl Training {
    pub(crate) fn new(settings: Settings, device: &Device) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let model = Perceptron::new(settings.width, settings.depth, &mut rng, &device.clone().autodiff());
        let optimizer = AdamWConfig::new().with_weight_decay(settings.weight_decay as f32).init();
        Self { settings, model, optimizer, epochs: 0 }
    }

    /// Trains until the run has had `epochs` epochs in total.
    pub(crate) fn train_to(&mut self, epochs: usize, part: &Part) {
        while self.epochs < epochs {
            self.train_epoch(part);
            self.epochs += 1;
        }
    }

    /// Returns the number of epochs so far.
    pub(crate) fn epochs(&self) -> usize {
        self.epochs
    }

    fn train_epoch(&mut self, part: &Part) {
        let Settings { lr, decay, batch, .. } = self.settings;
        // The budget must not enter here: what an epoch does may depend on its own number only.
        let lr = lr * decay.powi(self.epochs as i32);
        // Seeded by the epoch: a generator for all epochs would have to be handed on with the run.
        let mut order: Vec<usize> = (0..part.len()).collect();
        order.shuffle(&mut ChaCha8Rng::seed_from_u64(self.epochs as u64));
        for numbers in order.chunks(batch) {
            let Part { images, labels } = part.select(numbers);
            let loss = cross_entropy(self.model.forward(images), labels);
            let gradients = GradientsParams::from_grads(loss.backward(), &self.model);
            self.model = self.optimizer.step(lr, self.model.clone(), gradients);
        }
    }

    /// Returns the mean cross-entropy, in nats an image.
    pub(crate) fn loss(&self, part: &Part) -> Result<f64, TensorReadError> {
        cross_entropy(self.model.valid().forward(part.images.clone()), part.labels.clone()).try_into_scalar()
    }

    /// Returns the share of the images that are read correctly.
    pub(crate) fn accuracy(&self, part: &Part) -> Result<f64, TensorReadError> {
        let read = self.model.valid().forward(part.images.clone()).argmax(1).squeeze_dim(1);
        read.equal(part.labels.clone()).float().mean().try_into_scalar()
    }
}

fn cross_entropy(logits: Tensor<2>, labels: Tensor<1, Int>) -> Tensor<1> {
    CrossEntropyLossConfig::new().init(&logits.device()).forward(logits, labels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Digits;

    /// All that training changes, bit by bit.
    fn bits(run: &Training) -> Vec<u32> {
        let layers = run.model.layers();
        let tensors = layers.flat_map(|layer| {
            [Some(layer.weight.val().into_data()), layer.bias.as_ref().map(|bias| bias.val().into_data())]
        });
        tensors.flatten().flat_map(|data| data.iter::<f32>().map(f32::to_bits).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn a_run_continued_twice_is_the_same_as_one_in_one_go() {
        let device = Device::flex();
        let digits = Digits::load(&device);
        let settings = Settings { lr: 0.01, decay: 0.9, weight_decay: 0.01, batch: 64, width: 16, depth: 2 };

        let mut straight = Training::new(settings, &device);
        straight.train_to(9, &digits.train);

        let mut continued = Training::new(settings, &device);
        for epochs in [1, 3, 9] {
            assert_ne!(bits(&continued), bits(&straight));
            continued.train_to(epochs, &digits.train);
        }
        assert_eq!(bits(&continued), bits(&straight));
    }
}
