//! What the messages say to write, and names that are plausible for a hyperparameter.

#![deny(warnings)]

use hyperopt::prelude::*;

fn main() {
    let _made = hyperopt!(
        sampler = TpeSampler::new().pruner(MedianPruner::new()),
        goal = Maximize,
        seed = 7,
        timeout = Duration::from_secs(60),
        progress = false,
        on_error = OnError::Stop,
        on_interrupt = OnInterrupt::Stop,
        try_first = [(depth = 3)],
        depth: i32 = 1..=8,
        rate = log(1e-5..=1e-1),
        for trial in 0..3 {
            f64::from(depth.pow(2)) * rate + trial.number() as f64
        }
    );
    let _scheduled = hyperopt!(
        sampler = Hyperband::new(3.0),
        goal = Goal::Minimize,
        x = 0.0..=1.0,
        for (resources, state) in 1..=9 {
            let loss = state.unwrap_or(x);
            (loss / f64::from(resources), loss)
        }
    );
    let _plausible = hyperopt!(
        workers = 1..=8,
        steps = [10, 20],
        speed = 1..=3,
        seeds = [1, 2],
        sample = 0.5..=1.0,
        repeat = [1, 2],
        direction = ["left", "right"],
        r#goals = [1, 2],
        for _ in 0..3 {
            f64::from(workers + steps + speed + seeds + repeat + r#goals) * sample + direction.len() as f64
        }
    );
    let _alternatives = hyperopt!(
        kernel = ["linear", "rbf"],
        gamma = match kernel {
            "rbf" => log(1e-4..=1e1),
            _ => None,
        },
        shift: Option<u8> = if kernel == "rbf" { None } else { [1, 2] },
        for _ in 0..3 {
            gamma.unwrap_or(1.0) + f64::from(shift.unwrap_or(0))
        }
    );
    let _shown = hyperopt!(
        x = [1, 2],
        for _ in 0..3 {
            train(x).map_err(|e| format!("{e:?}"))
        }
    );
}

#[derive(Debug)]
struct Unshown;

fn train(x: i32) -> Result<f64, Unshown> {
    if x > 0 { Ok(f64::from(x)) } else { Err(Unshown) }
}
