//! What can be set; the defaults are those that Watanabe 2023 recommends.

/// See the builder methods of [`TpeSampler`](super::TpeSampler).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Options {
    pub(super) startup: usize,
    pub(super) candidates: usize,
    pub(super) gamma: f64,
    pub(super) of_root: bool,
    pub(super) better_at_most: usize,
    pub(super) prior_weight: f64,
    pub(super) min_bandwidth: f64,
    pub(super) multivariate: bool,
    pub(super) reach: f64,
    pub(super) random_fraction: f64,
    pub(super) batch: Option<usize>,
    #[cfg(test)]
    pub(super) is_swapped: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            startup: 10,
            candidates: 24,
            gamma: 0.15,
            of_root: false,
            better_at_most: 25,
            prior_weight: 1.0,
            min_bandwidth: 0.03,
            multivariate: true,
            reach: 1.0 / 3.0,
            random_fraction: 0.0,
            batch: None,
            #[cfg(test)]
            is_swapped: false,
        }
    }
}

impl Options {
    /// What is wrong, with what to write instead.
    pub(super) fn check(&self) -> Result<(), String> {
        let Self {
            startup,
            candidates,
            gamma,
            better_at_most,
            prior_weight,
            min_bandwidth,
            random_fraction,
            reach,
            ..
        } = self;
        if *startup < 2 {
            Err(format!("startup({startup}) leaves nothing to tell better from worse; write at least 2"))
        } else if *candidates == 0 {
            Err("candidates(0) leaves nothing to choose from; write at least 1".into())
        } else if !(*gamma > 0.0 && *gamma < 1.0) {
            Err(format!(
                "gamma({gamma}) leaves one of two groups empty; write a share between 0.0 and 1.0, such as 0.15"
            ))
        } else if *better_at_most == 0 {
            Err("better_at_most(0) leaves the better group empty; write at least 1".into())
        } else if !(*prior_weight > 0.0 && prior_weight.is_finite()) {
            Err(format!("prior_weight({prior_weight}) is no weight; write a number above 0.0, such as 1.0"))
        } else if !(*min_bandwidth > 0.0 && *min_bandwidth <= 1.0) {
            Err(format!("min_bandwidth({min_bandwidth}) is no part of an axis; write a number above 0.0, up to 1.0"))
        } else if !(0.0..=1.0).contains(reach) {
            Err(format!("reach({reach}) is not a share; write 0.0 to 1.0"))
        } else if !(0.0..=1.0).contains(random_fraction) {
            Err(format!("random_fraction({random_fraction}) is not a share; write 0.0 to 1.0"))
        } else {
            Ok(())
        }
    }
}
