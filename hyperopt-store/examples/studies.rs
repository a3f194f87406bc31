//! Writes sweeps with everything that a sweep can have, for the programs in `tests/clients` to read.
//!
//! `studies DIRECTORY [URL [TRIALS]]` leaves `NAME.jsonl`, the trials as the crate itself exports them, beside what is to be checked
//! against them: the studies at URL, which is `sqlite:DIRECTORY/studies.db` if it is not given, journals, directories for
//! `TensorBoard`, Parquet files and, with the feature `mlflow`, runs at `MLFLOW_TRACKING_URI`. With `TRIALS`, it goes on with studies that are there, until each has had so many.

use std::fs::File;
use std::path::Path;
use std::thread;
use std::time::Duration;

use hyperopt::prelude::*;
use hyperopt_core::Trial;
use hyperopt_core::study::{Commit, Opening, Record, Store, StoreError};
use hyperopt_store::{Study, write_journal, write_tensorboard};

/// How long a trial lasts, for figures that show it.
const PAUSE: Duration = Duration::from_millis(4);

fn main() -> Result<(), StoreError> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().ok_or("which directory?")?;
    let url = arguments.next().unwrap_or_else(|| format!("sqlite:{directory}/studies.db"));
    let more = arguments.next().map(|text| text.parse::<u32>()).transpose()?;
    let trials = more.unwrap_or(40);
    let directory = Path::new(&directory);
    std::fs::create_dir_all(directory)?;
    let study = |name: &str| Study::open(&url).map(|study| study.name(name));
    write("axes", directory, axes(study("axes")?, trials))?;
    write("pruned", directory, pruned(study("pruned")?, trials))?;
    write("goals", directory, goals(study("goals")?, trials))?;
    write("budgets", directory, budgets(study("budgets")?))?;
    if more.is_none() { unfinished(study("unfinished")?) } else { Ok(()) }
}

fn write<P>(name: &str, directory: &Path, ho: Hyperoptimizer<P>) -> Result<(), StoreError> {
    if let Some(error) = ho.error() {
        return Err(error.clone().into());
    }
    ho.write_json_lines(File::create(directory.join(format!("{name}.jsonl")))?)?;
    let sweep = ho.into_sweep();
    write_journal(&sweep, name, File::create(directory.join(format!("{name}.log")))?)?;
    write_tensorboard(&sweep, directory.join("tensorboard").join(name))?;
    #[cfg(feature = "parquet")]
    hyperopt_store::write_parquet(&sweep, File::create(directory.join(format!("{name}.parquet")))?)?;
    #[cfg(feature = "mlflow")]
    if std::env::var_os("MLFLOW_TRACKING_URI").is_some() {
        println!("{}", hyperopt_store::Mlflow::from_env()?.experiment(name).log(&sweep)?);
    }
    Ok(())
}

/// Two trials are told, one waits, and one is running when the process ends.
fn unfinished(mut study: Study) -> Result<(), StoreError> {
    let ho = hyperopt!(
        seed = 5,
        rate = log(1e-4..=1.0),
        layers = 1..=4,
        for _ in 0..4 {
            rate * f64::from(layers)
        }
    );
    study.open(&Opening::new(ho.space().clone(), vec![Minimize], ho.seed(), "RandomSampler".into(), false))?;
    for trial in ho.history().trials() {
        study.lock()?;
        let started = Trial::running(trial.number(), trial.configuration(), None, trial.point().clone());
        study.unlock(Commit::Start(&Record::new(started)), &[])?;
        if trial.number() < 2 {
            study.tell(&Record::new(trial.clone()), true)?;
        }
    }
    study.requeue(2)?;
    // As a process that is killed: one that ends puts its trials back.
    std::mem::forget(study);
    Ok(())
}

/// Every kind of axis; some trials fail, by an error or by NaN.
fn axes(study: Study, trials: u32) -> Hyperoptimizer<impl Sized> {
    hyperopt!(
        study = study,
        seed = 1,
        continuous = -1.0..=1.0,
        half_open = 0.0..1.0,
        log_continuous = log(1e-5..=1e-1),
        steps = linrange(0.0, 1.0, 11),
        powers = exp_linrange(-3.0, 0.0, 7),
        integers = 1..=8,
        log_integers = log(1..=1000),
        single = [7],
        words = ["adam", "sgd", "it's \"ü\""],
        switch = [true, false],
        whole = [16, 32, 64],
        real = [0.1, 0.25, 1e-300],
        order = ordinal(["low", "middle", "high"]),
        momentum = if words == "sgd" {
            0.0..=0.99
        },
        width = if switch { 8..=64 } else { 100..=200 },
        for i in 0..trials {
            thread::sleep(PAUSE);
            let loss = continuous * continuous + half_open + steps + (log_continuous.log10() + 3.0).abs() + powers;
            let loss = loss + f64::from(integers + whole + width) / 100.0 + f64::from(log_integers).ln() + real;
            let loss = loss + momentum.unwrap_or(0.3) + f64::from(single) + order.len() as f64;
            match i % 10 {
                3 => Err(format!("out of \"memory\"\nin trial {i}")),
                7 => Ok(Metrics::new(f64::NAN).with("epochs", 0.0)),
                _ => Ok(Metrics::new(loss).with("epochs", f64::from(i)).with("1/0", f64::INFINITY)),
            }
        }
    )
}

/// Curves, some of which are cut; reports that are NaN or infinite.
fn pruned(study: Study, trials: u32) -> Hyperoptimizer<impl Sized> {
    hyperopt!(
        study = study,
        sampler = TpeSampler::new().pruner(MedianPruner::new()),
        seed = 2,
        goal = Maximize,
        rate = log(1e-4..=1.0),
        layers = 1..=4,
        'sweep: for trial in 0..trials {
            let mut accuracy = 0.0;
            for epoch in 0..12 {
                thread::sleep(PAUSE / 4);
                accuracy += (1.0 - accuracy) * rate.sqrt() / (1.0 + f64::from(layers)) * 0.5;
                let reported = match (trial.number() % 13, epoch) {
                    (5, 2) => f64::NAN,
                    (6, 2) => f64::NEG_INFINITY,
                    (7, 2) => f64::INFINITY,
                    _ => accuracy,
                };
                trial.report(epoch, reported);
                if trial.should_prune() {
                    continue 'sweep;
                }
            }
            accuracy
        }
    )
}

/// Two named goals and a constraint.
fn goals(study: Study, trials: u32) -> Hyperoptimizer<impl Sized> {
    hyperopt!(
        study = study,
        sampler = Nsga2Sampler::new(),
        seed = 3,
        goal = [Minimize, Maximize],
        width = log(8..=512),
        rate = log(1e-4..=1.0),
        for _ in 0..trials {
            thread::sleep(PAUSE);
            let width = f64::from(width);
            let loss = 1.0 / width + (rate.log10() + 2.0).powi(2) / 10.0;
            Metrics::objectives([("loss", loss), ("speed", 1000.0 / width)]).constraint("memory", width - 300.0)
        }
    )
}

/// Rungs of configurations.
fn budgets(study: Study) -> Hyperoptimizer<impl Sized> {
    hyperopt!(
        study = study,
        sampler = Bohb::new(),
        seed = 4,
        rate = log(1e-4..=1.0),
        units = [16, 32, 64],
        for (epochs, state) in 1..=27 {
            thread::sleep(PAUSE);
            let done = state.unwrap_or(0);
            let loss = (rate.log10() + 2.0).powi(2) + 32.0 / f64::from(units) + 5.0 / f64::from(epochs);
            (Metrics::new(loss).with("went on from", f64::from(done)), epochs)
        }
    )
}
