//! Which solver gets lowest in Rosenbrock's valley, and how should it be set?
//!
//! `cargo run --release -p solvers` sweeps three solvers of argmin and the settings of each, under Hyperband. Resources are
//! first calls of the function, then seconds. The state that goes from rung to rung is the solver itself: one that is
//! promoted resumes where it paused. Prints the best trials of both sweeps, and draws the first in `solvers.png`.

mod run;
mod valley;

use std::error::Error;

use hyperopt::prelude::*;

#[derive(Clone, Copy, PartialEq)]
enum Method {
    NelderMead,
    Lbfgs,
    Swarm,
}

fn main() -> Result<(), Box<dyn Error>> {
    use Method::{Lbfgs, NelderMead, Swarm};

    // Few calls suit one solver and many another, so what leads at 60 need not at 1,620.
    let by_calls = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 7,
        method = [NelderMead, Lbfgs, Swarm],
        edge = if method == NelderMead {
            log(0.1..=4.0)
        },
        expansion = if method == NelderMead {
            1.2..=3.0
        },
        memory = if method == Lbfgs {
            1..=20
        },
        curvature = if method == Lbfgs {
            0.1..=0.9
        },
        particles = if method == Swarm {
            log(4..=64)
        },
        inertia = if method == Swarm {
            0.1..=0.9
        },
        for (calls, state) in 60..=1620 {
            let run = match (state, method) {
                (Some(run), _) => Ok(run),
                (None, NelderMead) => run::nelder_mead(8, edge.unwrap_or(1.0), expansion.unwrap_or(2.0)),
                (None, Lbfgs) => run::lbfgs(8, memory.unwrap_or(10), curvature.unwrap_or(0.9)),
                (None, Swarm) => run::swarm(8, particles.unwrap_or(40), inertia.unwrap_or(0.7)),
            };
            run.and_then(|mut run| Ok((run.advance(&|spent| spent.calls < calls)?, run)))
        }
    );
    println!("{by_calls}");
    hyperopt_plot::rungs(&by_calls).title("Calls of the function").save("solvers.png")?;
    println!("drawn in solvers.png\n");

    // More memory makes fewer steps, but each takes longer. No two runs of this sweep are the same: it measures time.
    let by_seconds = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 7,
        memory = log(1..=100),
        curvature = 0.1..=0.9,
        for (seconds, state) in 0.001..=0.027 {
            let run = state.map_or_else(|| run::lbfgs(100, memory, curvature), Ok);
            run.and_then(|mut run| Ok((run.advance(&|spent| spent.seconds < seconds)?, run)))
        }
    );
    println!("{by_seconds}");
    Ok(())
}
