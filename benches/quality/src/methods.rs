//! All methods that run in this process, and the run of one of them on a problem.

use cpu_time::ProcessTime;

use crate::budgeted::{BudgetedProblem, BudgetedRun, CHECKPOINTS};
use crate::method::{Method, Scheduler};
use crate::ours;
use crate::peers;
use crate::problem::Problem;
use crate::results::Row;
use crate::trial_run::{BUDGETS, TrialRun};

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

/// Returns the regrets of one sweep at each budget, and the mean processor time of a trial in microseconds; `batch` trials are
/// asked for at a time.
pub fn run(method: &Method, problem: &Problem, seed: u64, most: usize, batch: usize) -> Result<Row, String> {
    let budgets: Vec<usize> = BUDGETS.into_iter().filter(|&budget| budget <= most.min(method.most)).collect();
    let mut points = Vec::new();
    let (mut seconds, mut trials) = (0.0, 0);
    let lengths = if method.plans { &budgets[..] } else { &budgets[budgets.len().saturating_sub(1)..] };
    for &length in lengths {
        let mut run = TrialRun::new((problem.instance)(seed), seed);
        let mut evaluate = |x: &[f64]| run.evaluate(x);
        let start = ProcessTime::now();
        match (batch, method.in_batches) {
            (1, _) => (method.run)(problem, seed, length, &mut evaluate)?,
            (_, Some(in_batches)) => in_batches(problem, seed, length, batch, &mut evaluate)?,
            (_, None) => return Err("one trial at a time only".into()),
        }
        seconds += start.elapsed().as_secs_f64();
        trials += run.told();
        if run.told() < length {
            return Err(format!("stopped after {} of {length} trials", run.told()));
        }
        if batch > 1 {
            points = run.points_in_batches(batch);
        } else {
            let reached = if method.plans { run.points() } else { run.fine_points() };
            points.extend(reached.into_iter().filter(|point| !method.plans || point.0 as usize == length));
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
