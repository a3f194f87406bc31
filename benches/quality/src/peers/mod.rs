//! Samplers of other crates.

mod cmaes;
mod egobox;
mod optimizer;
mod reals;
mod tpe;

use crate::method::{Method, Scheduler};

/// Returns their methods for single-fidelity problems.
pub fn methods() -> Vec<Method> {
    let mut methods = optimizer::methods();
    methods.extend([tpe::METHOD, egobox::METHOD, cmaes::METHOD]);
    methods
}

/// Returns their methods for problems with budgets.
pub fn schedulers() -> Vec<Scheduler> {
    optimizer::schedulers()
}
