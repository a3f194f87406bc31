//! Processes that are killed at any moment, or asked to end.

use std::env;
use std::thread;
use std::time::Duration;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use crate::run::{Result, Run, Scratch, Shape, WORKERS, places};

/// Runs the sweep with `kills` processes ended by `signal`, each replaced by a new one.
fn disturbed(scratch: &Scratch, run: &Run, signal: &str, kills: usize) -> Result<()> {
    let mut rng = ChaCha8Rng::seed_from_u64(0);
    run.survives(scratch, |workers| {
        for kill in 0..kills {
            thread::sleep(Duration::from_micros(rng.random_range(0..60_000)));
            let victim = &mut workers[kill % WORKERS];
            // One that has nothing to do any more may have ended.
            let _ = victim.signal(signal);
            victim.child.wait()?;
            *victim = run.start(scratch, &[])?;
        }
        Ok(())
    })
}

fn kills() -> usize {
    env::var("HYPEROPT_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12)
}

fn all(name: &str, shape: Shape, signal: &str, kills: usize, set: impl Fn(&mut Run)) -> Result<()> {
    for kills in [0, kills] {
        for (scratch, mut run) in places(&format!("{name}-{kills}"))? {
            (run.shape, run.trials) = (shape, 40 + 12 * kills as u32);
            set(&mut run);
            disturbed(&scratch, &run, signal, kills)?;
        }
    }
    Ok(())
}

#[test]
fn a_study_outlives_its_workers() -> Result<()> {
    all("kills", Shape::Counted, "KILL", kills(), |_| {})
}

#[test]
fn a_study_outlives_workers_with_threads() -> Result<()> {
    all("parallel-kills", Shape::Parallel, "KILL", kills() / 2, |_| {})
}

/// Rungs are resumed by others where their process died.
#[test]
fn rungs_outlive_their_workers() -> Result<()> {
    all("hyperband-kills", Shape::Hyperband, "KILL", kills() / 2, |run| run.pause = 12_000)?;
    all("bohb-kills", Shape::Bohb, "KILL", kills() / 2, |run| run.pause = 12_000)
}

/// Processes that are asked to end put their trials back themselves: nobody has to find them dead, and no try is lost.
#[test]
fn workers_that_are_asked_to_end_lose_no_try() -> Result<()> {
    all("ends", Shape::Counted, "TERM", kills(), |run| run.retries = 0)?;
    all("parallel-ends", Shape::Parallel, "TERM", kills() / 2, |run| run.retries = 0)?;
    all("hyperband-ends", Shape::Hyperband, "TERM", kills() / 2, |run| (run.retries, run.pause) = (0, 12_000))
}
