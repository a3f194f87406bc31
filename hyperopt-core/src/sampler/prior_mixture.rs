//! What is believed before anything is tried: the priors of the axes, and the best points of an earlier sweep.

use rand::{Rng, RngExt};

use crate::sampler::Setup;
use crate::space::{Confidence, Point, Prior, Space};

/// Draws from beliefs and weighs points by them.
#[derive(Clone, Debug, Default)]
pub(crate) struct PriorMixture {
    /// Whether any axis has a prior.
    priors: bool,
    /// The best points of an earlier sweep, best first: NaN where they say nothing.
    transferred: Box<[Point]>,
    /// The probability that a point is drawn uniformly.
    even: f64,
}

/// How far a point of an earlier sweep reaches: it has been tried, but on another problem.
const REACH: Confidence = Confidence::High;

impl PriorMixture {
    /// That of a sweep or a bracket: the more resources its configurations start with, the less often they are drawn evenly, as
    /// in `PriorBand`.
    pub(crate) fn of(setup: &Setup<'_>) -> Self {
        let even = 1.0 / (1.0 + setup.eta().powi(setup.rung() as i32));
        Self { even, ..Self::new(setup.space(), setup.transferred()) }
    }

    pub(crate) fn new(space: &Space, transferred: &[Point]) -> Self {
        let says_something = transferred.iter().filter(|point| point.iter().any(|unit| unit.is_some()));
        Self {
            priors: space.axes().iter().any(|axis| axis.prior().is_some()),
            transferred: says_something.cloned().collect(),
            even: 0.5,
        }
    }

    /// Whether nothing is believed at all.
    pub(crate) fn is_empty(&self) -> bool {
        !self.priors && self.transferred.is_empty()
    }

    /// Whether a random point is to be drawn from what is believed, not evenly.
    pub(crate) fn is_drawn_from(&self, rng: &mut impl Rng) -> bool {
        !self.is_empty() && rng.random::<f64>() >= self.even
    }

    /// A point drawn from what is believed: half from the priors and half around points of the earlier sweep, better ones
    /// more often, where there are both. Axes about which nothing is believed are drawn evenly.
    pub(crate) fn draw(&self, space: &Space, rng: &mut impl Rng) -> Point {
        let kernels = self.transferred.len();
        let from_earlier = kernels > 0 && (!self.priors || rng.random());
        let centre = from_earlier.then(|| {
            // The k-th best of n has weight n - k.
            let mut drawn = rng.random_range(0..kernels * (kernels + 1) / 2);
            let index = (0..kernels).find(|index| {
                let weight = kernels - index;
                let found = drawn < weight;
                drawn = drawn.saturating_sub(weight);
                found
            });
            &self.transferred[index.unwrap_or_default()]
        });
        let units = space.axes().iter().enumerate().map(|(index, axis)| {
            let earlier = centre.and_then(|centre| centre.get(index)).map(|unit| Prior::new(unit, REACH));
            match earlier.as_ref().or(axis.prior().filter(|_| !from_earlier)) {
                Some(prior) => prior.draw(axis, rng),
                None => rng.random(),
            }
        });
        units.collect()
    }

    /// Returns the density of `point` under what is believed, in multiples of the even one.
    pub(crate) fn density(&self, space: &Space, point: &Point) -> f64 {
        let axes = || space.axes().iter().zip(point.iter());
        let priors = || -> f64 { axes().filter_map(|(axis, unit)| Some(axis.prior()?.density(axis, unit?))).product() };
        let kernels = self.transferred.len();
        if kernels == 0 {
            return priors();
        }
        let around = |centre: &Point| -> f64 {
            let along = axes().zip(centre.iter());
            along.filter_map(|((axis, unit), centre)| Some(Prior::new(centre?, REACH).density(axis, unit?))).product()
        };
        let weighted =
            self.transferred.iter().enumerate().map(|(rank, centre)| (kernels - rank) as f64 * around(centre));
        let earlier = weighted.sum::<f64>() / (kernels * (kernels + 1) / 2) as f64;
        if self.priors { f64::midpoint(earlier, priors()) } else { earlier }
    }

    /// Whether anything is believed about an axis.
    pub(crate) fn concerns(&self, space: &Space, axis: usize) -> bool {
        space.axes()[axis].prior().is_some() || self.transferred.iter().any(|point| point.is_active(axis))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::Candidates;
    use crate::sampler::testing::space;

    /// Its mean over the cube is 1, and the better of two earlier points counts twice as much as the other.
    #[test]
    fn the_density_is_one_and_weighs_earlier_points_by_rank() {
        let space = space([(0.0..=1.0).dimension()]);
        let earlier = [Point::from(vec![0.2]), Point::from(vec![0.8])];
        let mixture = PriorMixture::new(&space, &earlier);
        let density = |unit: f64| mixture.density(&space, &Point::from(vec![unit]));
        let mean = (0..10_000).map(|step| density((f64::from(step) + 0.5) / 10_000.0)).sum::<f64>() / 10_000.0;
        assert!((mean - 1.0).abs() < 1e-3, "{mean}");
        let alone =
            |unit: f64| PriorMixture::new(&space, &[Point::from(vec![0.2])]).density(&space, &Point::from(vec![unit]));
        // The other one is its mirror image.
        let expected = |unit: f64| (2.0 * alone(unit) + alone(1.0 - unit)) / 3.0;
        for unit in [0.1, 0.2, 0.5, 0.8] {
            assert!(
                (density(unit) - expected(unit)).abs() < 1e-9,
                "{} at {unit}, not {}",
                density(unit),
                expected(unit)
            );
        }
    }
}
