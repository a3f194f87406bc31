//! `fmin`: the counting rules of the original, one engine with the macros, and a file that goes on.

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use hyperopt::fmin::{Argmin, anneal, mix, no_progress_loss, rand, space_eval, tpe};
use hyperopt::prelude::*;
use hyperopt::{Error, InitialPoints, Metrics, Outcome, Sampler, State, StopReason, Value, fmin, pfmin};

/// A file of a test's own, removed before and after.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let file = std::env::temp_dir().join(format!("hyperopt-fmin-{}-{name}.json", std::process::id()));
        fs::remove_file(&file).ok();
        Self(file)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_file(&self.0).ok();
    }
}

fn x() -> hp::Expression<f64> {
    hp::uniform("x", -10, 10)
}

#[test]
fn a_threshold_of_nan_is_an_error() {
    let mut calls = 0;
    let search = fmin(
        |x| {
            calls += 1;
            x
        },
        hp::uniform("x", 0, 1),
    );
    let error = search.loss_threshold(f64::NAN).max_evals(5).run().unwrap_err();
    assert_eq!(error.to_string(), "`loss_threshold` is NaN, and no objective is better; write a number");
    assert_eq!(calls, 0);
}

#[test]
fn it_has_the_history_of_the_macro() {
    for seed in 0..4 {
        let looped = hyperopt!(
            sampler = tpe(),
            seed = seed,
            x = -10.0..=10.0,
            for _ in 0..40 {
                x * x
            }
        );
        let trials = fmin(|x| x * x, x()).max_evals(40).rstate(seed).evaluate().unwrap();
        let units = |sweep: &hyperopt::Sweep| -> Vec<_> {
            sweep.history().trials().iter().map(|trial| (trial.point().clone(), trial.value())).collect()
        };
        assert_eq!(units(looped.sweep()), units(trials.as_ref()));
        let threads = pfmin(workers(2), |x| x * x, x()).max_evals(40).rstate(seed).run().unwrap();
        let parallel = phyperopt!(
            workers(3),
            sampler = tpe(),
            seed = seed,
            x = -10.0..=10.0,
            for _ in 0..40 {
                x * x
            }
        );
        assert_eq!(units(parallel.sweep()), units(threads.trials().as_ref()));
    }
}

#[test]
fn max_evals_is_a_total_and_points_come_on_top() {
    let points = || InitialPoints::named([[("x", 1.0)], [("x", 2.0)]]);
    let trials = fmin(|x| x, x()).points_to_evaluate(points()).max_evals(5).rstate(0).evaluate().unwrap();
    assert_eq!(trials.len(), 7);
    assert_eq!(trials.losses()[..2], [Some(1.0), Some(2.0)]);
    let three = fmin(|x| x, x()).max_evals(3).rstate(0).evaluate().unwrap();
    let calls = Cell::new(0);
    let five = fmin(
        |x| {
            calls.set(calls.get() + 1);
            x
        },
        x(),
    )
    .trials(&three)
    .max_evals(5)
    .evaluate();
    let five = five.unwrap();
    assert_eq!((calls.get(), five.len()), (2, 5));
    assert_eq!(five.losses()[..3], three.losses());
    // The same as without a stop.
    assert_eq!(five.losses(), fmin(|x| x, x()).max_evals(5).rstate(0).evaluate().unwrap().losses());
    let none = fmin(|x| x, x()).trials(&five).max_evals(4).evaluate().unwrap();
    assert_eq!(none.len(), 5);
    let nothing = fmin(|x| x, x()).max_evals(0).run();
    assert_eq!(nothing.err(), Some(Error::NoTrials));
}

#[test]
fn the_threshold_is_strictly_below() {
    // Losses 9, 8, 7, …
    let count = |threshold: f64| {
        let mut left = 10.0;
        let falling = |_| {
            left -= 1.0;
            left
        };
        let trials = fmin(falling, x()).loss_threshold(threshold).max_evals(10).rstate(0).evaluate().unwrap();
        (trials.len(), trials.losses().last().copied().flatten(), trials.hyperoptimizer().end())
    };
    assert_eq!(count(5.0), (6, Some(4.0), StopReason::Threshold));
    assert_eq!(count(5.5), (5, Some(5.0), StopReason::Threshold));
    assert_eq!(count(-100.0), (10, Some(0.0), StopReason::Planned));
}

