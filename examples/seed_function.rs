//! One function, every sampler: how near each comes to the smallest value, 110 at a = 3, b = true, c = 100.
//!
//! `cargo run --release --example seed_function` prints a line for each: the median of 25 sweeps, since luck decides a
//! single one.

use hyperopt::Error;
use hyperopt::prelude::*;

/// Returns the function that Hyperopt.jl, the model of this crate, minimises in its documentation.
fn f(x: &[f64], a: f64, b: bool, c: f64) -> f64 {
    x.iter().map(|x| x + (a - 3.0).powi(2) + if b { 10.0 } else { 20.0 } + (c - 100.0).powi(2)).sum()
}

/// Prints the best trial of the median of 25 sweeps. The type of its parameters has no name, so a closure reads them.
fn show<P>(
    by: &str,
    sweep: impl Fn(u64) -> Hyperoptimizer<P>,
    read: impl Fn(&P) -> (f64, bool, f64),
) -> Result<(), Error> {
    let sweeps = (0..25).map(sweep).map(|ho| Ok((ho.minimum()?, ho)));
    let mut sweeps = sweeps.collect::<Result<Vec<_>, Error>>()?;
    sweeps.sort_by(|(one, _), (other, _)| one.total_cmp(other));

    let (minimum, ho) = &sweeps[sweeps.len() / 2];
    let (a, b, c) = read(ho.minimizer()?);
    let (sampler, trials) = (ho.sweep().sampler(), ho.len());
    println!("{sampler:<26}{by:<11}{trials:>4} trials{minimum:>10.3} at a = {a:.3}, b = {b:<5}, c = {c:.3}");
    Ok(())
}

/// Fifty trials.
macro_rules! trials {
    ($by:ident, $sampler:expr) => {
        show(
            stringify!($by),
            |seed| {
                $by!(
                    sampler = $sampler,
                    seed = seed,
                    a = linrange(1.0, 5.0, 1800),
                    b = [true, false],
                    c = exp_linrange(-1.0, 3.0, 1800),
                    for _ in 0..50 {
                        f(&[100.0], a, b, c)
                    }
                )
            },
            |p| (p.a, p.b, p.c),
        )
    };
}

/// Takes up to fifty steps down the gradient from each a and c; a promoted configuration resumes where it stopped.
macro_rules! budgets {
    ($by:ident, $sampler:expr) => {
        show(
            stringify!($by),
            |seed| {
                $by!(
                    sampler = $sampler,
                    seed = seed,
                    a = linrange(1.0, 5.0, 1800),
                    b = [true, false],
                    c = exp_linrange(-1.0, 3.0, 1800),
                    for (steps, state) in 1..=50 {
                        let (done, mut a, mut c) = state.unwrap_or((0, a, c));
                        for _ in done..steps {
                            a -= 0.01 * 2.0 * (a - 3.0);
                            c -= 0.01 * 2.0 * (c - 100.0);
                        }
                        (f(&[100.0], a, b, c), (steps, a, c))
                    }
                )
            },
            |p| (p.a, p.b, p.c),
        )
    };
}

fn main() -> Result<(), Error> {
    trials!(hyperopt, RandomSampler::new())?;
    trials!(thyperopt, RandomSampler::new())?;
    trials!(hyperopt, LhsSampler::new())?;
    trials!(thyperopt, LhsSampler::new())?;
    trials!(hyperopt, ClhSampler::new())?;
    trials!(thyperopt, ClhSampler::new())?;
    trials!(hyperopt, BohbSampler::new())?;
    trials!(thyperopt, BohbSampler::new())?;

    // All combinations of candidates, so they are few; that the lowest point is one of them is luck.
    let grid = |seed| {
        hyperopt!(
            sampler = GridSampler::new(),
            seed = seed,
            a = linrange(1.0, 5.0, 5),
            b = [true, false],
            c = exp_linrange(-1.0, 3.0, 5),
            for _ in .. {
                f(&[100.0], a, b, c)
            }
        )
    };
    show("hyperopt", grid, |p| (p.a, p.b, p.c))?;

    println!("\nwith steps of a descent as resources, starting at the a and c shown:");
    budgets!(hyperopt, Hyperband::new(3.0))?;
    budgets!(thyperopt, Hyperband::new(3.0))?;
    budgets!(hyperopt, Hyperband::new(3.0).inner(LhsSampler::new()))?;
    budgets!(thyperopt, Hyperband::new(3.0).inner(LhsSampler::new()))?;
    budgets!(hyperopt, Hyperband::new(3.0).inner(ClhSampler::new()))?;
    budgets!(thyperopt, Hyperband::new(3.0).inner(ClhSampler::new()))?;
    budgets!(hyperopt, Bohb::new())?;
    budgets!(thyperopt, Bohb::new())
}
