//! Schedulers, which decide which trial comes next, and with how many resources.

mod asha;
mod batches;
mod bohb;
mod brackets;
mod budgets;
mod contract;
mod dedup;
mod dehb;
mod hyperband;
mod kind;
mod pasha;
mod priorband;
mod pruned;
mod rung_system;
mod score;
mod stability;
mod strategy;
mod trials;
mod workload;

pub use asha::Asha;
pub use bohb::Bohb;
pub(crate) use contract::is_next;
pub use contract::{Scheduler, Step, View};
pub use dehb::Dehb;
pub use hyperband::Hyperband;
pub use kind::{Budgets, Pruning, Trials};
pub use pasha::Pasha;
pub use priorband::PriorBand;
pub(crate) use strategy::Chosen;
pub use strategy::Strategy;
pub(crate) use trials::SingleFidelity;
pub use workload::Workload;
