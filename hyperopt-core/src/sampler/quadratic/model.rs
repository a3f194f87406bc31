//! The quadratic function with the least second derivatives that fits the neighbours of the best trial, where it is 0.
//!
//! Such functions are those of a kernel, zᵀz' + c (zᵀz')²: their norm weighs first against second derivatives. So there is
//! one weight for each neighbour, however many axes there are.

use nalgebra::{Cholesky, DMatrix, DVector};

use crate::sampler::toolkit::{Lbfgs, Limits};

/// c, what second derivatives are taken to be beside first ones.
const CURVATURE: f64 = 0.05;
/// How closely to fit: the variance of the noise as a share of the kernel's mean variance.
const NOISES: [f64; 4] = [1e-9, 1e-5, 1e-2, 1.0];
/// The largest share of the variance that may be left unexplained.
const UNEXPLAINED: f64 = 0.5;
const LIMITS: Limits = Limits { evaluations: 200, gradient: 1e-12, decrease: 0.0 };
/// The minimum is searched from this many neighbours, too, and from the points opposite to them.
const STARTS: usize = 3;

/// A trial beside the best one.
#[derive(Clone, Debug)]
pub(super) struct Neighbour {
    /// Where it lies as seen from the best trial.
    offset: Vec<f64>,
    pub(super) distance: f64,
    /// By how much its loss is larger.
    excess: f64,
}

impl Neighbour {
    pub(super) fn new(offset: Vec<f64>, excess: f64) -> Self {
        let distance = dot(&offset, &offset).sqrt();
        Self { offset, distance, excess }
    }
}

/// The function, as a sum over the neighbours.
#[derive(Debug)]
pub(super) struct Model {
    /// The distance of the farthest neighbour, the unit of `places`.
    reach: f64,
    places: Vec<Vec<f64>>,
    weights: DVector<f64>,
}

impl Model {
    /// Fits the function to neighbours, from the nearest to the farthest; `None` if it does not explain them.
    pub(super) fn fit(neighbours: &[Neighbour]) -> Option<Self> {
        let n = neighbours.len();
        let reach = neighbours.last()?.distance;
        let mut excesses: Vec<f64> = neighbours.iter().map(|neighbour| neighbour.excess).collect();
        let middle = *excesses.select_nth_unstable_by(n / 2, f64::total_cmp).1;
        if !(middle > 0.0 && middle.is_finite()) {
            return None;
        }
        let targets = DVector::from_iterator(n, neighbours.iter().map(|neighbour| neighbour.excess / middle));
        // The variance of a target's error: beyond the median, the error is a share of the target.
        let variances: Vec<f64> = targets.iter().map(|target| target.max(1.0).powi(2)).collect();
        let places: Vec<Vec<f64>> =
            neighbours.iter().map(|neighbour| neighbour.offset.iter().map(|x| x / reach).collect()).collect();
        let kernel = DMatrix::from_fn(n, n, |i, j| {
            let product = dot(&places[i], &places[j]);
            product + CURVATURE * product * product
        });
        let mean_variance = kernel.trace() / n as f64;
        let mut best: Option<(f64, DVector<f64>)> = None;
        for noise in NOISES {
            let mut noisy = kernel.clone();
            for (i, variance) in variances.iter().enumerate() {
                noisy[(i, i)] += noise * mean_variance * variance;
            }
            let Some(factor) = Cholesky::new(noisy) else { continue };
            let weights = factor.solve(&targets);
            let inverse = factor.inverse();
            // The error at a target that is left out (Rasmussen and Williams 2006, equation 5.12).
            let squares = (0..n).map(|i| (weights[i] / inverse[(i, i)]).powi(2) / variances[i]);
            let error = squares.sum::<f64>();
            if error.is_finite() && best.as_ref().is_none_or(|(least, _)| error < *least) {
                best = Some((error, weights));
            }
        }
        let (error, weights) = best?;
        (error < UNEXPLAINED * scatter(&targets, &variances)).then_some(Self { reach, places, weights })
    }

    pub(super) fn reach(&self) -> f64 {
        self.reach
    }

    /// Returns the offset within `bounds` at which the function is smallest; `None` if it is nowhere smaller than at the
    /// best trial.
    pub(super) fn minimum(&self, bounds: &[(f64, f64)]) -> Option<Vec<f64>> {
        let bounds: Vec<_> = bounds.iter().map(|(lower, upper)| (lower / self.reach, upper / self.reach)).collect();
        let beside = || self.places.iter().take(STARTS);
        let opposite = beside().map(|place| place.iter().map(|x| -x).collect());
        let starts = std::iter::once(vec![0.0; bounds.len()]).chain(beside().cloned()).chain(opposite);
        let mut lbfgs = Lbfgs::default();
        let ends = starts.map(|mut place| {
            let value = lbfgs.minimise(&mut place, &bounds, LIMITS, |place, gradient| self.value(place, gradient));
            (value, place)
        });
        let (value, place) = ends.min_by(|a, b| a.0.total_cmp(&b.0))?;
        (value < 0.0).then(|| place.iter().map(|x| x * self.reach).collect())
    }

    fn value(&self, place: &[f64], gradient: &mut [f64]) -> f64 {
        gradient.fill(0.0);
        let mut sum = 0.0;
        for (other, weight) in self.places.iter().zip(self.weights.iter()) {
            let product = dot(other, place);
            sum += weight * (product + CURVATURE * product * product);
            let slope = weight * (1.0 + 2.0 * CURVATURE * product);
            gradient.iter_mut().zip(other).for_each(|(gradient, x)| *gradient += slope * x);
        }
        sum
    }
}

/// Returns the sum of squares about the weighted mean, in units of the variances.
fn scatter(targets: &DVector<f64>, variances: &[f64]) -> f64 {
    let weighted = || targets.iter().zip(variances);
    let weight: f64 = variances.iter().map(|variance| variance.recip()).sum();
    let mean = weighted().map(|(target, variance)| target / variance).sum::<f64>() / weight;
    weighted().map(|(target, variance)| (target - mean).powi(2) / variance).sum()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
