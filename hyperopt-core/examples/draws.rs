//! Draws from one expression of `hp`, a line each, to compare its law with that of another implementation:
//! `cargo run --release -p hyperopt-core --example draws -- 10000 7 quniform 0 10 2.5` draws 10,000 numbers with the seed 7.
//! `choice` takes the number of options, `pchoice` their probabilities.

use std::io::{self, Write};
use std::process::ExitCode;

use hyperopt_core::{Error, Search, SearchSpace, hp};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let expression = arguments.get(2).map(String::as_str);
    let numbers =
        |from: usize| arguments.iter().skip(from).map(|text| text.parse::<f64>()).collect::<Result<Vec<_>, _>>();
    let (Ok(head), Ok(given)) =
        (arguments.iter().take(2).map(|text| text.parse::<u64>()).collect::<Result<Vec<_>, _>>(), numbers(3))
    else {
        return usage();
    };
    let [count, seed] = head[..] else { return usage() };
    let int = |number: f64| number as i64;
    let drawn = match (expression, &given[..]) {
        (Some("uniform"), &[low, high]) => draw(hp::uniform("x", low, high), count, seed),
        (Some("quniform"), &[low, high, q]) => draw(hp::quniform("x", low, high, q), count, seed),
        (Some("loguniform"), &[low, high]) => draw(hp::loguniform("x", low, high), count, seed),
        (Some("qloguniform"), &[low, high, q]) => draw(hp::qloguniform("x", low, high, q), count, seed),
        (Some("normal"), &[mu, sigma]) => draw(hp::normal("x", mu, sigma), count, seed),
        (Some("qnormal"), &[mu, sigma, q]) => draw(hp::qnormal("x", mu, sigma, q), count, seed),
        (Some("lognormal"), &[mu, sigma]) => draw(hp::lognormal("x", mu, sigma), count, seed),
        (Some("qlognormal"), &[mu, sigma, q]) => draw(hp::qlognormal("x", mu, sigma, q), count, seed),
        (Some("randint"), &[upper]) => draw(hp::randint("x", int(upper)), count, seed),
        (Some("randint"), &[low, high]) => draw(hp::randint("x", int(low)..int(high)), count, seed),
        (Some("uniformint"), &[low, high]) => draw(hp::uniformint("x", int(low), int(high)), count, seed),
        (Some("choice"), &[options]) => draw(hp::choice("x", (0..int(options)).collect::<Vec<_>>()), count, seed),
        (Some("pchoice"), chances) => {
            let options = chances.iter().zip(0_i64..).map(|(chance, option)| (*chance, option));
            draw(hp::pchoice("x", options.collect::<Vec<_>>()), count, seed)
        }
        _ => return usage(),
    };
    match drawn {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: draws COUNT SEED EXPRESSION NUMBER…, as in `draws 10000 7 quniform 0 10 2.5`");
    ExitCode::FAILURE
}

fn draw<V: std::fmt::Debug>(space: impl SearchSpace<Params = V>, count: u64, seed: u64) -> Result<(), Box<Error>> {
    let ho = Search::new(space).repeats(true).seed(seed).run(0..count, |_, _| 0.0);
    if let Some(error) = ho.error() {
        return Err(Box::new(error.clone()));
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (_, value) in ho.trials() {
        // A reader that has enough closes the pipe.
        if writeln!(out, "{value:?}").is_err() {
            break;
        }
    }
    Ok(())
}
