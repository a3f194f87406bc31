//! Normal deviates that stay within [0, 1].

use std::f64::consts::TAU;

use rand::{Rng, RngExt};

/// Draws normal deviates with a mean in [0, 1], conditioned on lying in [0, 1] too.
///
/// By rejection, which is exact and needs no quantiles: of a uniform proposal where the curve is nearly flat over the
/// interval, of a normal one where it is narrow. At least two in nine proposals are accepted, whatever the mean and the
/// deviation.
#[derive(Debug, Default)]
pub(crate) struct TruncatedNormal {
    /// The second standard normal deviate of a pair.
    spare: Option<f64>,
}

impl TruncatedNormal {
    pub(crate) fn draw(&mut self, rng: &mut impl Rng, mean: f64, deviation: f64) -> f64 {
        // Also where the deviation is NaN or the mean outside: no loop without an end.
        if !(deviation > 0.0 && (0.0..=1.0).contains(&mean)) {
            return mean;
        }
        // Where the accepted shares of both proposals are equal.
        if deviation * deviation * TAU > 1.0 {
            loop {
                let drawn: f64 = rng.random();
                let distance = (drawn - mean) / deviation;
                if rng.random::<f64>() < (-0.5 * distance * distance).exp() {
                    return drawn;
                }
            }
        }
        loop {
            let drawn = mean + deviation * self.standard(rng);
            if (0.0..=1.0).contains(&drawn) {
                return drawn;
            }
        }
    }

    /// A standard normal deviate by Marsaglia's polar method.
    fn standard(&mut self, rng: &mut impl Rng) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (2.0 * rng.random::<f64>() - 1.0, 2.0 * rng.random::<f64>() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                let factor = (-2.0 * square.ln() / square).sqrt();
                self.spare = Some(y * factor);
                return x * factor;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha8Rng;

    use super::*;

    /// Mean and variance of 40,000 draws, within four of their standard errors.
    #[test]
    fn moments_are_those_of_the_truncated_normal() {
        let cases = [
            (0.1, 0.15, 0.164_102_637_6, 0.011_980_586_9),
            (0.5, 0.3, 0.5, 0.057_002_979_9),
            (0.95, 0.06, 0.928_794_892_4, 0.002_090_088_0),
        ];
        for (seed, (centre, deviation, mean, variance)) in (0..).zip(cases) {
            check(seed, centre, deviation, mean, variance);
        }
    }

    /// The same against moments by quadrature, wide deviations included.
    #[test]
    fn moments_agree_with_quadrature() {
        for (seed, (centre, deviation)) in (0..).zip([(0.0, 0.2), (0.3, 0.399), (0.3, 0.4), (0.7, 1.0), (1.0, 30.0)]) {
            let weight = |at: f64| (-0.5 * ((at - centre) / deviation).powi(2)).exp();
            let moment = |power: i32| -> f64 {
                (0..2000).map(|cell| (f64::from(cell) + 0.5) / 2000.0).map(|at| weight(at) * at.powi(power)).sum()
            };
            let mean = moment(1) / moment(0);
            check(seed, centre, deviation, mean, moment(2) / moment(0) - mean * mean);
        }
    }

    fn check(seed: u64, centre: f64, deviation: f64, mean: f64, variance: f64) {
        const DRAWS: u32 = 40_000;
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut normal = TruncatedNormal::default();
        let draws: Vec<_> = (0..DRAWS).map(|_| normal.draw(&mut rng, centre, deviation)).collect();
        assert!(draws.iter().all(|draw| (0.0..=1.0).contains(draw)));
        let n = f64::from(DRAWS);
        let found = draws.iter().sum::<f64>() / n;
        assert!((found - mean).abs() < 4.0 * (variance / n).sqrt(), "mean {found}, not {mean}");
        let squares = || draws.iter().map(|draw| (draw - mean).powi(2));
        let found = squares().sum::<f64>() / n;
        let fourth = squares().map(|square| square * square).sum::<f64>() / n;
        let error = ((fourth - variance * variance) / n).sqrt();
        assert!((found - variance).abs() < 4.0 * error, "variance {found}, not {variance}");
    }

    #[test]
    fn nonsense_ends() {
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let mut normal = TruncatedNormal::default();
        assert_eq!(normal.draw(&mut rng, 0.5, 0.0), 0.5);
        assert_eq!(normal.draw(&mut rng, 0.5, f64::NAN), 0.5);
        assert!((0.0..=1.0).contains(&normal.draw(&mut rng, 0.5, f64::INFINITY)));
    }
}
