//! Workers that are killed at any moment: nothing that was told is lost, no trial is told twice, the numbers stay dense, and
//! the sweep is the one that nobody had disturbed.
//!
//! `HYPEROPT_KILLS=200 cargo test --release --test kills` is the soak.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use hyperopt::prelude::*;
use hyperopt::{End, State, Sweep};
use hyperopt_store::Study;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const WORKERS: usize = 3;

fn sweep(url: &str, trials: u32, mut each: impl FnMut(u32, f64)) -> Result<Sweep> {
    let study = Study::open(url)?.name("kills").heartbeat(Duration::from_millis(200)).retries(1_000_000);
    let ho = hyperopt!(
        study = study,
        seed = 7,
        x = 0.0..=1.0,
        n = 1..=64,
        kind = ["a", "b", "c"],
        rate = if kind == "a" {
            log(1e-4..=1.0)
        },
        for i in 0..trials {
            let value = x + f64::from(n) + rate.unwrap_or(0.5);
            each(i, value);
            value
        }
    );
    Ok(ho.into_sweep())
}

/// What a worker does, in a process of its own: writes down what it was told is kept. A trial is known to be kept when the
/// next one begins.
#[test]
#[ignore = "is one of the processes of the other tests"]
fn worker() -> Result<()> {
    let (url, file) = (env::var("KILLS_URL")?, env::var("KILLS_FILE")?);
    let trials = env::var("KILLS_TRIALS")?.parse()?;
    let mut kept = OpenOptions::new().append(true).create(true).open(file)?;
    let mut before = None;
    let ho = sweep(&url, trials, |number, value| {
        if let Some((number, value)) = before.replace((number, value)) {
            // In one call, so that no line is torn.
            kept.write_all(format!("{number} {value:?}\n").as_bytes()).unwrap();
        }
        thread::sleep(Duration::from_micros(u64::from(number % 7) * 700));
    })?;
    assert_eq!(ho.end(), End::Planned, "{:?}", ho.error());
    Ok(())
}

fn start(url: &str, directory: &Path, trials: u32, index: usize) -> Result<Child> {
    let child = Command::new(env::current_exe()?)
        .args(["worker", "--exact", "--ignored"])
        .env("KILLS_URL", url)
        .env("KILLS_FILE", directory.join(format!("kept-{index}")))
        .env("KILLS_TRIALS", trials.to_string())
        .stdout(Stdio::null())
        .spawn()?;
    Ok(child)
}

/// Runs the sweep with `kills` kills; gives how often trials were begun again.
fn disturbed(url: &str, directory: &Path, kills: usize) -> Result<()> {
    fs::create_dir_all(directory)?;
    let trials = 40 + 12 * kills as u32;
    let mut rng = ChaCha8Rng::seed_from_u64(0);
    let mut started = 0;
    let mut next = || {
        started += 1;
        start(url, directory, trials, started)
    };
    let mut workers: Vec<Child> = (0..WORKERS).map(|_| next()).collect::<Result<_>>()?;
    for kill in 0..kills {
        thread::sleep(Duration::from_micros(rng.random_range(0..60_000)));
        let victim = &mut workers[kill % WORKERS];
        victim.kill()?;
        victim.wait()?;
        *victim = next()?;
    }
    let deadline = Instant::now() + Duration::from_secs(120);
    for worker in &mut workers {
        while worker.try_wait()?.is_none() {
            assert!(Instant::now() < deadline, "the workers do not come to an end");
            thread::sleep(Duration::from_millis(5));
        }
        assert!(worker.wait()?.success());
    }

    let mut runs = 0;
    let found = sweep(url, trials, |_, _| runs += 1)?;
    assert_eq!(
        (runs, found.history().len(), found.history().count(State::Complete)),
        (0, trials as usize, trials as usize)
    );
    let mut kept = BTreeMap::new();
    for file in fs::read_dir(directory)?.filter_map(|entry| Some(entry.ok()?.path())) {
        if file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("kept-")) {
            for line in fs::read_to_string(file)?.lines() {
                let (number, value) = line.split_once(' ').ok_or("a torn line")?;
                assert!(
                    kept.insert(number.parse::<usize>()?, value.parse::<f64>()?).is_none(),
                    "{number} was told twice"
                );
            }
        }
    }
    assert!(kept.len() > trials as usize / 2, "{} of {trials}", kept.len());
    for (number, value) in kept {
        assert_eq!(found.history().trials()[number].objective(), Some(value), "{number}");
    }
    let alone = hyperopt!(
        seed = 7,
        x = 0.0..=1.0,
        n = 1..=64,
        kind = ["a", "b", "c"],
        rate = if kind == "a" {
            log(1e-4..=1.0)
        },
        for _ in 0..trials {
            x + f64::from(n) + rate.unwrap_or(0.5)
        }
    );
    for (trial, (undisturbed, _)) in found.history().trials().iter().zip(alone.trials()) {
        assert_eq!((trial.point(), trial.value()), (undisturbed.point(), undisturbed.value()), "{}", trial.number());
    }
    Ok(())
}

fn kills() -> usize {
    env::var("HYPEROPT_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12)
}

fn directory(name: &str) -> Result<PathBuf> {
    let directory = env::temp_dir().join(format!("hyperopt-{name}-{}", std::process::id()));
    fs::create_dir_all(&directory)?;
    Ok(directory)
}

#[test]
fn a_study_in_a_file_outlives_its_workers() -> Result<()> {
    for kills in [0, kills()] {
        let directory = directory(&format!("kills-{kills}"))?;
        disturbed(&format!("sqlite:{}", directory.join("study.db").display()), &directory, kills)?;
        fs::remove_dir_all(directory)?;
    }
    Ok(())
}