#[test]
fn no_progress_is_counted_as_in_the_original() {
    let count = |losses: &[f64], stop: usize, percent: f64| {
        let mut number = 0;
        let next = |_| {
            number += 1;
            Some(losses[(number - 1).min(losses.len() - 1)]).filter(|loss| *loss != -7.0)
        };
        let search = fmin(next, x()).early_stop_fn(no_progress_loss(stop, percent)).max_evals(50).rstate(0);
        let trials = search.evaluate().unwrap();
        (trials.len(), trials.hyperoptimizer().end())
    };
    assert_eq!(count(&[3.0], 5, 0.0), (5, StopReason::EarlyStop));
    let ten: Vec<f64> = (0..10).map(|k| -f64::from(k)).collect();
    assert_eq!(count(&ten, 5, 0.0), (15, StopReason::EarlyStop));
    // Better by five per cent, where ten are asked for, and where four are.
    let slow: Vec<f64> = (0..50).map(|k| 0.95_f64.powi(k)).collect();
    assert_eq!(count(&slow, 2, 10.0).0, 2);
    assert_eq!(count(&slow, 5, 4.0), (50, StopReason::Planned));
    // A trial that failed, −7 here, counts and is no error, even the first.
    assert_eq!(count(&[-7.0], 5, 0.0), (5, StopReason::EarlyStop));
    assert_eq!(count(&[1.0, -7.0, 0.5, -7.0, -7.0, -7.0, 0.4], 4, 0.0), (11, StopReason::EarlyStop));
    assert_eq!(count(&[1.0], 1, 0.0).0, 2, "the first trial never stops the search");
}

#[test]
fn a_rule_of_ones_own_sees_the_trials() {
    let search = fmin(|x| x, x()).early_stop_fn(|sweep| sweep.history().len() == 7).rstate(0);
    let trials = search.evaluate().unwrap();
    assert_eq!((trials.len(), trials.hyperoptimizer().end()), (7, StopReason::EarlyStop));
    let timed = fmin(|x| x, x()).timeout(Duration::ZERO).evaluate().unwrap();
    assert_eq!((timed.len(), timed.hyperoptimizer().end()), (0, StopReason::Timeout));
}

#[test]
fn failures_are_kept_or_stop() {
    let odd = || {
        let mut number = 0;
        move |x: f64| {
            number += 1;
            if number % 3 == 0 { Err("diverged") } else { Ok(x) }
        }
    };
    let trials = fmin(odd(), x()).max_evals(6).rstate(0).evaluate().unwrap();
    assert_eq!(trials.statuses(), ["ok", "ok", "fail", "ok", "ok", "fail"]);
    assert_eq!(trials.losses()[2], None);
    let stopped = fmin(odd(), x()).catch_eval_exceptions(false).max_evals(6).rstate(0).run();
    assert_eq!(stopped.unwrap_err(), Error::Failed { number: 2, reason: "diverged".into() });
    let all = fmin(|_| f64::NAN, x()).max_evals(4).rstate(0).run().unwrap_err();
    assert!(matches!(all, Error::NoneComplete { trials: 4, .. }), "{all}");
    let outcome =
        |x: f64| if x > 0.0 { Outcome::from(Metrics::new(x).with("half", x / 2.0)) } else { Outcome::failed("low") };
    let best = fmin(outcome, x()).max_evals(20).rstate(1).run().unwrap();
    let trial = best.trials().best_trial().unwrap();
    assert_eq!((trial.metrics()[0].1, trial.state()), (best.loss() / 2.0, State::Complete));
    let infinite = fmin(|x| if x > 0.0 { f64::INFINITY } else { x }, x()).max_evals(9).rstate(0).evaluate().unwrap();
    assert!(infinite.losses().contains(&Some(f64::INFINITY)));
    assert!(infinite.average_best_error().unwrap() < 0.0);
}

#[test]
fn the_result_has_values_and_never_indices() {
    let space = || {
        let poly = hp::randint("degree", 2..5).map(|degree| format!("poly {degree}"));
        let kernel = hp::choice("kernel", (hp::constant("linear".to_owned()), poly)).labels(["linear", "poly"]);
        (kernel, hp::choice("rate", [0.1, 0.01]), hp::uniformint("Iterations", 1, 20))
    };
    let loss = |(kernel, rate, n): (String, f64, i32)| rate + f64::from(n) + if kernel == "linear" { 1.0 } else { 0.0 };
    let best = fmin(loss, space()).max_evals(150).rstate(3).run().unwrap();
    let shown = best.to_string();
    assert!(shown.starts_with("{'Iterations': 1, 'degree': "), "{shown}");
    assert!(shown.ends_with(", 'kernel': 'poly', 'rate': 0.01}"), "{shown}");
    assert_eq!(best.argmin()["rate"], Value::Float(0.01));
    assert_eq!(&space_eval(&space(), best.argmin()).unwrap(), best.params());
    let linear: Vec<_> = best.trials().trials().filter(|(_, (kernel, ..))| kernel == "linear").collect();
    assert!(!linear.is_empty());
    let (vals, idxs) = (best.trials().vals(), best.trials().idxs());
    assert_eq!(vals["degree"].len(), best.trials().len() - linear.len());
    assert_eq!(idxs["Iterations"], best.trials().tids());
    let partial =
        space_eval(&space(), [("kernel", Value::from("poly")), ("rate", 0.1.into()), ("Iterations", 3.into())]);
    assert_eq!(partial.unwrap_err(), Error::Missing { name: "degree".into() });
    let linear = [("kernel", Value::from("linear")), ("rate", 0.1.into()), ("Iterations", 3.into())];
    assert_eq!(space_eval(&space(), linear).unwrap(), ("linear".into(), 0.1, 3));
    assert_eq!(Argmin::default().to_string(), "{}");
}

