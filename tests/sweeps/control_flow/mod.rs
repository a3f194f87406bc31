//! The loop stays a Rust loop: whatever it may contain without the macro, it may contain within it.

mod asynchronous;
mod captures;
mod conditions;
mod going_on;
mod heads;
mod leaving;
mod values;
mod without_a_loop;

use std::cell::Cell;
use std::fmt::Debug;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use hyperopt::prelude::*;
use hyperopt::{Error, Hyperband, State, StopReason, Ticket};

/// Returns the states of all trials, in the order of asking.
fn states<P>(ho: &Hyperoptimizer<P>) -> Vec<State> {
    ho.history().trials().iter().map(hyperopt::Trial::state).collect()
}

/// Runs a future that is never really pending.
fn run<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// Is pending once.
async fn pause() {
    let mut paused = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut paused, true) {
            Poll::Ready(())
        } else {
            context.waker().wake_by_ref();
            Poll::Pending
        }
    })
    .await;
}
