//! Loops whose trials report and are given up: what is recorded, in sequence, on threads, asked and told by hand; and what
//! it saves.

mod answers;
mod by_hand;
mod loops;
mod savings;
mod threads;

use hyperopt::prelude::*;
use hyperopt::{Error, Goal, Pruner, State, StopReason, Trial};

/// Returns the loss after `epoch` of fifty, which falls to a floor.
fn loss(rate: f64, epoch: i32) -> f64 {
    (rate.log10() + 3.0).powi(2) + 2.0 * 0.9_f64.powi(epoch)
}
