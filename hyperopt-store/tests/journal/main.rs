//! Sweeps written as a journal of Optuna, and journals read as sweeps.

use hyperopt::Kind::{Categorical, Continuous, Ordered};
use hyperopt::prelude::*;
use hyperopt::{Candidates, Parameters, Sweep, Value};
use hyperopt_store::{read_journal, write_journal};

/// All that a sweep has of its trials.
fn lines(sweep: &Sweep) -> Vec<String> {
    let trials = sweep.history().trials();
    trials.iter().map(|trial| format!("{trial:?}")).collect()
}

fn journal(sweep: &Sweep) -> String {
    let mut bytes = Vec::new();
    write_journal(sweep, "study", &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn assert_comes_back(sweep: &Sweep) {
    let back = read_journal(journal(sweep).as_bytes(), "study").unwrap();
    assert_eq!(back.space(), sweep.space());
    assert_eq!(lines(&back), lines(sweep));
    assert_eq!(back.goals(), sweep.goals());
    assert_eq!(back.objective_names(), sweep.objective_names());
    assert_eq!((back.seed(), back.sampler()), (sweep.seed(), sweep.sampler()));
}

#[test]
fn hyperparameters_of_one_name_are_not_written() {
    let space = Parameters::new().with("x", (0.0..=1.0).dimension()).with("x", (0.0..=2.0).dimension());
    let ho = Search::new(space).run(0..3, |_, params| params[0].1);
    let mut journal = Vec::new();
    let error = write_journal(&ho, "study", &mut journal).unwrap_err();
    assert_eq!(error.to_string(), "there are two axes `x`; give one of them another name");
    assert!(journal.is_empty());
}

#[test]
fn every_axis_and_every_failure_comes_back() {
    let ho = hyperopt!(
        seed = 0,
        continuous = -1.0..1.0,
        rate = log(1e-5..=1e-1),
        steps = linrange(0.0, 1.0, 7),
        powers = exp_linrange(-3.0, 0.0, 9),
        integers = -3..=8,
        widths = log(1..=1000),
        word = ["adam", "it's \"ü\"\n"],
        real = [0.1, f64::INFINITY, 1e-300],
        order = ordinal([16, 32, 64]),
        momentum = if word == "adam" {
            0.0..=0.99
        },
        for i in 0..30 {
            let sum = continuous + rate + steps + powers + momentum.unwrap_or(0.1) + real.min(1.0);
            let loss = sum + f64::from(integers + widths + order);
            match i % 5 {
                1 => Err(format!("out of \"memory\"\nin {i}")),
                2 => Ok(Metrics::new(f64::NAN).with("epochs", 1.0)),
                _ => Ok(Metrics::new(loss)
                    .with("NaN", f64::NAN)
                    .with("-Infinity", f64::NEG_INFINITY)
                    .constraint("c", 0.1)),
            }
        }
    );
    assert_eq!(ho.len(), 30);
    assert_comes_back(&ho.into_sweep());
}

#[test]
fn curves_and_pruned_trials_come_back() {
    let ho = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new()),
        seed = 0,
        goal = Maximize,
        rate = 0.0..=1.0,
        'sweep: for trial in 0..30 {
            for step in 0..5 {
                let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY].get(trial.number() - 10 * (trial.number() / 10));
                trial.report(step * 3, odd.copied().filter(|_| step == 2).unwrap_or(rate * f64::from(step)));
                if trial.should_prune() {
                    continue 'sweep;
                }
            }
            rate
        }
    );
    let pruned = ho.history().count(hyperopt::State::Pruned);
    assert!((1..30).contains(&pruned), "{pruned}");
    assert_comes_back(&ho.into_sweep());
}

#[test]
fn several_named_goals_come_back() {
    let ho = hyperopt!(
        seed = 0,
        goal = [Minimize, Maximize],
        a = 0.0..=1.0,
        for _ in 0..10 {
            Metrics::objectives([("loss", a), ("speed", -a)]).constraint("memory", a - 0.5)
        }
    );
    assert_comes_back(&ho.into_sweep());
}

