//! The distribution that a prior stands for along an axis.

use crate::normal::{TruncatedNormal, mass};
use crate::space::{Axis, Kind, Prior};
use rand::{Rng, RngExt};
use std::f64::consts::TAU;

impl Prior {
    /// Returns the density of the prior at `unit` along `axis`, as a multiple of the uniform density.
    #[must_use]
    pub fn density(&self, axis: &Axis, unit: f64) -> f64 {
        match axis.kind() {
            Kind::Categorical(levels) => {
                let here = if axis.level(unit) == axis.level(self.unit()) { self.odds() } else { 1.0 };
                levels as f64 * here / (levels as f64 - 1.0 + self.odds())
            }
            Kind::Ordered(0..=1) => 1.0,
            Kind::Continuous | Kind::Ordered(_) => {
                let deviation = self.deviation();
                let mass = mass(-self.unit() / deviation, (1.0 - self.unit()) / deviation);
                let distance = (unit - self.unit()) / deviation;
                (-0.5 * distance * distance).exp() / (deviation * TAU.sqrt() * mass)
            }
        }
    }

    /// Draws a coordinate of `axis` from the prior.
    #[must_use]
    pub fn draw(&self, axis: &Axis, rng: &mut impl Rng) -> f64 {
        match axis.kind() {
            Kind::Categorical(levels @ 1..) => {
                let others = levels as f64 - 1.0;
                let believed = axis.level(self.unit()).unwrap_or_default();
                let drawn = rng.random::<f64>() * (others + self.odds());
                let level = if drawn < others {
                    let other = drawn as u64;
                    other + u64::from(other >= believed)
                } else {
                    believed
                };
                axis.unit_of(level).unwrap_or(self.unit())
            }
            _ => TruncatedNormal::default().draw(rng, self.unit(), self.deviation()),
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha8Rng;

    use super::*;
    use crate::candidates::Candidates;
    use crate::sampler::testing::space;
    use crate::space::Confidence;

    const ALL: [Confidence; 3] = [Confidence::Low, Confidence::Medium, Confidence::High];

    #[test]
    fn densities_add_up_to_one() {
        let (continuous, levels) = (space([(0.0..=1.0).dimension()]), space([["x", "y", "z"].dimension()]));
        for (confidence, unit) in ALL.into_iter().flat_map(|confidence| [0.0, 0.3, 1.0].map(|unit| (confidence, unit)))
        {
            let prior = Prior::new(unit, confidence);
            let steps = 10_000;
            let middles = (0..steps).map(|step| (f64::from(step) + 0.5) / f64::from(steps));
            let sum: f64 = middles.map(|unit| prior.density(&continuous.axes()[0], unit)).sum();
            assert!((sum / f64::from(steps) - 1.0).abs() < 1e-6);
            let sum: f64 = [0.1, 0.5, 0.9].iter().map(|&unit| prior.density(&levels.axes()[0], unit)).sum();
            assert!((sum / 3.0 - 1.0).abs() < 1e-12);
        }
    }

    /// The shares of 20,000 draws in ten parts, or in the levels, within five standard errors of the density's.
    #[test]
    fn draws_have_the_density() {
        for space in
            [space([(0.0..=1.0).dimension()]), space([["x", "y", "z", "u"].dimension()]), space([(1..=7).dimension()])]
        {
            let axis = &space.axes()[0];
            let parts = axis.levels().unwrap_or(10);
            for (seed, confidence) in (0..).zip(ALL) {
                let prior = Prior::new(axis.snap(0.25), confidence);
                let mut rng = ChaCha8Rng::seed_from_u64(seed);
                let mut counts = vec![0_u32; parts as usize];
                let draws = 20_000;
                for _ in 0..draws {
                    let unit = prior.draw(axis, &mut rng);
                    assert!((0.0..=1.0).contains(&unit));
                    counts[((unit * parts as f64) as usize).min(parts as usize - 1)] += 1;
                }
                for (part, count) in counts.into_iter().enumerate() {
                    let middles = (0..100).map(|k| (part as f64 + (f64::from(k) + 0.5) / 100.0) / parts as f64);
                    let share = middles.map(|unit| prior.density(axis, unit)).sum::<f64>() / 100.0 / parts as f64;
                    let error = (share * (1.0 - share) / f64::from(draws)).sqrt();
                    let found = f64::from(count) / f64::from(draws);
                    assert!((found - share).abs() < 5.0 * error, "{confidence:?} {part}: {found} {share}");
                }
            }
        }
    }
}