/// Stopped after any trial, and once in the middle of one, the sweep that goes on from its file is the one without a stop.
#[test]
fn a_file_goes_on_after_a_stop_at_any_trial() {
    let space = || (x(), hp::choice("c", ["a", "b", "c"]), hp::qnormal("n", 0, 3, 1));
    let loss = |(x, c, n): (f64, &str, f64)| if c == "b" { Err("not b") } else { Ok(x * x + n.abs()) };
    let points = || InitialPoints::named([[("x", Value::Float(3.0)), ("c", "c".into())]]);
    let search = |file: &Scratch, max_evals| {
        let search = fmin(loss, space()).algo(tpe().n_startup_jobs(5)).points_to_evaluate(points());
        search.trials_save_file(&file.0).max_evals(max_evals)
    };
    let whole = Scratch::new("whole");
    let expected = search(&whole, 20).rstate(7).evaluate().unwrap();
    assert_eq!(expected.len(), 21);
    let text = fs::read_to_string(&whole.0).unwrap();
    for stop in 0..20 {
        let file = Scratch::new(&format!("stop-{stop}"));
        let first = search(&file, stop).rstate(7).evaluate().unwrap();
        assert_eq!(first.len() as u64, stop + 1);
        // The seed is in the file.
        let went_on = search(&file, 20).evaluate().unwrap();
        assert_eq!(went_on.results(), expected.results(), "{stop}");
        assert_eq!(went_on.vals(), expected.vals());
        let seconds = |text: &str| text.lines().filter(|line| !line.contains("\"seconds\"")).collect::<String>();
        assert_eq!(seconds(&fs::read_to_string(&file.0).unwrap()), seconds(&text));
    }
    let more = search(&whole, 22).evaluate().unwrap();
    assert_eq!((more.len(), &more.results()[..21]), (23, &expected.results()[..]));
}

/// Eight hundred evaluations took 88 s when each replaced the file, one write for each token.
#[test]
fn a_file_grows_by_each_trial_and_is_complete_after_it() {
    let (file, link) = (Scratch::new("grows"), Scratch::new("link"));
    #[cfg(unix)]
    std::os::unix::fs::symlink(&file.0, &link.0).unwrap();
    #[cfg(not(unix))]
    let link = Scratch(file.0.clone());
    let mut sizes = Vec::new();
    let body = |x: f64| {
        if let Ok(text) = fs::read_to_string(&file.0) {
            let whole: serde_json::Value = serde_json::from_str(&text).expect("it is complete");
            assert_eq!(whole["trials"].as_array().unwrap().len(), sizes.len());
            sizes.push(text.len());
        } else {
            sizes.push(0);
        }
        x * x
    };
    let begun = std::time::Instant::now();
    let search = fmin(body, x()).algo(rand()).trials_save_file(&link.0).max_evals(400).rstate(7);
    let trials = search.evaluate().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert!(sizes.is_sorted() && trials.len() == 400);
    #[cfg(unix)]
    assert_eq!(fs::read_link(&link.0).unwrap(), file.0, "the link is still one");
    let went_on = fmin(|x| x, x()).trials_save_file(&file.0).max_evals(400).evaluate().unwrap();
    assert_eq!(went_on.results(), trials.results());
}

/// A process is stopped while it writes: the row is lost, and those before it are not.
#[test]
fn a_row_that_was_torn_is_run_again() {
    let file = Scratch::new("torn");
    let search = |max_evals| fmin(|x| x * x, x()).algo(rand()).trials_save_file(&file.0).max_evals(max_evals).rstate(7);
    let expected = search(4).evaluate().unwrap();
    let text = fs::read_to_string(&file.0).unwrap();
    let last = text.rfind("\n    {\n").unwrap() + 1;
    for end in last - 1..text.len() {
        fs::write(&file.0, &text[..end]).unwrap();
        let went_on = search(4).evaluate().unwrap();
        assert_eq!(went_on.results(), expected.results(), "{end}");
        assert!(serde_json::from_str::<serde_json::Value>(&fs::read_to_string(&file.0).unwrap()).is_ok());
    }
}

