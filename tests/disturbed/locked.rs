//! A database that another program has locked for a while.

use std::env;
use std::thread;
use std::time::{Duration, Instant};

use hyperopt::study::{Commit, Opening, Store};
use hyperopt::{Goal, Space};
use hyperopt_store::Study;

use crate::run::{Result, Run, Scratch, WORKERS, Worker, places, server};
use crate::server::{of_database, sql};

fn dose() -> Duration {
    Duration::from_secs(env::var("HYPEROPT_LOCKED").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(2))
}

/// Another program, which has locked the study.
pub(crate) fn hold(run: &Run) -> Result<Study> {
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
fn a_lock_that_lasts_is_spoken_of() -> Result<()> {
    for (scratch, mut run) in places("spoken")? {
        (run.retries, run.trials, run.pause) = (0, 60, 300_000);
        let workers = (0..WORKERS).map(|_| run.start(&scratch, &[])).collect::<Result<Vec<_>>>()?;
        run.reaches(4)?;
        let held = hold(&run)?;
        thread::sleep(Duration::from_secs(8));
        release(held)?;
        let said = workers.into_iter().map(Worker::succeeds).collect::<Result<String>>()?;
        let whom = ["another program, which has locked its file", "a lock of session "];
        let words = format!("hyperopt: study `{}`: it waits for ", run.name);
        assert!(whom.iter().any(|whom| said.contains(&format!("{words}{whom}"))), "{said}");
        assert!(said.contains(&format!("study `{}`: it goes on, after ", run.name)), "{said}");
        run.check(&scratch)?;
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
        // With time for each other.
        run.survives(&scratch, |_| Ok(()))?;
    }
    Ok(())
}

/// Another program that has locked a table, as a migration, a `VACUUM FULL` or a forgotten `psql` would.
#[test]
fn a_table_that_is_locked_is_waited_for_and_named() -> Result<()> {
    let Some(server) = server() else { return Ok(()) };
    // Other tests go on in theirs.
    let name = format!("locked_{}", std::process::id());
    sql(&server, &[&format!("CREATE DATABASE {name}")])?;
    let url = of_database(&server, &name);
    let seconds = dose().as_secs().max(8);
    for (table, seconds) in [("trials", 0), ("trial_values", seconds)] {
        let mut run = Run::new(&url, &format!("{table}-{seconds}"));
        (run.retries, run.trials, run.pause) = (0, 60, if seconds > 0 { 300_000 } else { 3_000 });
        run.patience = dose() + Duration::from_secs(30);
        let scratch = Scratch::new(&run.name)?;
        let workers = (0..WORKERS).map(|_| run.start(&scratch, &[])).collect::<Result<Vec<_>>>()?;
        run.reaches(4)?;
        let holds = format!("BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep({seconds}); COMMIT");
        sql(&url, &[&holds])?;
        let said = workers.into_iter().map(Worker::succeeds).collect::<Result<String>>()?;
        let words = ["it waits for a lock of session ", "program psql, user hyperopt", "it goes on, after "];
        for words in words {
            assert_eq!(said.contains(words), seconds > 0, "{words}: {said}");
        }
        run.check(&scratch)?;
    }
    sql(&server, &[&format!("DROP DATABASE {name} WITH (FORCE)")])?;
    Ok(())
}

/// Longer than it is waited for.
#[test]
fn a_table_that_stays_locked_is_named() -> Result<()> {
    let Some(server) = server() else { return Ok(()) };
    let name = format!("kept_{}", std::process::id());
    sql(&server, &[&format!("CREATE DATABASE {name}")])?;
    let mut run = Run::new(&of_database(&server, &name), "kept");
    (run.trials, run.patience) = (60, Duration::from_secs(1));
    let (scratch, url) = (Scratch::new("kept-table")?, run.url.clone());
    let worker = Run { pause: 60_000, ..run.clone() }.start(&scratch, &[])?;
    run.reaches(5)?;
    let holds = "BEGIN; LOCK TABLE trials IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(3); COMMIT";
    let holds = thread::spawn(move || sql(&url, &[holds]).map_err(|error| error.to_string()));
    let said = worker.fails()?;
    assert!(said.contains("lock timeout") && said.contains("a session that has locked a table"), "{said}");
    holds.join().map_err(|_| "nothing was locked")??;
    run.patience = Duration::from_mins(1);
    run.survives(&scratch, |_| Ok(()))?;
    sql(&server, &[&format!("DROP DATABASE {name} WITH (FORCE)")])?;
    Ok(())
}
