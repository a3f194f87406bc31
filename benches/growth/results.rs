//! What is read of a finished sweep, and what is written of it.

use std::io;
use std::path::Path;

use hyperopt::fmin::{FminTrials, rand, space_eval};
use hyperopt::prelude::*;
use hyperopt::{Fanova, PedAnova, Sweep, fmin};

use crate::Row;
use crate::cell::Cell;
use crate::sweeps::{constrained, loss, one_goal, three_goals, two_goals};

/// A row about a finished sweep.
fn row<T>(name: &str, sweep: impl Fn(usize) -> Sweep + 'static, work: impl Fn(&Sweep) -> T + 'static) -> Row {
    Row::new(name, move |trials| {
        let sweep = sweep(trials);
        Cell::of(trials, || work(&sweep))
    })
}

fn random(trials: usize) -> Sweep {
    one_goal(RandomSampler::new(), trials)
}

fn random_two(trials: usize) -> Sweep {
    two_goals(RandomSampler::new(), trials)
}

fn random_three(trials: usize) -> Sweep {
    three_goals(RandomSampler::new(), trials)
}

/// Two goals of which each trial makes another compromise, so that all are on the front.
fn front(trials: usize) -> Hyperoptimizer<impl Sized> {
    hyperopt!(
        seed = 7,
        goal = [Minimize, Minimize],
        share = 0.0..=1.0,
        for _ in 0..trials {
            [share, 1.0 - share]
        }
    )
}

/// Three goals of which each trial makes another compromise.
fn front_of_three(trials: usize) -> Hyperoptimizer<impl Sized> {
    hyperopt!(
        seed = 7,
        goal = [Minimize, Minimize, Minimize],
        a = 0.0..=1.0,
        b = 0.0..=1.0,
        for _ in 0..trials {
            [a, b, 2.0 - a - b]
        }
    )
}

pub(crate) fn rows() -> Vec<Row> {
    vec![
        row("best trial by name", random, |sweep| sweep.best().is_ok()),
        row("table", random, ToString::to_string),
        row("table, two goals", random_two, ToString::to_string),
        row("table, three goals", random_three, ToString::to_string),
        row("table, all on a front of two", |trials| front(trials).into_sweep(), ToString::to_string),
        row("table, all on a front of three", |trials| front_of_three(trials).into_sweep(), ToString::to_string),
        row("table, a constraint", |trials| constrained(RandomSampler::new(), trials), ToString::to_string),
        row("Fanova", random, |sweep| Fanova::new().importances(sweep).is_ok()),
        row("PedAnova", random, |sweep| PedAnova::new().importances(sweep).is_ok()),
        Row::new("hypervolume, all on a front of two", |trials| {
            let ho = front(trials);
            Cell::of(trials, || ho.hypervolume(&[2.0, 2.0]).is_ok())
        }),
        Row::new("hypervolume, all on a front of three", |trials| {
            let ho = front_of_three(trials);
            Cell::of(trials, || ho.hypervolume(&[2.0; 3]).is_ok())
        }),
        Row::new("warnings at the boundary", |trials| {
            let ho = hyperopt!(
                seed = 7,
                share = 0.0..=1.0,
                for _ in 0..trials {
                    share
                }
            );
            Cell::of(trials, || ho.warn_on_boundary().len())
        }),
        row("CSV", random, |sweep| sweep.write_csv(io::sink()).is_ok()),
        row("CSV, guarded", random, |sweep| sweep.write_csv_guarded(io::sink()).is_ok()),
        row("JSON lines", random, |sweep| sweep.write_json_lines(io::sink()).is_ok()),
        row("journal", random, |sweep| hyperopt::write_journal(sweep, "growth", io::sink()).is_ok()),
        Row::new("journal, read", |trials| {
            let mut journal = Vec::new();
            hyperopt::write_journal(&random(trials), "growth", &mut journal).expect("memory");
            Cell::of(trials, || hyperopt::read_journal(journal.as_slice(), "growth").expect("what was written"))
        }),
        Row::new("save file of fmin", |trials| {
            let directory = tempfile::tempdir().expect("a directory");
            Cell::of(trials, || save(&directory.path().join("fmin.json"), trials))
        }),
        Row::new("save file of fmin, read", |trials| {
            let directory = tempfile::tempdir().expect("a directory");
            let file = directory.path().join("fmin.json");
            let _ = save(&file, trials);
            Cell::of(trials, || save(&file, trials))
        }),
        Row::new("fmin's losses, vals, idxs and statuses", |trials| {
            let directory = tempfile::tempdir().expect("a directory");
            let all = save(&directory.path().join("fmin.json"), trials);
            Cell::of(trials, || (all.losses(), all.vals(), all.idxs(), all.statuses(), all.best_trial().is_ok()))
        }),
        Row::new("space_eval", |trials| {
            let space = (hp::uniform("rate", 0.0, 1.0), hp::uniform("share", 0.0, 1.0));
            Cell::of(trials, || {
                (0..trials).filter(|_| space_eval(&space, [("rate", 0.5), ("share", 0.5)]).is_ok()).count()
            })
        }),
    ]
}

fn save(file: &Path, trials: usize) -> FminTrials<(f64, f64)> {
    let space = (hp::loguniform("rate", -11.0, -2.0), hp::uniform("share", 0.0, 1.0));
    let search = fmin(|(rate, share)| loss(rate, share, 20, "sgd"), space).algo(rand()).rstate(7);
    search.max_evals(trials as u64).trials_save_file(file).evaluate().expect("random search")
}
