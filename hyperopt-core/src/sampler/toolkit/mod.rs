//! What samplers share: which axes can be searched, trials by budget, losses across budgets, and reading a history that grows.

mod axes;
mod budgets;
mod cursor;
#[cfg(feature = "models")]
mod lbfgs;
mod link;
mod loss;
mod pool;
mod sample;

pub(crate) use axes::{is_constant, searched};
pub(crate) use budgets::ByBudget;
#[cfg(feature = "models")]
pub(crate) use budgets::is_of_budget;
pub(crate) use cursor::{ClosedTrials, Cursor};
#[cfg(feature = "models")]
pub(crate) use lbfgs::{Lbfgs, Limits};
pub(crate) use loss::loss;
pub(crate) use pool::Pool;
pub(crate) use sample::{Sample, hash};
