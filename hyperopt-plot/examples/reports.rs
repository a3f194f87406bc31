//! Writes reports of many kinds of sweeps, for tests/clients to open in a browser.
//!
//! `reports DIRECTORY [TRIALS]` writes `hostile.html`, `mixed.html`, `goals.html`, `budgets.html`, `empty.html`, `live.html`, and
//! `many.html` with `TRIALS` trials over 12 hyperparameters (default: 10,000).

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use hyperopt_core::{
    Candidates, Dimension, Goal, Hyperband, MedianPruner, Metrics, Outcome, Parameters, RandomSampler, Search, Sweep,
    TpeSampler, WithPruner, categorical, hp, log,
};
use hyperopt_plot::report;

/// What would run, end an element, or leave an attribute if it were not escaped.
const HOSTILE: &str = "</script><img src=x onerror=alert(1)>\"'&<!--<script>";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().ok_or("which directory?")?;
    let trials = arguments.next().map_or(Ok(10_000), |text| text.parse())?;
    let directory = Path::new(&directory);
    std::fs::create_dir_all(directory)?;
    let mixed = mixed(300);
    report(&hostile()).title(HOSTILE).configuration(HOSTILE, HOSTILE).save(directory.join("hostile.html"))?;
    report(&mixed).save(directory.join("mixed.html"))?;
    report(&mixed).reload_every(Duration::from_secs(1)).save(directory.join("live.html"))?;
    report(&goals()).save(directory.join("goals.html"))?;
    report(&budgets()).save(directory.join("budgets.html"))?;
    report(&one(0)).save(directory.join("empty.html"))?;
    report(&one(1)).save(directory.join("one.html"))?;
    let many = many(trials);
    let began = Instant::now();
    report(&many).save(directory.join("many.html"))?;
    println!("many.html: {} trials in {:.2} s", trials, began.elapsed().as_secs_f64());
    Ok(())
}

/// A name, labels, reasons, metrics and notes that attack the page.
fn hostile() -> Sweep {
    let name = |n: usize| format!("{HOSTILE}{n}");
    let labels = categorical([0.0, 1.0, 2.0]).labels([name(0), name(1), "\u{202e}relu\u{1b}[2J".to_owned()]);
    let space = Parameters::new()
        .with(name(0), labels.dimension())
        .with("a b", (0.0..=1.0).dimension())
        .with("trial", (0.0..=1.0).dimension());
    let search = Search::new(space).sampler(RandomSampler::new()).seed(1).objective_names([HOSTILE]);
    let mut sweep = search
        .run(0..40, |i, values| match i % 8 {
            7 => Outcome::failed(format!("{HOSTILE} at step {i}\nsecond line {HOSTILE}")),
            _ => Metrics::new(values[1].1).with(name(1), 1.0).constraint(name(2), values[2].1 - 0.9).into(),
        })
        .into_sweep();
    sweep.add_note(format!("a note with {HOSTILE}"));
    sweep
}

/// A sweep with a conditional hyperparameter, failures, pruned trials and constraints.
fn mixed(trials: u64) -> Sweep {
    let space = (
        hp::loguniform("rate", -11.5, -2.3),
        hp::uniformint("layers", 1, 6),
        hp::choice("optimizer", ["sgd", "adam", "lion"]),
        hp::choice("dropout", (hp::constant(0.0), hp::uniform("share", 0.05, 0.6))),
    );
    let sampler = TpeSampler::new().pruner(MedianPruner::new());
    let search = Search::new(space).sampler(sampler).seed(3).objective_names(["validation loss"]);
    let swept = search.run_trials(0..trials, |trial, (rate, layers, optimizer, dropout): (f64, i64, &str, f64)| {
        let best = if optimizer == "adam" { -7.0 } else { -5.0 };
        let loss =
            (rate.ln() - best).powi(2) / 20.0 + (layers as f64 - 3.0).powi(2) * 0.02 + (dropout - 0.2).powi(2) + 0.1;
        std::thread::sleep(Duration::from_micros(300));
        if trial.number() % 23 == 5 {
            return Outcome::failed(format!("CUDA out of memory: tried to allocate {} MiB", 100 + trial.number()));
        } else if trial.number() % 97 == 40 {
            return Outcome::failed("Traceback:\n  File \"train.py\", line 3\nValueError: loss is NaN");
        }
        for step in 1..=8 {
            trial.report(step, loss + 1.0 / f64::from(step));
            if trial.should_prune() {
                return Outcome::pruned();
            }
        }
        Metrics::new(loss).with("accuracy", 1.0 - loss / 3.0).constraint("memory", layers as f64 - 5.5).into()
    });
    swept.into_sweep()
}

fn goals() -> Sweep {
    let space = (hp::uniform("width", 1, 64), hp::uniform("depth", 1, 8));
    let search = Search::new(space).sampler(TpeSampler::new()).seed(5).goal([Goal::Minimize, Goal::Maximize]);
    let swept = search.run(0..120, |_, (width, depth): (f64, f64)| {
        let loss = 1.0 / width.sqrt() + 1.0 / depth;
        Metrics::objectives([("loss", loss), ("images per second", 1e5 / (width * depth))])
    });
    swept.into_sweep()
}

fn budgets() -> Sweep {
    let space = (hp::loguniform("rate", -9.0, 0.0), hp::uniform("momentum", 0.0, 0.99));
    let search = Search::new(space).sampler(Hyperband::new(3.0)).seed(2);
    let swept = search.run_trials(1..=27, |trial, (rate, momentum): (f64, f64)| {
        (rate.ln() + 4.0).powi(2) / 9.0 + (momentum - 0.9).powi(2) + 1.0 / trial.resources().unwrap_or(1.0)
    });
    swept.into_sweep()
}

fn one(trials: u64) -> Sweep {
    Search::new(hp::uniform("x", 0.0, 1.0)).sampler(RandomSampler::new()).seed(1).run(0..trials, |_, x| x).into_sweep()
}

/// As many trials as a page has to bear, over 12 hyperparameters of all kinds.
fn many(trials: u64) -> Sweep {
    let mut space = Parameters::new();
    for n in 0..12 {
        let dimension: Dimension<f64> = match n % 4 {
            0 | 1 => (0.0..=1.0).dimension(),
            2 => log(1e-5..=1.0).dimension(),
            _ if n == 3 => categorical([0.0, 0.3, 0.6]).labels(["relu", "tanh", "gelu"]).dimension(),
            _ => (1..=8).dimension().map(|level: i32| f64::from(level) / 8.0),
        };
        space = space.with(format!("p{n}"), dimension);
    }
    let search = Search::new(space).sampler(RandomSampler::new()).seed(4);
    let swept = search.run_trials(0..trials, |trial, values| {
        let number = trial.number();
        if number % 500 == 499 {
            return Outcome::failed(format!("no convergence after {number} steps"));
        }
        let part = |(n, (_, value)): (usize, &(String, f64))| (value - 0.3).powi(2) / (1.0 + n as f64);
        let loss = values.iter().enumerate().map(part).sum();
        for step in 1..=5 {
            trial.report(step, loss + 1.0 / f64::from(step));
        }
        Outcome::value(loss)
    });
    swept.into_sweep()
}
