//! A worker of `benches/store/run`: prints `ready`, waits for a line, and works on the study until it is done.
//!
//! `store URL NAME TRIALS [durable]`

#![allow(clippy::many_single_char_names)]

use std::env;
use std::error::Error;
use std::io::{self, BufRead, Write};

use hyperopt::prelude::*;
use hyperopt_store::Study;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [url, name, trials, rest @ ..] = &arguments[..] else { return Ok(()) };
    let mut study = Study::open(url)?.name(name);
    if rest.iter().any(|word| word == "durable") {
        study = study.durable();
    }
    println!("ready");
    io::stdout().flush()?;
    io::stdin().lock().read_line(&mut String::new())?;
    let ho = hyperopt!(
        study = study,
        a = 0.0..=1.0,
        b = 0.0..=1.0,
        c = log(1e-5..=1e-1),
        d = log(1e-5..=1e-1),
        e = 1..=64,
        f = 1..=64,
        g = ["adam", "sgd", "rmsprop"],
        h = [true, false],
        for _ in 0..trials.parse::<u64>()? {
            a + b + c + d + f64::from(e + f) + f64::from(h) + g.len() as f64
        }
    );
    match ho.error() {
        Some(error) => Err(error.to_string().into()),
        None => Ok(()),
    }
}
