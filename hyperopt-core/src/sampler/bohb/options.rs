//! What can be set, with the defaults of the authors.

/// See the builder methods of [`BohbSampler`](super::BohbSampler).
#[derive(Clone, Debug)]
pub(super) struct Options {
    pub(super) top_n_percent: usize,
    pub(super) num_samples: usize,
    pub(super) random_fraction: f64,
    pub(super) bandwidth_factor: f64,
    pub(super) min_bandwidth: f64,
    pub(super) min_points: usize,
    pub(super) batch: Option<usize>,
    /// The model of `HpBandSter` 0.7.4, defects included: kernels may be negative or infinite.
    pub(super) faithful: bool,
    #[cfg(test)]
    pub(super) sabotage: Sabotage,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            top_n_percent: 15,
            num_samples: 64,
            random_fraction: 1.0 / 3.0,
            bandwidth_factor: 3.0,
            min_bandwidth: 1e-3,
            min_points: 0,
            batch: None,
            faithful: false,
            #[cfg(test)]
            sabotage: Sabotage::None,
        }
    }
}

/// A model is made of at most this many observations, unless more are needed for its dimensions: more hardly change the
/// densities, but each suggestion costs as much more.
const MOST: usize = 1_000;

impl Options {
    /// Returns the least number of observations in either set of a model in `d` dimensions.
    pub(super) fn least(&self, d: usize) -> usize {
        self.min_points.max(d.saturating_add(1))
    }

    /// Returns the number of observations in both sets of such a model, at most.
    pub(super) fn most(&self, d: usize) -> usize {
        if self.faithful { usize::MAX } else { MOST.max(self.least(d).saturating_mul(2)) }
    }

    /// Returns the number of the best observations from which all those of the model can be taken while there are no more; those of
    /// a sample of as many can be taken when there are.
    pub(super) fn kept(&self, d: usize) -> usize {
        self.most(d).saturating_add(self.least(d))
    }

    /// What is wrong, with what to write instead.
    pub(super) fn check(&self) -> Result<(), String> {
        let positive = |value: f64| value > 0.0 && value.is_finite();
        if !(1..=99).contains(&self.top_n_percent) {
            Err(format!("top_n_percent({}) leaves one of two sets empty; write 1 to 99", self.top_n_percent))
        } else if self.num_samples == 0 {
            Err("num_samples(0) leaves nothing to choose from; write at least 1".into())
        } else if !(0.0..=1.0).contains(&self.random_fraction) {
            Err(format!("random_fraction({}) is not a share; write 0.0 to 1.0", self.random_fraction))
        } else if !positive(self.bandwidth_factor) {
            Err(format!("bandwidth_factor({}) is no factor; write a number above 0.0", self.bandwidth_factor))
        } else if !positive(self.min_bandwidth) {
            Err(format!("min_bandwidth({}) is no bandwidth; write a number above 0.0", self.min_bandwidth))
        } else {
            Ok(())
        }
    }
}

/// Ways to spoil the model: a test that they pass tests nothing.
#[cfg(test)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sabotage {
    None,
    /// Good is taken for bad, and bad for good.
    Swapped,
    /// The bad set is the good one and one more, as in Hyperopt.jl 0.5.6.
    SameSet,
}
