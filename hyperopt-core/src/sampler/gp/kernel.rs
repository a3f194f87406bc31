//! The covariance of objectives: a Matérn kernel of smoothness 5/2 with a length scale for each dimension.

use super::coordinate::Coordinate;

/// √5.
const ROOT: f64 = 2.236_067_977_499_79;

/// A column of numbers, and what a difference in it counts for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    /// Whose length scale it goes by.
    pub(super) dimension: usize,
    /// Numbers are names: they are equal, or they are not.
    pub(super) is_categorical: bool,
    /// The squared distance of two names, such that it is 1/6 between two random levels on average, as between two random
    /// numbers from 0 to 1. So one prior fits all length scales.
    pub(super) apart: f64,
}

impl Column {
    pub(super) fn all(dimensions: &[Coordinate]) -> Vec<Self> {
        let columns = dimensions.iter().enumerate().flat_map(|(index, dimension)| {
            let levels = dimension.levels.unwrap_or(2) as f64;
            let apart = if dimension.is_categorical { levels / (levels - 1.0) / 6.0 } else { 1.0 };
            let column = Self { dimension: index, is_categorical: dimension.is_categorical, apart };
            std::iter::repeat_n(column, dimension.columns())
        });
        columns.collect()
    }

    pub(super) fn square(&self, a: f64, b: f64) -> f64 {
        if self.is_categorical { if a == b { 0.0 } else { self.apart } } else { (a - b) * (a - b) }
    }
}

/// The kernel with its parameters, and the noise of the objectives.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Kernel {
    /// The variance of the objective over the space.
    pub(super) signal: f64,
    pub(super) noise: f64,
    /// A length scale for each dimension.
    pub(super) lengths: Vec<f64>,
}

impl Kernel {
    /// From the logarithms of the length scales, the signal's and the noise's variance.
    pub(super) fn from_logarithms(parameters: &[f64]) -> Self {
        let (lengths, variances) = parameters.split_at(parameters.len() - 2);
        Self {
            signal: variances[0].exp(),
            noise: variances[1].exp(),
            lengths: lengths.iter().map(|log| log.exp()).collect(),
        }
    }
}

/// Returns the kernel at a squared scaled distance, for a variance of 1, and minus twice its derivative by that square.
pub(super) fn matern(square: f64) -> (f64, f64) {
    let scaled = ROOT * square.sqrt();
    let decay = (-scaled).exp();
    let slope = 5.0 / 3.0 * (1.0 + scaled) * decay;
    (decay * (1.0 + scaled) + 5.0 / 3.0 * square * decay, slope)
}
