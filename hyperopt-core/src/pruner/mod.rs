//! What gives trials up while they run: pruners, which compare what a trial has reported with what others did.

mod checks;
mod contract;
mod median;
mod patient;
mod percentile;
mod pruned;
mod successive_halving;
#[cfg(test)]
mod tests;
mod threshold;
mod wilcoxon;
mod without;

pub use contract::Pruner;
pub use median::MedianPruner;
pub use patient::{NeverPrune, PatientPruner};
pub use percentile::PercentilePruner;
pub use pruned::{Pruned, WithPruner};
pub use successive_halving::SuccessiveHalvingPruner;
pub use threshold::ThresholdPruner;
pub use wilcoxon::WilcoxonPruner;
pub use without::WithoutPruner;
