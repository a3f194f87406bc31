//! Eight trials in flight in an asynchronous program: after how long should a client send its request once more?
//!
//! `cargo run --release --example tokio_tasks`
//!
//! Most answers take some milliseconds, a few take far longer. A client that does not wait for those, but asks again and
//! takes the first answer, hedges its requests (Dean and Barroso, "The tail at scale", Communications of the ACM 56, 2013).
//! A trial is a task that mostly waits, so one thread runs eight of them. What the sampler has been told when it is asked
//! depends on the clock here: two runs differ.

use std::collections::HashMap;
use std::time::Duration;

use hyperopt::Error;
use hyperopt::prelude::*;
use rand::rngs::ChaCha8Rng;
use rand::{Rng, RngExt, SeedableRng};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Instant, sleep, timeout};

const TRIALS: usize = 48;
const IN_FLIGHT: usize = 8;
const REQUESTS: usize = 40;

#[derive(Clone, Copy)]
struct Policy {
    /// Milliseconds without an answer before the next copy is sent.
    patience: f64,
    copies: usize,
}

/// Stands for a server: one answer in twenty takes twenty times as long as the others.
fn answer(rng: &mut impl Rng) -> tokio::time::Sleep {
    let milliseconds = rng.random_range(1.0..3.0) * if rng.random_bool(0.05) { 20.0 } else { 1.0 };
    sleep(Duration::from_secs_f64(1e-3 * milliseconds))
}

/// Waits for the first answer, and returns how many copies of the request were sent.
async fn request(policy: Policy, rng: &mut ChaCha8Rng) -> usize {
    let mut answers = JoinSet::new();
    for sent in 1..policy.copies {
        answers.spawn(answer(rng));
        if timeout(Duration::from_secs_f64(1e-3 * policy.patience), answers.join_next()).await.is_ok() {
            return sent;
        }
    }
    answers.spawn(answer(rng));
    answers.join_next().await;
    policy.copies
}

/// Returns the mean milliseconds of a request, of which each copy costs two more, since the server has to answer it.
async fn trial(policy: Policy) -> f64 {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let (mut copies, start) = (0, Instant::now());
    for _ in 0..REQUESTS {
        copies += request(policy, &mut rng).await;
    }
    (1e3 * start.elapsed().as_secs_f64() + 2.0 * copies as f64) / REQUESTS as f64
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut ho =
        hyperopt!(into = Policy, sampler = TpeSampler::new(), seed = 7, patience = log(1.0..=60.0), copies = 2..=4);

    let mut tasks = JoinSet::new();
    // Not in the tasks: one that panics or is aborted takes with it what it holds.
    let mut tickets = HashMap::new();
    while ho.len() < TRIALS || !tasks.is_empty() {
        while ho.len() < TRIALS && tasks.len() < IN_FLIGHT {
            let (ticket, policy) = ho.ask()?;
            let task = tasks.spawn(timeout(Duration::from_secs(5), trial(policy)));
            tickets.insert(task.id(), ticket);
        }
        let Some(joined) = tasks.join_next_with_id().await else { break };
        let task = joined.as_ref().map_or_else(JoinError::id, |(task, _)| *task);
        if let Some(ticket) = tickets.remove(&task) {
            // A loss; or a failed trial, with the reason: too late, panicked, or cancelled.
            ho.tell(ticket, joined.map(|(_, loss)| loss))?;
        }
    }
    let ho = ho.finish();
    println!("{ho}");
    println!("{}", ho.best()?);
    println!("one copy of each request: {:.2}", trial(Policy { patience: 0.0, copies: 1 }).await);
    Ok(())
}
