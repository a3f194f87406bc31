//! All methods that run in this process, and the run of one of them on a problem.

use cpu_time::ProcessTime;

use crate::budgeted::{BudgetedProblem, BudgetedRun, CHECKPOINTS};
use crate::method::{Method, Scheduler};
use crate::ours;
use crate::peers;
use crate::problem::Problem;
use crate::results::Row;

/// The numbers of trials after which the regret is recorded.
pub const BUDGETS: [usize; 5] = [25, 50, 100, 200, 1000];

/// Returns the methods for single-fidelity problems.
pub fn methods() -> Vec<Method> {
    let mut methods = ours::methods();
    methods.extend(peers::methods());
    methods
}

/// Returns the methods for problems with budgets.
pub fn schedulers() -> Vec<Scheduler> {
    let mut schedulers = ours::schedulers();
    schedulers.extend(peers::schedulers());
    schedulers
}

/// Returns the regrets of one sweep at each budget, and the mean processor time of a trial in microseconds.
pub fn run(method: &Method, problem: &Problem, seed: u64, most: usize) -> Result<Row, String> {
    let budgets: Vec<usize> = BUDGETS.into_iter().filter(|&budget| budget <= most.min(method.most)).collect();
    let instance = (problem.instance)(seed);
    let mut points = Vec::new();
    let (mut seconds, mut trials) = (0.0, 0);
    let lengths = if method.plans { &budgets[..] } else { &budgets[budgets.len().saturating_sub(1)..] };
    for &length in lengths {
        let mut best = f64::INFINITY;
        let mut told = 0;
        let start = ProcessTime::now();
        (method.run)(problem, seed, length, &mut |x| {
            let value = (instance.objective)(x);
            best = best.min((value - instance.optimum).max(0.0));
            told += 1;
            if told == length || (!method.plans && budgets.contains(&told)) {
                points.push((told as f64, best));
            }
            value
        })?;
        seconds += start.elapsed().as_secs_f64();
        trials += told;
        if told < length {
            return Err(format!("stopped after {told} of {length} trials"));
        }
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let microseconds = seconds * 1e6 / trials.max(1) as f64;
    Ok(Row { problem: problem.name.into(), seed, microseconds, points })
}

/// Returns the same for a problem with budgets.
pub fn run_scheduler(method: &Scheduler, problem: &BudgetedProblem, seed: u64) -> Result<Row, String> {
    let mut run = BudgetedRun::new(problem, seed);
    let start = ProcessTime::now();
    (method.run)(problem, seed, &mut run)?;
    let microseconds = start.elapsed().as_secs_f64() * 1e6 / run.evaluations().max(1) as f64;
    if run.regrets().len() < CHECKPOINTS.len() {
        return Err(format!("ended before {} largest budgets were spent", CHECKPOINTS[run.regrets().len()]));
    }
    let points = CHECKPOINTS.into_iter().zip(run.regrets().iter().copied()).collect();
    Ok(Row { problem: problem.name.into(), seed, microseconds, points })
}
