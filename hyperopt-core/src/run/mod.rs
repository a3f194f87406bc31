//! Ways to run a sweep: loops, functions, and ask and tell.

mod ask_tell;
mod checkpoint;
mod checkpointed;
mod executor;
mod hyperband_fn;
mod loop_range;
pub(crate) mod macro_support;
mod objective;
mod over_budgets;
mod parallel;
mod running_trial;
mod search;
mod sequential;
mod state_files;
mod state_owner;
mod states;
mod ticket;
mod trial_items;

pub(crate) use ask_tell::OpenKind;
pub use ask_tell::{AskTell, TrialHandle, open};
pub use checkpoint::{Checkpoint, CheckpointError, CheckpointFn, Persist, checkpoint};
pub use checkpointed::checkpointed;
pub use executor::{CurrentPool, Executor, MapFn, Workers, map_fn, workers};
pub use hyperband_fn::hyperband;
pub use loop_range::{LoopRange, pair};
pub use objective::{Flow, Objective};
pub use over_budgets::OverBudgets;
pub use parallel::{Ran, Tell, run};
pub use running_trial::{RunningTrial, StepNumber};
pub use search::Search;
pub use sequential::{Driver, drive};
pub(crate) use state_files::{Files, save};
pub(crate) use state_owner::Owner;
pub(crate) use states::States;
pub use ticket::Ticket;
pub use trial_items::TrialItems;
