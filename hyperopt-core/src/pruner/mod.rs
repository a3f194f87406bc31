//! Pruners, which end unpromising trials while they run, by comparing what they report with other trials.

mod checks;
mod compared;
mod compiler_advice;
mod contract;
mod median;
mod patient;
mod percentile;
mod pruned;
mod step_values;
mod successive_halving;
#[cfg(test)]
mod tests;
mod threshold;
mod wilcoxon;

pub use compared::Compared;
pub use compiler_advice::WithoutPruner;
pub use contract::Pruner;
pub use median::MedianPruner;
pub use patient::{NeverPrune, PatientPruner};
pub use percentile::PercentilePruner;
pub use pruned::{Pruned, WithPruner};
pub use successive_halving::SuccessiveHalvingPruner;
pub use threshold::ThresholdPruner;
pub use wilcoxon::WilcoxonPruner;