#[test]
fn a_file_that_is_none_of_it_says_so() {
    let file = Scratch::new("faults");
    let search = |space| fmin(|x| x, space).trials_save_file(&file.0).max_evals(3).rstate(0).run();
    search(x()).unwrap();
    let message = |space| search(space).unwrap_err().to_string();
    let other = message(hp::uniform("x", 0, 1));
    assert!(other.ends_with("are of another space, see `x`; name another file, or keep the space"), "{other}");
    fs::write(&file.0, "{").unwrap();
    let broken = message(x());
    assert!(broken.ends_with("are not trials of `fmin`; name another file, or move this one away"), "{broken}");
    assert_eq!(fs::read_to_string(&file.0).unwrap(), "{", "nothing is overwritten");
    let nowhere = fmin(|x| x, x()).trials_save_file("/nowhere/at/all.json").max_evals(3).rstate(0).run();
    assert!(matches!(nowhere, Err(Error::SaveFile { .. })), "{nowhere:?}");
}

/// A trial of another branch has no value of `x`, and none may be made up for it.
#[test]
fn a_file_without_a_value_is_of_another_space() {
    let file = Scratch::new("guards");
    let branches = || hp::choice("c", (hp::constant(0.0), hp::uniform("x", 0, 1))).labels(["none", "some"]);
    let always = || (hp::choice("c", ["none", "some"]), hp::uniform("x", 0, 1)).map(|(_, x)| x);
    let said = |error: Error| {
        let said = error.to_string();
        assert!(said.ends_with("are of another space, see `x`; name another file, or keep the space"), "{said}");
    };
    fmin(|x| x, branches()).trials_save_file(&file.0).max_evals(9).rstate(0).run().unwrap();
    said(fmin(|x| x, always()).trials_save_file(&file.0).max_evals(12).run().unwrap_err());
    assert!(fmin(|x| x, branches()).trials_save_file(&file.0).max_evals(12).run().is_ok());
    let moved = || hp::choice("c", (hp::uniform("x", 0, 1), hp::constant(0.0))).labels(["none", "some"]);
    said(fmin(|x| x, moved()).trials_save_file(&file.0).max_evals(12).run().unwrap_err());
    // Earlier versions did not write on what a hyperparameter depends.
    let text = fs::read_to_string(&file.0).unwrap();
    let mut written: serde_json::Value = serde_json::from_str(&text).unwrap();
    for axis in written["space"].as_array_mut().unwrap() {
        axis.as_object_mut().unwrap().remove("parents").unwrap();
    }
    fs::write(&file.0, written.to_string()).unwrap();
    said(fmin(|x| x, always()).trials_save_file(&file.0).max_evals(15).run().unwrap_err());
    let trials = fmin(|x| x, branches()).trials_save_file(&file.0).max_evals(15).evaluate().unwrap();
    assert_eq!(trials.len(), 15);
}

#[test]
fn every_algorithm_runs_and_names_what_is_wrong() {
    let best = |algo: Box<dyn Sampler>| fmin(|x| x * x, x()).algo(algo).max_evals(60).rstate(5).run();
    for algo in [Box::new(rand()) as Box<dyn Sampler>, Box::new(tpe()), Box::new(anneal())] {
        assert!(best(algo).unwrap().loss() < 1.0);
    }
    let mixed = mix([(0.3, Box::new(rand()) as Box<dyn Sampler>), (0.7, Box::new(anneal()))]);
    assert!(best(Box::new(mixed)).unwrap().loss() < 1.0);
    let fault = |algo: Box<dyn Sampler>| best(algo).unwrap_err().to_string();
    assert!(fault(Box::new(mix([(0.3, rand())]))).contains("sum to 0.3"));
    let jobs = fault(Box::new(tpe().n_startup_jobs(0)));
    assert!(jobs.contains("n_startup_jobs(0)"), "{jobs}");
    assert!(fault(Box::new(tpe().gamma(0.0))).contains("gamma(0)"));
    assert!(fault(Box::new(anneal().avg_best_idx(0.0))).contains("avg_best_idx(0)"));
    let twice = fmin(|(x, y)| x + y, (x(), x())).max_evals(3).run().unwrap_err();
    assert_eq!(twice, Error::Repeated { name: "x".into() });
}

/// Four suggestions at a time: the first of each four knows no more than the last of them.
#[test]
fn suggestions_may_be_made_ahead() {
    let losses = |ahead: usize, sign: f64| {
        let mut number = 0;
        let loss = move |x: f64| {
            number += 1;
            if number > 24 { sign * x } else { x * x }
        };
        let search = fmin(loss, x()).max_queue_len(ahead).max_evals(28).rstate(0);
        search.evaluate().unwrap().vals()["x"].clone()
    };
    assert_eq!(losses(4, 1.0), losses(4, -1.0));
    assert_ne!(losses(1, 1.0), losses(1, -1.0));
}
