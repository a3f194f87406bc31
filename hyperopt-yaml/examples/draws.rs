//! Draws from every search space, for `tests/laws/compare.py`: a line of JSON each.
//!
//! `cargo run --example draws -- SEED`

use std::error::Error;
use std::io::{Write, stdout};
use std::sync::Mutex;

use hyperopt::{Search, SearchSpace, hp};
use hyperopt_yaml::{Config, Training};
use serde_json::{Value, json};

/// From each expression; the files say it for themselves.
const DRAWS: usize = 20_000;
const FILES: [&str; 2] = ["hyperopt-yaml/tests/laws/ray.yaml", "hyperopt-yaml/tests/laws/ludwig.yaml"];

fn main() -> Result<(), Box<dyn Error>> {
    let seed = std::env::args().nth(1).map_or(Ok(0), |seed| seed.parse())?;
    let mut lines = expressions(seed);
    for file in FILES {
        lines.extend(parameters(file, seed)?);
    }
    let mut out = stdout().lock();
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(())
}

/// Draws from the expressions of `hp`, with the law as Python writes it. Ours are clipped where Python's leave the bounds.
fn expressions(seed: u64) -> Vec<Value> {
    macro_rules! laws {
        ($($law:literal $(in $clip:expr)? => $space:expr;)+) => {
            vec![$({
                let clip: Option<[f64; 2]> = None $(.or(Some($clip)))?;
                let mut line = json!({ "law": $law, "draws": drawn($space, seed) });
                if let Some(clip) = clip {
                    line["clip"] = json!(clip);
                }
                line
            }),+]
        };
    }
    laws! {
        "hp.choice('x', ['a', 'b', 'c'])" => hp::choice("x", ["a", "b", "c"]);
        "hp.pchoice('x', [(0.1, 1), (0.2, 2), (0.7, 3)])" => hp::pchoice("x", [(0.1, 1), (0.2, 2), (0.7, 3)]);
        "hp.randint('x', 5)" => hp::randint("x", 5);
        "hp.randint('x', -3, 4)" => hp::randint("x", -3..4);
        "hp.uniform('x', -1, 2)" => hp::uniform("x", -1.0, 2.0);
        "hp.uniformint('x', 1, 4)" => hp::uniformint("x", 1, 4);
        "hp.quniform('x', 1, 6, 4)" in [1.0, 6.0] => hp::quniform("x", 1.0, 6.0, 4.0);
        "hp.quniform('x', 0, 1, 0.4)" => hp::quniform("x", 0.0, 1.0, 0.4);
        "hp.quniform('x', -10, 10, 0.03)" in [-10.0, 10.0] => hp::quniform("x", -10.0, 10.0, 0.03);
        "hp.loguniform('x', -5, 0)" => hp::loguniform("x", -5.0, 0.0);
        "hp.qloguniform('x', 0, 3, 2)" in [1.0, f64::exp(3.0)] => hp::qloguniform("x", 0.0, 3.0, 2.0);
        "hp.normal('x', 3, 2)" => hp::normal("x", 3.0, 2.0);
        "hp.qnormal('x', 3, 2, 0.5)" => hp::qnormal("x", 3.0, 2.0, 0.5);
        "hp.lognormal('x', 0, 1)" => hp::lognormal("x", 0.0, 1.0);
        "hp.qlognormal('x', 0, 1, 0.5)" => hp::qlognormal("x", 0.0, 1.0, 0.5);
    }
}

fn drawn<S: SearchSpace>(space: S, seed: u64) -> Vec<Value>
where
    Value: From<S::Params>,
{
    let mut draws = Vec::with_capacity(DRAWS);
    let ho = Search::new(space).seed(seed).repeats(true).run(0..DRAWS, |_, value| {
        draws.push(Value::from(value));
        0.0
    });
    assert_eq!(ho.len(), DRAWS, "{:?}", ho.error());
    draws
}

/// Draws from the parameters of a file.
fn parameters(file: &str, seed: u64) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut config = Config::read(file)?;
    config.definition_mut().set_seed(seed);
    let drawn: Mutex<Vec<Vec<(String, Value)>>> = Mutex::default();
    let _sweep = Training::new(&config)
        .run(|trial| drawn.lock().map(|mut drawn| drawn.push(trial.parameters().to_vec())).map_or(1.0, |()| 0.0))?;
    let drawn = drawn.into_inner().map_err(|error| error.to_string())?;
    let names = drawn.first().into_iter().flatten().map(|(name, _)| name);
    let line = |(index, name): (usize, &String)| {
        let values: Vec<_> = drawn.iter().map(|parameters| &parameters[index].1).collect();
        json!({ "file": file, "name": name, "draws": values })
    };
    Ok(names.enumerate().map(line).collect())
}
