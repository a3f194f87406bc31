//! The samplers of hyperopt, as a user writes them. A new one is a line in a list.

use hyperopt::prelude::*;
use hyperopt::{Budgets, Sampler, Strategy};

use crate::budgeted::{BudgetedProblem, BudgetedRun};
use crate::method::{Method, Scheduler};
use crate::problem::{Problem, Sweep};

const VERSION: &str = "this tree";

/// `name: sampler`; `plans` for those to which the number of trials matters, `most` for those that take long.
macro_rules! samplers {
    ($($name:literal: $sampler:expr $(, $plans:ident)? $(; most $most:literal)?;)*) => {
        /// Single-fidelity samplers.
        pub fn methods() -> Vec<Method> {
            vec![$(Method {
                name: $name,
                version: VERSION,
                most: [$($most,)? usize::MAX][0],
                plans: samplers!(@plans $($plans)?),
                run: |problem, seed, trials, f| sweep(problem, Box::new($sampler), seed, trials, 1, f),
                in_batches: Some(|problem, seed, trials, batch, f| {
                    sweep(problem, Box::new($sampler), seed, trials, batch, f)
                }),
            }),*]
        }

        /// The same samplers on problems with budgets: each trial has the largest.
        fn at_the_largest_budget() -> Vec<Scheduler> {
            vec![$(Scheduler {
                name: $name,
                version: VERSION,
                run: |problem, seed, run| trials(problem, Box::new($sampler), seed, run),
            }),*]
        }
    };
    (@plans plans) => { true };
    (@plans) => { false };
}

fn sweep(
    problem: &Problem,
    sampler: Box<dyn Sampler>,
    seed: u64,
    trials: usize,
    batch: usize,
    f: &mut dyn FnMut(&[f64]) -> f64,
) -> Result<(), String> {
    let fault = (problem.sweep)(Sweep { sampler, seed, trials, batch, f });
    fault.map_or(Ok(()), |fault| Err(fault.to_string()))
}

samplers! {
    "RandomSampler": RandomSampler::new();
    "LhsSampler": LhsSampler::new(), plans;
    "QmcSampler": QmcSampler::new();
    "BohbSampler": BohbSampler::new();
    "TpeSampler": TpeSampler::new();
    "GpSampler": GpSampler::new(); most 200;
    "CmaEsSampler": CmaEsSampler::new();
    "AutoSampler": AutoSampler::new();
    "AnnealSampler": AnnealSampler::new();
}

macro_rules! schedulers {
    ($($name:literal: $scheduler:expr;)*) => {
        /// Schedulers, and the single-fidelity samplers beside them.
        pub fn schedulers() -> Vec<Scheduler> {
            let mut schedulers = vec![$(Scheduler {
                name: $name,
                version: VERSION,
                run: |problem, seed, run| budgets(problem, $scheduler, seed, run),
            }),*];
            schedulers.extend(at_the_largest_budget());
            schedulers
        }
    };
}

/// More rounds, and configurations, than any checkpoint needs; the loop is left by `break`.
const ROUNDS: u64 = 1_000;
const CONFIGURATIONS: u64 = 1_000_000;

schedulers! {
    "Hyperband": Hyperband::new(3.0).rounds(ROUNDS);
    "Bohb": Bohb::new().rounds(ROUNDS);
    "Bohb TPE": Bohb::tpe().rounds(ROUNDS);
    "AutoScheduler": AutoScheduler::new().rounds(ROUNDS);
    "Asha": Asha::new(3.0).configurations(CONFIGURATIONS);
    "Asha TPE": Asha::new(3.0).inner(TpeSampler::new()).configurations(CONFIGURATIONS);
    "Asha BOHB": Asha::new(3.0).inner(BohbSampler::new()).configurations(CONFIGURATIONS);
    "Pasha": Pasha::new(3.0).configurations(CONFIGURATIONS);
    "Dehb": Dehb::new(3.0).rounds(ROUNDS);
}

/// The spaces with budgets, written out once for either kind of loop; `$point` holds the values in the order of the axes.
macro_rules! counting_ones {
    ($sampler:expr, $seed:expr, [$($level:ident)*] [$($number:ident)*], $point:ident, $pattern:pat in $head:expr, $body:expr) => {
        hyperopt!(
            sampler = $sampler,
            seed = $seed,
            $($level = [0.0, 1.0],)*
            $($number = 0.0..=1.0,)*
            for $pattern in $head {
                let $point = [$($level,)* $($number),*];
                $body
            }
        )
    };
}

macro_rules! curves {
    ($sampler:expr, $seed:expr, $point:ident, $pattern:pat in $head:expr, $body:expr) => {
        hyperopt!(
            sampler = $sampler,
            seed = $seed,
            rate = log(1e-4..=1e0),
            decay = log(1e-6..=1e-2),
            dropout = 0.0..=0.6,
            width = log(8_i32..=256),
            optimiser = [0_u8, 1, 2],
            schedule = [0_u8, 1],
            for $pattern in $head {
                let $point = [rate, decay, dropout, f64::from(width), f64::from(optimiser), f64::from(schedule)];
                $body
            }
        )
    };
}

/// The three sweeps, one of which is the problem's.
macro_rules! sweeps {
    ($problem:expr, $sampler:expr, $seed:expr, $point:ident, $pattern:pat in $head:expr, $body:expr) => {
        match $problem.name {
            "counting-ones-4+4" => counting_ones!(
                $sampler, $seed, [c0 c1 c2 c3] [x0 x1 x2 x3], $point, $pattern in $head, $body
            ).error().cloned(),
            "counting-ones-8+8" => counting_ones!(
                $sampler, $seed, [c0 c1 c2 c3 c4 c5 c6 c7] [x0 x1 x2 x3 x4 x5 x6 x7], $point, $pattern in $head, $body
            ).error().cloned(),
            _ => curves!($sampler, $seed, $point, $pattern in $head, $body).error().cloned(),
        }
    };
}

fn budgets(
    problem: &BudgetedProblem,
    scheduler: impl Strategy<Kind = Budgets>,
    seed: u64,
    run: &mut BudgetedRun,
) -> Result<(), String> {
    let (least, most) = problem.budgets;
    let fault = sweeps!(problem, scheduler, seed, point, (resources, state) in least..=most, {
        let configuration = state.unwrap_or_else(|| run.configuration());
        match run.evaluate(configuration, resources, &point) {
            Some(loss) => (loss, configuration),
            None => break,
        }
    });
    fault.map_or(Ok(()), |fault| Err(fault.to_string()))
}

/// The one beyond the last checkpoint passes it.
fn trials(
    problem: &BudgetedProblem,
    sampler: Box<dyn Sampler>,
    seed: u64,
    run: &mut BudgetedRun,
) -> Result<(), String> {
    let fault = sweeps!(problem, sampler, seed, point, _ in 0..=100, {
        let configuration = run.configuration();
        match run.evaluate(configuration, problem.budgets.1, &point) {
            Some(loss) => loss,
            None => break,
        }
    });
    fault.map_or(Ok(()), |fault| Err(fault.to_string()))
}
