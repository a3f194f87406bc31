//! The best points of an earlier sweep, which have kernels among the better trials until these outweigh them.

use rand::RngExt;

use super::options::Options;
use super::parzen::FIRST_EARLIER;
use crate::sampler::Setup;
use crate::space::{Axis, Point};

/// A point of an earlier sweep.
#[derive(Clone, Debug)]
pub(super) struct Earlier {
    /// NaN where it says nothing.
    pub(super) known: Point,
    /// There drawn from the priors of the axes, or evenly: that many points together say nothing there either.
    pub(super) whole: Point,
}

impl Earlier {
    /// Those of `setup`, best first.
    pub(super) fn all(setup: &Setup<'_>) -> Vec<Self> {
        let mut rng = setup.rng();
        let points = setup.transferred().iter().map(|known| {
            let mut drawn = |axis: &Axis| match axis.prior() {
                Some(prior) => prior.draw(axis, &mut rng),
                None => rng.random(),
            };
            let axes = setup.space().axes().iter().enumerate();
            let whole = axes.map(|(index, axis)| axis.snap(known.get(index).unwrap_or_else(|| drawn(axis))));
            Self { known: known.clone(), whole: whole.collect() }
        });
        points.collect()
    }
}

/// Adds the weights of `points` of an earlier sweep to those of the better trials: together `share` of what all of these and
/// the prior weigh, the k-th best of n in proportion to n − k.
pub(super) fn add(points: usize, share: f64, options: &Options, leaders: &mut Vec<(usize, f64)>) {
    let sum: f64 = leaders.iter().map(|&(_, weight)| weight).sum();
    let mean = if leaders.is_empty() { 1.0 } else { sum / leaders.len() as f64 };
    let all = share * (sum + options.prior_weight * mean);
    let weight = |index: usize| all * (points - index) as f64 / (points * (points + 1) / 2) as f64;
    leaders.extend((0..points).map(|index| (FIRST_EARLIER + index, weight(index))));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_points_have_their_share_of_all_weights() {
        let options = Options { prior_weight: 2.0, ..Options::default() };
        let mut leaders = vec![(7, 3.0), (9, 1.0)];
        add(3, 0.25, &options, &mut leaders);
        // The trials weigh 4, and the prior twice their mean of 2.
        let expected =
            [(7, 3.0), (9, 1.0), (FIRST_EARLIER, 1.0), (FIRST_EARLIER + 1, 2.0 / 3.0), (FIRST_EARLIER + 2, 1.0 / 3.0)];
        assert_eq!(leaders.len(), expected.len());
        for ((trial, weight), (expected_trial, expected_weight)) in leaders.into_iter().zip(expected) {
            assert_eq!(trial, expected_trial);
            assert!((weight - expected_weight).abs() < 1e-12, "{weight}, not {expected_weight}, for {trial}");
        }
    }
}
