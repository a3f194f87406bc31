//! The command, `fmin` and the macro are faces of one engine.

use hyperopt::prelude::*;
use hyperopt::{Hyperoptimizer, fmin, hp};
use serde_json::Value;

use crate::common::Sandbox;

/// Returns the command's one hyperparameter of numbers and one of names, and what each trial came to.
fn told(trials: &[Value]) -> Vec<(f64, String, f64)> {
    let trial = |trial: &Value| {
        let params = &trial["params"];
        let cell = params["model.cell"].as_str().unwrap().to_owned();
        (params["x"].as_f64().unwrap(), cell, trial["objective"].as_f64().unwrap())
    };
    trials.iter().map(trial).collect()
}

fn values<P>(ho: &Hyperoptimizer<P>, params: impl Fn(&P) -> (f64, String)) -> Vec<(f64, String, f64)> {
    let trial = |(trial, p): (&hyperopt::Trial, &P)| {
        let (x, cell) = params(p);
        (x, cell, trial.objective().unwrap())
    };
    ho.trials().map(trial).collect()
}

#[test]
fn the_command_fmin_and_the_macro_have_one_history() {
    const CELLS: [&str; 3] = ["rnn", "gru", "lstm"];
    let sandbox = Sandbox::new("executor: {num_samples: 30}\nsearch_alg: {type: tpe, seed: 7}");
    // No shell and no rounding: the program prints the number that it was given.
    let printed = ["printf", "{{\"loss\": %s}}\\n", "{x}"];
    sandbox.sweep(&["-o", "out", "-w", "1"], &printed).expect(0);
    let by_command = told(&sandbox.history("out"));

    let by_macro = hyperopt!(
        sampler = TpeSampler::new(),
        seed = 7,
        x = 0.0..1.0,
        cell = CELLS,
        for _ in 0..30 {
            assert!(CELLS.contains(&cell));
            x
        }
    );
    let by_macro = values(&by_macro, |p| (p.x, p.cell.to_owned()));

    let space = (hp::uniform("x", 0.0, 1.0), hp::choice("model.cell", CELLS));
    let by_fmin = fmin(|(x, _)| x, space).algo(TpeSampler::new()).max_evals(30).rstate(7).evaluate().unwrap();
    let by_fmin = values(by_fmin.hyperoptimizer(), |(x, cell)| (*x, (*cell).to_owned()));

    assert_eq!(by_command.len(), 30);
    assert_eq!(by_macro, by_command);
    assert_eq!(by_fmin, by_command);
    // Another seed is another sweep.
    sandbox.sweep(&["-o", "other", "-w", "1", "--seed", "8"], &printed).expect(0);
    assert_ne!(told(&sandbox.history("other")), by_command);
}
