//! What can be set.

/// See the builder methods of [`CmaEsSampler`](super::CmaEsSampler).
#[derive(Clone, Debug)]
pub(super) struct Options {
    pub(super) population: Option<usize>,
    pub(super) sigma: f64,
    pub(super) restarts: bool,
    pub(super) batch: Option<usize>,
    #[cfg(test)]
    pub(super) sabotage: Sabotage,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            population: None,
            sigma: 1.0 / 6.0,
            restarts: true,
            batch: None,
            #[cfg(test)]
            sabotage: Sabotage::None,
        }
    }
}

/// The smallest generation: what the default is in one dimension, and what leaves two trials to recombine.
pub(super) const LEAST_POPULATION: usize = 4;

/// A larger generation is a slip of the pen.
const MOST_POPULATION: usize = 1_000_000;

impl Options {
    /// What is wrong, with what to write instead.
    pub(super) fn check(&self) -> Result<(), String> {
        if let Some(population) =
            self.population.filter(|population| !(LEAST_POPULATION..=MOST_POPULATION).contains(population))
        {
            Err(format!(
                "population({population}) is no size of a generation; write {LEAST_POPULATION} to {MOST_POPULATION}"
            ))
        } else if !(self.sigma > 0.0 && self.sigma <= 1.0) {
            Err(format!("sigma({:?}) is no share of an axis; write a number above 0.0, up to 1.0", self.sigma))
        } else {
            Ok(())
        }
    }
}

/// Ways to spoil the search: a test that they pass tests nothing.
#[cfg(test)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sabotage {
    None,
    /// The worst trials pass for the best.
    Inverted,
    /// The order of the trials is that of asking.
    Unranked,
}
