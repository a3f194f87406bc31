//! Random search.

use rand::RngExt;

use crate::history::History;
use crate::sampler::{Draw, Sampler, redraw};
use crate::space::{Point, Space};

/// Random search: draws every hyperparameter independently and uniformly from its candidates.
///
/// Uniformly means along the axis: in the logarithm for logarithmic candidates. Trials are independent of one another, except
/// where all hyperparameters have levels, or a branch has no continuous one: a combination that has been tried is then drawn
/// again, unless the sweep says `repeats = true`. Only levels that are all equally likely are drawn again, so that the
/// distribution of a logarithm, of weights or of a normal distribution is kept; after a hundred draws, or eight if some levels
/// are likelier, a combination repeats. This is the default sampler, and the baseline for all others (Bergstra and Bengio,
/// "Random Search for Hyper-Parameter Optimization", JMLR 13, 2012).
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct RandomSampler {}

impl RandomSampler {
    /// Makes the sampler, which has no options; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self {}
    }
}

impl Sampler for RandomSampler {
    fn suggest(&mut self, space: &Space, _: &History, draw: &Draw) -> Option<Point> {
        let mut rng = draw.rng();
        let point = space.axes().iter().map(|_| rng.random::<f64>()).collect();
        Some(redraw::evenly(space, draw, point, &mut rng))
    }

    fn keeps_repeats(&self) -> bool {
        true
    }

    fn is_adaptive(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "RandomSampler"
    }

    fn is_ours(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Goal;
    use crate::sampler::testing::space;
    use crate::{Candidates, linrange};

    fn draw(seed: u64, number: usize) -> Point {
        let space = space([linrange(0.0, 1.0, 2).dimension(), linrange(0.0, 1.0, 2).dimension()]);
        let draw = Draw::new(seed, number, Goal::Minimize);
        RandomSampler::new().suggest(&space, &History::default(), &draw).unwrap()
    }

    /// The numbers are those of `ChaCha8` worked out by hand, so no release of a crate can change a seed's sweep unnoticed.
    #[test]
    fn draws_are_stable_across_releases() {
        assert_eq!(draw(7, 0), Point::from(vec![0.764_109_042_047_738, 0.465_937_615_119_960_9]));
        assert_eq!(draw(7, 3), Point::from(vec![0.662_921_773_426_872_6, 0.504_500_465_857_356_2]));
    }

    #[test]
    fn draws_depend_on_seed_and_trial_alone() {
        assert_eq!(draw(7, 3), draw(7, 3));
        assert_ne!(draw(7, 3), draw(7, 4));
        assert_ne!(draw(7, 3), draw(8, 3));
    }

    /// χ² over 10 cells with 9 degrees of freedom stays below its 99.9 % point, 27.88, for nearly all of 200 seeds.
    #[test]
    fn draws_are_even() {
        let too_uneven = |seed: u64| {
            let mut cells = [0_u32; 10];
            for number in 0..500 {
                cells[(draw(seed, number).unit(1) * 10.0) as usize] += 1;
            }
            cells.iter().map(|&cell| (f64::from(cell) - 50.0).powi(2) / 50.0).sum::<f64>() > 27.88
        };
        assert!((0..200).filter(|&seed| too_uneven(seed)).count() <= 2);
    }
}
