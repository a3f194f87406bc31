//! The constants of the strategy: Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv 1604.00772, Table 1.

/// How many trials a generation has by default, for `n` hyperparameters: equation 48.
pub(super) fn default_population(n: usize) -> usize {
    4 + (3.0 * (n.max(1) as f64).ln()) as usize
}

/// All that depends on the numbers of dimensions and of trials in a generation alone; names as in the tutorial.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parameters {
    /// From the best trial to the worst: the positive ones add up to 1, and the worse half has negative ones.
    pub(super) weights: Vec<f64>,
    /// How many weights are for recombination.
    pub(super) mu: usize,
    pub(super) mu_eff: f64,
    pub(super) c_sigma: f64,
    pub(super) d_sigma: f64,
    pub(super) c_c: f64,
    pub(super) c_1: f64,
    pub(super) c_mu: f64,
    /// How many generations share one decomposition of the covariance matrix.
    pub(super) lag: u64,
}

impl Parameters {
    pub(super) fn new(dimensions: usize, population: usize) -> Self {
        let n = dimensions.max(1) as f64;
        let mu = population / 2;
        let half = f64::midpoint(population as f64, 1.0).ln();
        let raw: Vec<_> = (1..=population).map(|rank| half - (rank as f64).ln()).collect();
        let effective = |weights: &[f64]| {
            weights.iter().sum::<f64>().powi(2) / weights.iter().map(|weight| weight * weight).sum::<f64>()
        };
        let (mu_eff, mu_eff_negative) = (effective(&raw[..mu]), effective(&raw[mu..]));
        let c_1 = 2.0 / ((n + 1.3).powi(2) + mu_eff);
        let c_mu = (2.0 * (0.25 + mu_eff + 1.0 / mu_eff - 2.0) / ((n + 2.0).powi(2) + mu_eff)).min(1.0 - c_1);
        let negative =
            (1.0 + c_1 / c_mu).min(1.0 + 2.0 * mu_eff_negative / (mu_eff + 2.0)).min((1.0 - c_1 - c_mu) / (n * c_mu));
        let sum = |sign: f64| raw.iter().map(|weight| (sign * weight).max(0.0)).sum::<f64>();
        let (above, below) = (sum(1.0), sum(-1.0));
        let weights: Vec<_> =
            raw.iter().map(|weight| if *weight >= 0.0 { weight / above } else { negative * weight / below }).collect();
        let c_sigma = (mu_eff + 2.0) / (n + mu_eff + 5.0);
        Self {
            weights,
            mu,
            mu_eff,
            c_sigma,
            d_sigma: 1.0 + 2.0 * (((mu_eff - 1.0) / (n + 1.0)).sqrt() - 1.0).max(0.0) + c_sigma,
            c_c: (4.0 + mu_eff / n) / (n + 4.0 + 2.0 * mu_eff / n),
            c_1,
            c_mu,
            lag: (1.0 / (10.0 * n * (c_1 + c_mu))).max(1.0) as u64,
        }
    }
}
