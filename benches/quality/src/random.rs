//! The random numbers of the problems: `SplitMix64` (Steele, Lea and Flood, 2014), so that no release of a crate can change
//! a problem.

#[derive(Clone, Debug)]
pub struct SplitMix(u64);

impl SplitMix {
    /// A stream for each name and seed.
    pub fn new(name: &str, seed: u64) -> Self {
        // FNV-1a of the name.
        let name = name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let mut stream = Self(name);
        Self(stream.next() ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to 1, 1 excluded.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn between(&mut self, lo: f64, hi: f64) -> f64 {
        lo + self.unit() * (hi - lo)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }

    /// A standard normal number (Box and Muller).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Returns the number of successes among Bernoulli draws, by inversion; of the rarer outcome, whose probabilities do not underflow.
    pub fn binomial(&mut self, draws: u32, probability: f64) -> f64 {
        let rarer = probability.min(1.0 - probability);
        let odds = rarer / (1.0 - rarer);
        let mut left = self.unit();
        let mut chance = (1.0 - rarer).powi(draws as i32);
        let mut hits = 0.0;
        while left >= chance && hits < f64::from(draws) {
            left -= chance;
            chance *= odds * (f64::from(draws) - hits) / (hits + 1.0);
            hits += 1.0;
        }
        if probability > 0.5 { f64::from(draws) - hits } else { hits }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the reference implementation from state 0 (Vigna's `splitmix64.c`).
    #[test]
    fn stream_is_that_of_the_reference() {
        let mut stream = SplitMix(0);
        assert_eq!([stream.next(), stream.next()], [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]);
    }

    #[test]
    fn draws_have_the_right_moments() {
        let mut stream = SplitMix::new("moments", 0);
        let moments = |values: Vec<f64>| {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            (mean, values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64)
        };
        let (mean, variance) = moments((0..20_000).map(|_| stream.normal()).collect());
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05, "{mean} {variance}");
        for probability in [0.0, 0.2, 0.9, 1.0] {
            let (mean, variance) = moments((0..20_000).map(|_| stream.binomial(9, probability)).collect());
            let expected = 9.0 * probability * (1.0 - probability);
            assert!((mean - 9.0 * probability).abs() < 0.05 && (variance - expected).abs() < 0.1, "{mean} {variance}");
        }
    }
}