#[test]
fn rungs_come_back() {
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 0,
        a = 0.0..=1.0,
        for (epochs, state) in 1.0..=9.0 {
            let _: Option<f64> = state;
            (if a > 0.9 { Err("too large") } else { Ok(a / epochs) }, epochs)
        }
    );
    let sweep = ho.into_sweep();
    assert!(sweep.history().len() > sweep.history().configurations());
    assert!(sweep.history().trials().iter().any(|trial| trial.reason().is_some()));
    let text = journal(&sweep);
    assert_eq!(text.matches(r#""op_code":4"#).count(), sweep.history().configurations());
    for state in 1..=3 {
        assert!(text.contains(&format!(r#""state":{state},"#)), "{state}");
    }
    assert_comes_back(&sweep);
}

/// Written by Optuna 5.0.0, but for the study's name, identities of workers, and times.
const OPTUNA: &str = include_str!("optuna.log");

#[test]
fn a_study_that_optuna_has_begun_has_the_space_of_its_trials() {
    let sweep = read_journal(OPTUNA.as_bytes(), "begun").unwrap();
    let names: Vec<_> = sweep.space().axes().iter().map(|axis| (axis.name(), axis.kind())).collect();
    assert_eq!(
        names,
        [
            ("x", Continuous),
            ("rate", Continuous),
            ("n", Ordered(8)),
            ("step", Ordered(5)),
            ("word", Categorical(4)),
            ("momentum", Continuous)
        ]
    );
    assert_eq!(sweep.goals(), [Maximize]);
    let trials = sweep.history().trials();
    let states: Vec<_> = trials.iter().map(|trial| trial.state().name()).collect();
    assert_eq!(states, ["complete", "complete", "pruned", "failed", "running", "running"]);
    assert_eq!(trials[0].values(), [5.5]);
    assert_eq!(trials[0].duration().as_micros(), 250_000);
    assert_eq!(trials[0].metrics(), [("note".into(), f64::INFINITY)]);
    let value = |trial: usize, name| sweep.space().value(name, trials[trial].point());
    assert_eq!(value(0, "x"), Some(Value::Float(0.5)));
    assert_eq!(value(0, "n"), Some(Value::Int(3)));
    assert_eq!(value(0, "step"), Some(Value::Float(0.75)));
    assert_eq!(value(0, "word"), Some(Value::from("adam")));
    assert_eq!(value(0, "momentum"), None);
    assert_eq!(value(1, "word"), Some(Value::Null));
    assert_eq!(value(1, "momentum"), Some(Value::Float(0.25)));
    let reports = trials[2].reports();
    assert_eq!(reports[0], (0, 1.0));
    assert!(reports[1].0 == 1 && reports[1].1.is_nan());
    assert_eq!(reports[2], (2, f64::INFINITY));
}

#[test]
fn a_torn_last_line_is_passed_over() {
    let whole = read_journal(OPTUNA.as_bytes(), "begun").unwrap();
    let lines_of = OPTUNA.lines().count();
    for cut in [1, 2, 20] {
        let torn = read_journal(&OPTUNA.as_bytes()[..OPTUNA.len() - cut], "begun").unwrap();
        assert_eq!(torn.history().len(), whole.history().len() - 1, "the last line creates a trial");
        let glued = format!("{}{{\"op_code\":4}}\n{{\"op_code\":10}}\n", &OPTUNA[..OPTUNA.len() - cut.max(2)]);
        let error = read_journal(glued.as_bytes(), "begun").unwrap_err().to_string();
        assert!(error.contains(&format!("line {lines_of} is not JSON")), "{error}");
    }
}

#[test]
fn what_is_no_journal_is_said() {
    let error = |text: &str, name| read_journal(text.as_bytes(), name).unwrap_err().to_string();
    assert_eq!(error(OPTUNA, "other"), "the journal's study `other`: there is none of that name, but `begun`");
    assert_eq!(error("", "other"), "the journal's study `other`: there is none of that name, but none");
    assert_eq!(error("{\"op_code\":11}\n", "a"), "the journal's line 1: there is no operation 11");
    assert_eq!(error("{\"op_code\":0}\n", "a"), "the journal's line 1: there is no `study_name`");
    assert_eq!(error("{\"op_code\":\"x\"}\n", "a"), "the journal's line 1: `op_code` cannot be \"x\"");
    assert!(error("a,b\n1,2\n", "a").starts_with("the journal's line 1 is not JSON: "));
}
