use rand::RngExt;

use crate::history::History;
use crate::sampler::{Draw, Sampler};
use crate::space::{Point, Space};

/// Random search: every hyperparameter independently and evenly over its candidates.
///
/// Even means even along the axis: in the logarithm where the candidates are logarithmic. Trials do not depend on one
/// another, so a combination may come twice. The default sampler, and the one to compare all others with (Bergstra and
/// Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 13, 2012).
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomSampler;

impl RandomSampler {
    /// The sampler has nothing to set; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self
    }
}

impl Sampler for RandomSampler {
    fn suggest(&mut self, space: &Space, _: &History, draw: &Draw) -> Option<Point> {
        let mut rng = draw.rng();
        Some(space.axes().iter().map(|_| rng.random::<f64>()).collect())
    }

    fn name(&self) -> &'static str {
        "RandomSampler"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Goal;
    use crate::sampler::testing::space;
    use crate::{Candidates, linrange};

    #[test]
    fn draws_are_stable_across_releases() {
        let space = space([linrange(0.0, 1.0, 2).codec(), linrange(0.0, 1.0, 2).codec()]);
        let draw = |seed, number| {
            RandomSampler::new().suggest(&space, &History::default(), &Draw::new(seed, number, Goal::Minimize))
        };
        assert_eq!(format!("{:?}", draw(7, 0)), "");
        assert_eq!(draw(7, 3), draw(7, 3));
        assert_ne!(draw(7, 3), draw(7, 4));
        assert_ne!(draw(7, 3), draw(8, 3));
    }
}
