//! A database that another program has locked for a while.

use std::env;
use std::thread;
use std::time::{Duration, Instant};

use hyperopt::study::{Commit, Opening, Store};
use hyperopt::{Goal, Space};
use hyperopt_store::Study;

use crate::run::{Result, Run, places};

fn dose() -> Duration {
    Duration::from_secs(env::var("HYPEROPT_LOCKED").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(2))
}

/// Another program, which has locked the study.
fn hold(run: &Run) -> Result<Study> {
    // It must not lose the lock for being slow.
    let mut study = run.study()?.grace(Duration::from_mins(10));
    study
        .open(&Opening::new(Space::default(), vec![Goal::Minimize], 7, "another".into(), false))
        .map_err(|error| error.to_string())?;
    study.lock().map_err(|error| error.to_string())?;
    Ok(study)
}

fn release(mut study: Study) -> Result<()> {
    study.unlock(Commit::Nothing, &[]).map_err(|error| error.to_string())?;
    Ok(())
}

#[test]
fn a_lock_is_waited_for() -> Result<()> {
    for duration in [Duration::ZERO, dose()] {
        for (scratch, mut run) in places(&format!("locked-{}", duration.as_secs()))? {
            (run.patience, run.retries) = (dose() + Duration::from_secs(30), 0);
            run.survives(&scratch, |_| {
                run.reaches(20)?;
                let (held, begun) = (hold(&run)?, Instant::now());
                let before = run.finished()?;
                thread::sleep(duration.saturating_sub(begun.elapsed()));
                // Nobody has begun a trial.
                assert!(run.finished()? <= before + 3);
                release(held)
            })?;
        }
    }
    Ok(())
}

#[test]
fn a_lock_that_is_kept_is_named() -> Result<()> {
    for (scratch, run) in places("kept")? {
        let hasty = Run { patience: Duration::from_millis(300), trials: 60, ..run.clone() };
        hasty.start(&scratch, &[])?.succeeds()?;
        let hasty = Run { trials: run.trials, ..hasty };
        let held = hold(&run)?;
        let said = hasty.start(&scratch, &[])?.fails()?;
        assert!(said.contains("patience(") && said.contains("lock"), "{said}");
        release(held)?;
        hasty.survives(&scratch, |_| Ok(()))?;
    }
    Ok(())
}
